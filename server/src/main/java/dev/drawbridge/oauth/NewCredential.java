package dev.drawbridge.oauth;

import dev.drawbridge.oauth.token.Credential;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Makes the credential to keep out of a token response. */
final class NewCredential {
    private NewCredential() {}

    static Credential of(
            Target target,
            AuthorizationServerMetadata server,
            Client client,
            Optional<String> resource,
            Set<String> requested,
            TokenGrant granted,
            Optional<DpopKey> key,
            Instant now) {
        TokenGrant grant = IdTokenAsBearer.presented(granted, target.client(), now);
        return new Credential(
                target.server(),
                target.account(),
                server.issuer(),
                server.tokenEndpoint(),
                server.revocationEndpoint(),
                client,
                resource,
                Optional.of(grant.accessToken()),
                grant.scheme(),
                grant.lifetime().map(now::plus),
                grant.lifetime(),
                grant.refreshToken(),
                grant.scopes().orElse(requested),
                requested,
                key);
    }
}
