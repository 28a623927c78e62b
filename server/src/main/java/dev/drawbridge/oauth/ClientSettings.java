package dev.drawbridge.oauth;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

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
 * @param tokenEndpoint of an authorization server without metadata; nothing is discovered then
 * @param idTokenAsBearer present the ID token in the access token's place
 * @param clientMetadata members of a registration (RFC 7591 section 2) that replace ours or come with them, as JSON texts
 * @param dpop whether tokens are bound to a key
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
        Grant grant,
        Optional<URI> tokenEndpoint,
        boolean idTokenAsBearer,
        Map<String, String> clientMetadata,
        BrowserReturn browserReturn,
        DpopMode dpop) {
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
            Grant.AUTHORIZATION_CODE,
            Optional.empty(),
            false,
            Map.of(),
            BrowserReturn.DEFAULT,
            DpopMode.AUTOMATIC);

    public ClientSettings {
        scopes = scopes.map(LinkedHashSet::new);
        // An ID token is bound to no key, and it is all that is presented then.
        dpop = idTokenAsBearer ? DpopMode.OFF : dpop;
        authorizeParams = new LinkedHashMap<>(authorizeParams);
        clientMetadata = new LinkedHashMap<>(clientMetadata);
    }

    /**
     * What makes a credential another one than somebody else's for the same server: the client, the resource, the kind of
     * token, where it comes from, and what the authorization server was told besides, such as an audience. Two
     * configurations that differ in that each sign in.
     */
    List<String> apart() {
        List<String> apart = new ArrayList<>();
        clientId.ifPresent(id -> apart.add("client " + id));
        switch (resource) {
            case ResourceSetting.Automatic() -> {
                // As for everybody who says nothing.
            }
            case ResourceSetting.Omitted() -> apart.add("no resource");
            case ResourceSetting.Fixed(URI fixed) -> apart.add("resource " + fixed);
        }
        tokenEndpoint.ifPresent(endpoint -> apart.add("token endpoint " + endpoint));
        if (idTokenAsBearer) {
            apart.add("presents the ID token");
        }
        new TreeMap<>(authorizeParams).forEach((name, value) -> apart.add(name + "=" + value));
        switch (grant) {
            case Grant.AuthorizationCode(), Grant.DeviceCode() -> {
                // The same person, whichever way they come.
            }
            case Grant.ClientCredentials() -> apart.add("the client itself");
            case Grant.JwtBearer(FreshSecret assertion) -> apart.add("assertion " + assertion.identity());
            case Grant.EnterpriseManaged(IdentityProvider idp) -> {
                apart.add("ID token " + idp.idToken().identity());
                idp.issuer().ifPresent(issuer -> apart.add("identity provider " + issuer));
                idp.tokenEndpoint().ifPresent(endpoint -> apart.add("identity provider's token endpoint " + endpoint));
                idp.clientId().ifPresent(id -> apart.add("client at the identity provider " + id));
            }
        }
        return apart;
    }
}
