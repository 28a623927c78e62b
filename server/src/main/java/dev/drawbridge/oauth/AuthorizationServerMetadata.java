package dev.drawbridge.oauth;

import com.google.gson.JsonObject;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What an authorization server says about itself (RFC 8414 section 2, OpenID Connect Discovery 1.0 section 3), reduced to
 * what a client acts on. Read by hand, since Nimbus refuses a whole document for one odd member, and accepts endpoints
 * of any scheme; every endpoint here was checked.
 *
 * @param authMethods of the token endpoint; empty when not said
 * @param dpopAlgorithms of the proofs it verifies (RFC 9449 section 5.1); empty when not said
 * @param issSupported whether authorization responses carry {@code iss} (RFC 9207 section 3)
 * @param assumed nothing was found, and the default endpoints of revision 2025-03-26 are assumed
 */
record AuthorizationServerMetadata(
        String issuer,
        Optional<URI> authorizationEndpoint,
        URI tokenEndpoint,
        Optional<URI> registrationEndpoint,
        Optional<URI> revocationEndpoint,
        Optional<URI> deviceAuthorizationEndpoint,
        Set<String> scopes,
        Optional<Set<String>> authMethods,
        Optional<Set<String>> codeChallengeMethods,
        Optional<Set<String>> dpopAlgorithms,
        boolean issSupported,
        boolean clientMetadataDocumentSupported,
        boolean assumed) {
    AuthorizationServerMetadata {
        scopes = new LinkedHashSet<>(scopes);
    }

    /** The document of {@code issuer}; the caller has compared the issuer already. */
    static AuthorizationServerMetadata parse(String issuer, JsonObject document) throws AuthorizationFailed {
        Optional<URI> token = endpoint(document, "token_endpoint");
        if (token.isEmpty()) {
            throw new AuthorizationFailed(OAuthFailure.lasting(
                    "oauth.metadataInvalid",
                    "The authorization server " + Text.excerpt(issuer) + " names no token endpoint.",
                    "Tell the operator of the authorization server."));
        }
        return new AuthorizationServerMetadata(
                issuer,
                endpoint(document, "authorization_endpoint"),
                token.get(),
                endpoint(document, "registration_endpoint"),
                endpoint(document, "revocation_endpoint"),
                endpoint(document, "device_authorization_endpoint"),
                Json.strings(document, "scopes_supported").orElse(Set.of()),
                Json.strings(document, "token_endpoint_auth_methods_supported"),
                Json.strings(document, "code_challenge_methods_supported"),
                Json.strings(document, "dpop_signing_alg_values_supported").filter(names -> !names.isEmpty()),
                Json.isTrue(document, "authorization_response_iss_parameter_supported"),
                Json.isTrue(document, "client_id_metadata_document_supported"),
                false);
    }

    /** Without discovery: all that is known is what the user configured. */
    static AuthorizationServerMetadata configured(String issuer, URI tokenEndpoint) throws AuthorizationFailed {
        return new AuthorizationServerMetadata(
                issuer,
                Optional.empty(),
                Origin.endpoint(tokenEndpoint.toString(), "configured token endpoint"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Set.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                false,
                false);
    }

    /** Without any metadata: the endpoints revision 2025-03-26 assumes at the server's origin (requirement 11). */
    static AuthorizationServerMetadata assumed(URI server) {
        String origin = Origin.of(server);
        return new AuthorizationServerMetadata(
                origin,
                Optional.of(URI.create(origin + "/authorize")),
                URI.create(origin + "/token"),
                Optional.of(URI.create(origin + "/register")),
                Optional.empty(),
                Optional.empty(),
                Set.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                false,
                true);
    }

    private static Optional<URI> endpoint(JsonObject document, String name) throws AuthorizationFailed {
        Optional<String> text = Json.string(document, name);
        return text.isEmpty() ? Optional.empty() : Optional.of(Origin.endpoint(text.get(), name));
    }
}
