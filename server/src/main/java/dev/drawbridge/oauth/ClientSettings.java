package dev.drawbridge.oauth;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a user configured about the OAuth client of one server; everything that is empty is found out.
 *
 * @param clientId a client that was registered beforehand
 * @param clientSecret bound to the first issuer it is used with, or to {@code issuer}
 * @param clientMetadataUrl a client ID metadata document the user hosts
 * @param authMethod how to authenticate at the token endpoint
 * @param privateKeyPem for {@code private_key_jwt}: PKCS#8
 * @param signingAlgorithm for {@code private_key_jwt}, such as {@code ES256}
 * @param scopes empty: found out; present and empty: none are requested
 * @param redirectUri used byte for byte
 * @param callbackPort the only port to listen on
 * @param authorizeParams added to the authorization request
 * @param issuer the only authorization server that is accepted
 */
public record ClientSettings(
        Optional<String> clientId,
        Optional<Secret> clientSecret,
        Optional<URI> clientMetadataUrl,
        Optional<TokenEndpointAuthMethod> authMethod,
        Optional<Secret> privateKeyPem,
        Optional<String> signingAlgorithm,
        Optional<Set<String>> scopes,
        Optional<URI> redirectUri,
        Optional<Integer> callbackPort,
        Map<String, String> authorizeParams,
        ResourceSetting resource,
        Optional<String> issuer,
        Grant grant) {
    /** Nothing configured. */
    public static final ClientSettings DEFAULT = new ClientSettings(
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
            new ResourceSetting.Automatic(),
            Optional.empty(),
            Grant.AUTHORIZATION_CODE);

    public ClientSettings {
        scopes = scopes.map(LinkedHashSet::new);
        authorizeParams = new LinkedHashMap<>(authorizeParams);
    }
}
