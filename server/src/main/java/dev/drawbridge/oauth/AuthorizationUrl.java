package dev.drawbridge.oauth;

import com.nimbusds.oauth2.sdk.AuthorizationRequest;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The address a browser opens (RFC 6749 section 4.1.1, RFC 7636 section 4.3, RFC 8707 section 2.1, RFC 9449 section 10). */
final class AuthorizationUrl {
    private static final Set<String> OURS = Set.of(
            "response_type",
            "client_id",
            "redirect_uri",
            "state",
            "scope",
            "code_challenge",
            "code_challenge_method",
            "resource",
            "dpop_jkt");

    private AuthorizationUrl() {}

    static URI build(
            URI endpoint,
            Client client,
            URI redirectUri,
            Secret state,
            Pkce pkce,
            Set<String> scopes,
            Optional<String> resource,
            Optional<DpopKey> key,
            Target target) {
        AuthorizationRequest.Builder request = new AuthorizationRequest.Builder(
                        ResponseType.CODE, new ClientID(client.id()))
                .endpointURI(endpoint)
                .redirectionURI(redirectUri)
                .state(new State(state.value()))
                .codeChallenge(new CodeVerifier(pkce.verifier().value()), CodeChallengeMethod.S256);
        if (!scopes.isEmpty()) {
            request.scope(new Scope(scopes.toArray(String[]::new)));
        }
        resource.ifPresent(uri -> request.customParameter("resource", uri));
        key.ifPresent(pair -> request.customParameter("dpop_jkt", pair.thumbprint()));
        Map<String, String> extra = target.client().authorizeParams();
        // OpenID Connect gives no offline access without asking the person (Core 1.0 section 11).
        if (scopes.contains("offline_access") && !extra.containsKey("prompt")) {
            request.customParameter("prompt", "consent");
        }
        target.account()
                .filter(account -> account.contains("@") && !extra.containsKey("login_hint"))
                .ifPresent(account -> request.customParameter("login_hint", account));
        extra.forEach((name, value) -> {
            if (!OURS.contains(name)) {
                request.customParameter(name, value);
            }
        });
        return request.build().toURI();
    }
}
