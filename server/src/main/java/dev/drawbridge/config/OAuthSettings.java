package dev.drawbridge.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The {@code oauth} object of a server. Values are as written in a {@link ServerDefinition}, and final in a
 * {@link ResolvedServer}, but for the two that are read when they are needed ({@link FreshValue}).
 *
 * @param enabled false after {@code "oauth": false}: the server is never sent to sign-in
 * @param tokenEndpointAuthMethod {@code none}, {@code client_secret_basic}, {@code client_secret_post} or {@code
 *     private_key_jwt}
 * @param privateKey a PEM text, or {@code @} and a file's path
 * @param scopes empty when the file says nothing; an empty list asks for none
 * @param resource the RFC 8707 resource indicator to send instead of the server's own
 * @param resourceOmitted true after {@code "resource": false}
 * @param issuer the only authorization server that is accepted
 * @param account which of several accounts on the server, by label
 * @param dpop {@code true}, {@code false} or {@code auto} (RFC 9449)
 * @param grant {@code authorization_code}, {@code device_code}, {@code client_credentials}, {@code enterprise_managed} or
 *     {@code jwt_bearer}
 * @param idp the identity provider of {@code enterprise_managed}
 * @param assertion of {@code jwt_bearer}: a JWT, or {@code @} and a file's path; always as written
 * @param tokenEndpoint of an authorization server that publishes no metadata, for {@code client_credentials}
 * @param useIdToken whether the server is shown the ID token instead of the access token
 * @param clientMetadata members of the registration request (RFC 7591 section 2), each as a JSON text
 */
public record OAuthSettings(
        boolean enabled,
        Optional<String> clientId,
        Optional<String> clientSecret,
        Optional<String> clientMetadataUrl,
        Optional<String> tokenEndpointAuthMethod,
        Optional<String> privateKey,
        Optional<String> signingAlgorithm,
        Optional<List<String>> scopes,
        Optional<String> redirectUri,
        Optional<Integer> callbackPort,
        Map<String, String> authorizeParams,
        Optional<String> resource,
        boolean resourceOmitted,
        Optional<String> issuer,
        Optional<String> account,
        Optional<String> dpop,
        Optional<String> grant,
        Optional<IdentityProvider> idp,
        Optional<String> assertion,
        Optional<String> tokenEndpoint,
        boolean useIdToken,
        Map<String, String> clientMetadata,
        BrowserReturn browserReturn) {
    public static final OAuthSettings DEFAULTS = new OAuthSettings(
            true,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            Optional.empty(),
            false,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false,
            Map.of(),
            new BrowserReturn(Optional.empty(), Optional.empty()));

    public OAuthSettings {
        scopes = scopes.map(List::copyOf);
        authorizeParams = Ordered.copy(authorizeParams);
        clientMetadata = Ordered.copy(clientMetadata);
    }

    /**
     * Who vouches for the user in enterprise-managed authorization (ID-JAG).
     *
     * @param idToken a JWT, or {@code @} and a file's path; always as written
     */
    public record IdentityProvider(
            Optional<String> issuer,
            Optional<String> tokenEndpoint,
            Optional<String> clientId,
            Optional<String> clientSecret,
            Optional<String> idToken) {
        @Override
        public String toString() {
            return "IdentityProvider[issuer=" + issuer + ", tokenEndpoint=" + tokenEndpoint + ", clientId=" + clientId
                    + "]";
        }
    }

    /**
     * What happens when the browser of a sign-in comes back.
     *
     * @param successUrl where it is sent once the tokens are stored
     * @param exchangeTimeout how long the exchange of the code for tokens may take
     */
    public record BrowserReturn(Optional<String> successUrl, Optional<Duration> exchangeTimeout) {}

    /** Without the client secret, the key and the assertion. */
    @Override
    public String toString() {
        return "OAuthSettings[enabled=" + enabled + ", clientId=" + clientId + ", issuer=" + issuer + ", grant=" + grant
                + ", account=" + account + ", scopes=" + scopes + "]";
    }
}
