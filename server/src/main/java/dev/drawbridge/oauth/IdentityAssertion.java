package dev.drawbridge.oauth;

import java.net.URI;
import java.util.Optional;
import java.util.Set;

/**
 * Has an identity provider turn a person's ID token into an identity assertion for one authorization server and resource, the
 * ID-JAG (RFC 8693 section 2, draft-ietf-oauth-identity-assertion-authz-grant section 4, MCP's enterprise-managed
 * authorization).
 */
final class IdentityAssertion {
    static final String TYPE = "urn:ietf:params:oauth:token-type:id-jag";

    private final BoundedHttp http;
    private final Discovery discovery;
    private final IdentityProvider idp;

    IdentityAssertion(BoundedHttp http, Discovery discovery, IdentityProvider idp) {
        this.http = http;
        this.discovery = discovery;
        this.idp = idp;
    }

    /** @param audience the issuer of the authorization server that is to trust the assertion */
    Secret obtain(String audience, Optional<String> resource, Set<String> scopes) throws AuthorizationFailed {
        Secret idToken = idp.idToken().read();
        URI address = tokenEndpoint();
        Client client = idp.clientId().map(this::client).orElse(Client.NOBODY);
        TokenEndpoint endpoint = new TokenEndpoint(
                http, address, client, ClientSettings.DEFAULT, idp.issuer().orElse(""), resource, Optional.empty());
        return switch (endpoint.exchange(idToken, TYPE, audience, scopes)) {
            case TokenEndpoint.Reply.Granted(TokenGrant grant) -> {
                // Anything else would be a token of the person's own, which must not reach the authorization server.
                if (!grant.issuedType().equals(Optional.of(TYPE))) {
                    throw refused(
                            address,
                            "gave another kind of token than was asked for.",
                            "Ask your company's administrator whether it supports ID-JAG token exchange.");
                }
                yield grant.accessToken();
            }
            case TokenEndpoint.Reply.Refused refused ->
                throw refused(
                        address,
                        "does not vouch for you: " + refused.shown(),
                        refused.error().equals("invalid_grant")
                                ? "Renew oauth.idp.idToken: it may have expired, or belong to another client."
                                : "Check oauth.idp, and ask your company's administrator whether you may use this"
                                        + " server.");
        };
    }

    private URI tokenEndpoint() throws AuthorizationFailed {
        if (idp.tokenEndpoint().isPresent()) {
            return Origin.endpoint(idp.tokenEndpoint().get().toString(), "token endpoint of the identity provider");
        }
        String issuer = idp.issuer()
                .orElseThrow(() -> new AuthorizationFailed(OAuthFailure.lasting(
                        "oauth.idpMissing",
                        "Nothing says where the identity provider is.",
                        "Set oauth.idp.issuer or oauth.idp.tokenEndpoint.")));
        return discovery.server(issuer).tokenEndpoint();
    }

    private Client client(String id) {
        return new Client(
                id,
                Client.Source.CONFIGURED,
                idp.clientSecret().isPresent()
                        ? TokenEndpointAuthMethod.CLIENT_SECRET_BASIC
                        : TokenEndpointAuthMethod.NONE,
                idp.clientSecret(),
                Optional.empty());
    }

    private static TokenRefused refused(URI at, String what, String action) {
        return new TokenRefused(OAuthFailure.lasting("oauth.idpRefused", "The identity provider " + what, action)
                .at(Origin.shown(at)));
    }
}
