package dev.drawbridge.oauth;

import com.nimbusds.oauth2.sdk.TokenRevocationRequest;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.oauth2.sdk.token.RefreshToken;
import com.nimbusds.oauth2.sdk.token.Token;
import java.net.URI;
import java.util.Optional;

/** Tells an authorization server that a token is no longer needed (RFC 7009 section 2). */
final class Revocation {
    private Revocation() {}

    /** True when the server answered that the token is void now. */
    static boolean revoke(
            BoundedHttp http,
            URI endpoint,
            Client client,
            Optional<ClientAuthentication> authentication,
            Secret token,
            boolean refresh) {
        Token revoked = refresh ? new RefreshToken(token.value()) : new BearerAccessToken(token.value());
        TokenRevocationRequest request = authentication.isPresent()
                ? new TokenRevocationRequest(endpoint, authentication.get(), revoked)
                : new TokenRevocationRequest(endpoint, new ClientID(client.id()), revoked);
        try {
            return http.send(request.toHTTPRequest()).status() / 100 == 2;
        } catch (AuthorizationFailed e) {
            return false;
        }
    }
}
