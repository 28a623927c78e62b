package dev.drawbridge.oauth;

import com.google.gson.JsonObject;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * From a server's address and its challenge to its authorization server (RFC 9728 section 5, RFC 8414 section 3;
 * requirements 1 to 12). "Not there" (a 4xx, or a page that is no JSON) leads to the next candidate; a server that fails
 * or cannot be reached ends discovery, so that an outage is never taken for an answer.
 */
final class Discovery {
    /** @param resource empty for servers of revision 2025-03-26, which have no such metadata */
    record Found(Optional<ProtectedResourceMetadata> resource, AuthorizationServerMetadata server) {}

    private final BoundedHttp http;
    private final Map<String, String> headers;

    Discovery(BoundedHttp http, Map<String, String> headers) {
        this.http = http;
        this.headers = headers;
    }

    /** @param previous the issuer of the last credential, preferred while the server still names it */
    Found discover(Target target, List<Challenge> challenges, Optional<String> previous) throws AuthorizationFailed {
        Optional<URI> configured = target.client().tokenEndpoint();
        if (configured.isPresent()) {
            String name = target.client().issuer().orElseGet(() -> Origin.of(configured.get()));
            return new Found(Optional.empty(), AuthorizationServerMetadata.configured(name, configured.get()));
        }
        Optional<ProtectedResourceMetadata> resource = resource(target.server(), challenges);
        Optional<String> issuer = resource.isPresent()
                ? select(resource.get(), target.client().issuer(), previous)
                : target.client().issuer();
        if (issuer.isPresent()) {
            return new Found(resource, server(issuer.get()));
        }
        return new Found(resource, atOrigin(target.server()));
    }

    /** The resource's metadata, or empty when it has none. */
    Optional<ProtectedResourceMetadata> resource(URI server, List<Challenge> challenges) throws AuthorizationFailed {
        List<URI> candidates = new ArrayList<>();
        Optional<URI> named = Challenge.oauth(challenges).flatMap(Challenge::resourceMetadata);
        if (named.isPresent()) {
            candidates.add(Origin.endpoint(named.get().toString(), "protected resource metadata"));
        }
        for (URI wellKnown : MetadataCandidates.protectedResource(server)) {
            if (!candidates.contains(wellKnown)) {
                candidates.add(wellKnown);
            }
        }
        for (URI candidate : candidates) {
            Optional<ProtectedResourceMetadata> found = document(candidate).flatMap(ProtectedResourceMetadata::parse);
            if (found.isPresent()) {
                if (!found.get().speaksFor(server)) {
                    throw new AuthorizationFailed(OAuthFailure.lasting(
                                    "oauth.resourceMismatch",
                                    "The server at " + Origin.shown(server) + " claims to be another resource: "
                                            + Text.excerpt(found.get().resource()),
                                    "Check the server's address; if it is right, tell its operator.")
                            .at(Origin.shown(candidate)));
                }
                return found;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> select(
            ProtectedResourceMetadata resource, Optional<String> configured, Optional<String> previous)
            throws AuthorizationFailed {
        List<String> offered = resource.authorizationServers();
        if (configured.isPresent() && !offered.contains(configured.get())) {
            throw new AuthorizationFailed(OAuthFailure.lasting(
                    "oauth.issuerNotOffered",
                    "The server no longer names the configured issuer " + Text.excerpt(configured.get())
                            + " as its authorization server.",
                    "Check oauth.issuer in the configuration."));
        }
        if (configured.isPresent()) {
            return configured;
        }
        return previous.filter(offered::contains).or(() -> offered.stream().findFirst());
    }

    /** The metadata of an issuer, which must call itself by exactly that name (RFC 8414 section 3.3). */
    AuthorizationServerMetadata server(String issuer) throws AuthorizationFailed {
        URI address = Origin.endpoint(issuer, "issuer");
        Optional<String> other = Optional.empty();
        for (URI candidate : MetadataCandidates.authorizationServer(address)) {
            Optional<JsonObject> document = document(candidate);
            Optional<String> named = document.flatMap(found -> Json.string(found, "issuer"));
            if (named.isPresent() && named.get().equals(issuer)) {
                return AuthorizationServerMetadata.parse(issuer, document.get());
            }
            other = other.or(() -> named);
        }
        if (other.isPresent()) {
            throw issuerMismatch(issuer, other.get(), address);
        }
        throw new AuthorizationFailed(OAuthFailure.lasting(
                        "oauth.metadataMissing",
                        "The authorization server " + Text.excerpt(issuer) + " publishes no metadata.",
                        "Check oauth.issuer, or tell the server's operator.")
                .at(address));
    }

    /**
     * Revision 2025-03-26: the server is its own authorization server, described at its origin or not at all. An issuer
     * elsewhere is refused, since it could mix up the endpoints of two authorization servers.
     */
    private AuthorizationServerMetadata atOrigin(URI server) throws AuthorizationFailed {
        URI origin = URI.create(Origin.of(server));
        for (URI candidate : MetadataCandidates.authorizationServer(origin)) {
            Optional<JsonObject> document = document(candidate);
            if (document.isPresent()) {
                String named = Json.string(document.get(), "issuer").orElse(origin.toString());
                if (!named.equals(origin.toString()) && !named.equals(origin + "/")) {
                    throw issuerMismatch(origin.toString(), named, candidate);
                }
                return AuthorizationServerMetadata.parse(named, document.get());
            }
        }
        return AuthorizationServerMetadata.assumed(server);
    }

    private static AuthorizationFailed issuerMismatch(String expected, String named, URI at) {
        return new AuthorizationFailed(OAuthFailure.lasting(
                        "oauth.issuerMismatch",
                        "The metadata of the authorization server " + Text.excerpt(expected)
                                + " belongs to another issuer: " + Text.excerpt(named),
                        "Do not sign in there; tell the server's operator.")
                .at(Origin.shown(at)));
    }

    private Optional<JsonObject> document(URI uri) throws AuthorizationFailed {
        BoundedHttp.Answer answer = http.get(uri, headers);
        if (answer.status() >= 500 || answer.status() == 429) {
            throw new AuthorizationFailed(OAuthFailure.passing(
                            "oauth.serverError",
                            uri.getHost() + " answered " + answer.status() + " when asked for its metadata.",
                            "Try again later; nothing was lost.")
                    .at(Origin.shown(uri)));
        }
        return answer.status() == 200 ? Json.object(answer.body()) : Optional.empty();
    }
}
