package dev.drawbridge.oauth;

import com.google.gson.JsonObject;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a protected resource says about itself (RFC 9728 section 2).
 *
 * @param resource its identifier, byte for byte as written, because it is echoed as the resource indicator
 * @param authorizationServers issuers, in its order of preference
 * @param scopes {@code scopes_supported}
 * @param dpopAlgorithms of the proofs it verifies (RFC 9449); empty when it says nothing of them
 * @param dpopRequired whether it takes no other tokens than those bound to a key
 */
record ProtectedResourceMetadata(
        String resource,
        List<String> authorizationServers,
        Optional<Set<String>> scopes,
        Optional<Set<String>> dpopAlgorithms,
        boolean dpopRequired) {
    ProtectedResourceMetadata {
        authorizationServers = List.copyOf(authorizationServers);
        scopes = scopes.map(LinkedHashSet::new);
    }

    /** Empty when the document names no resource: it is not a metadata document then. */
    static Optional<ProtectedResourceMetadata> parse(JsonObject document) {
        return Json.string(document, "resource")
                .map(resource -> new ProtectedResourceMetadata(
                        resource,
                        List.copyOf(
                                Json.strings(document, "authorization_servers").orElse(Set.of())),
                        Json.strings(document, "scopes_supported").filter(scopes -> !scopes.isEmpty()),
                        Json.strings(document, "dpop_signing_alg_values_supported")
                                .filter(names -> !names.isEmpty()),
                        Json.isTrue(document, "dpop_bound_access_tokens_required")));
    }

    /**
     * Whether the metadata speaks for the server that was addressed (RFC 9728 section 3.3, requirement 10): the same origin,
     * and a path that is the server's or leads to it. A resource without a path speaks for its whole origin.
     */
    boolean speaksFor(URI server) {
        Optional<URI> named = Origin.parse(resource).filter(uri -> uri.getHost() != null);
        if (named.isEmpty() || !Origin.same(named.get(), server)) {
            return false;
        }
        return directory(server).startsWith(directory(named.get()));
    }

    private static String directory(URI uri) {
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        return path.endsWith("/") ? path : path + "/";
    }
}
