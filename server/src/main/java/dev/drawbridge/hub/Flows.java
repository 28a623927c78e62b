package dev.drawbridge.hub;

import dev.drawbridge.oauth.CredentialView;
import dev.drawbridge.oauth.FlowView;
import java.net.URI;

/** OAuth's flows and credentials as the hub's sessions see them. */
final class Flows {
    private Flows() {}

    static SignInFlow of(FlowView flow, ServerName server) {
        return new SignInFlow(
                new FlowId(flow.id().value()), server, flow.authorizationUrl(), flow.expiresAt(), flow.userCode());
    }

    static AuthenticationState.Authenticated authenticated(CredentialView.Present present) {
        return new AuthenticationState.Authenticated(
                URI.create(present.issuer()), present.account(), present.scopes(), present.expiresAt());
    }
}
