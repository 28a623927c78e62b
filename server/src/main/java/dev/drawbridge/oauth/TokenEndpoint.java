package dev.drawbridge.oauth;

import com.google.gson.JsonObject;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.AuthorizationGrant;
import com.nimbusds.oauth2.sdk.ClientCredentialsGrant;
import com.nimbusds.oauth2.sdk.JWTBearerGrant;
import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.device.DeviceCode;
import com.nimbusds.oauth2.sdk.device.DeviceCodeGrant;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.id.Audience;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.token.RefreshToken;
import com.nimbusds.oauth2.sdk.token.Token;
import com.nimbusds.oauth2.sdk.token.TokenTypeURI;
import com.nimbusds.oauth2.sdk.token.TypelessAccessToken;
import com.nimbusds.oauth2.sdk.tokenexchange.TokenExchangeGrant;
import java.net.URI;
import java.text.ParseException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Requests to a token endpoint (RFC 6749 sections 4.1.3, 4.4.2 and 6, RFC 7523 section 2.1, RFC 8628 section 3.4, RFC 8693
 * section 2.1), each with the resource indicator (RFC 8707 section 2.2) and with the client's authentication made anew, since
 * a signed one serves once.
 */
final class TokenEndpoint {
    /** What the endpoint says. A failure to get any sensible answer is an {@link AuthorizationFailed} that passes. */
    sealed interface Reply {
        /** Tokens. */
        record Granted(TokenGrant grant) implements Reply {}

        /**
         * A definite no (RFC 6749 section 5.2).
         *
         * @param error such as {@code invalid_grant}
         */
        record Refused(String error, String description) implements Reply {
            String shown() {
                return error + (description.isEmpty() ? "" : " (" + description + ")");
            }
        }
    }

    private static final Set<String> PASSING = Set.of("server_error", "temporarily_unavailable");

    private final BoundedHttp http;
    private final URI endpoint;
    private final Client client;
    private final ClientSettings settings;
    private final String issuer;
    private final Optional<String> resource;
    private final Optional<DpopProver> prover;

    /**
     * @param issuer whom a signed authentication is made out to
     * @param prover what the tokens are to be bound to
     */
    TokenEndpoint(
            BoundedHttp http,
            URI endpoint,
            Client client,
            ClientSettings settings,
            String issuer,
            Optional<String> resource,
            Optional<DpopProver> prover) {
        this.http = http;
        this.endpoint = endpoint;
        this.client = client;
        this.settings = settings;
        this.issuer = issuer;
        this.resource = resource;
        this.prover = prover;
    }

    Reply redeem(Secret code, URI redirectUri, Secret verifier) throws AuthorizationFailed {
        return request(
                new AuthorizationCodeGrant(
                        new AuthorizationCode(code.value()), redirectUri, new CodeVerifier(verifier.value())),
                Set.of());
    }

    Reply refresh(Secret refreshToken) throws AuthorizationFailed {
        return request(new RefreshTokenGrant(new RefreshToken(refreshToken.value())), Set.of());
    }

    Reply clientCredentials(Set<String> scopes) throws AuthorizationFailed {
        return request(new ClientCredentialsGrant(), scopes);
    }

    Reply deviceCode(Secret deviceCode) throws AuthorizationFailed {
        return request(new DeviceCodeGrant(new DeviceCode(deviceCode.value())), Set.of());
    }

    Reply jwtBearer(Secret assertion, Set<String> scopes) throws AuthorizationFailed {
        try {
            return request(new JWTBearerGrant(SignedJWT.parse(assertion.value())), scopes);
        } catch (ParseException e) {
            throw new AuthorizationFailed(OAuthFailure.lasting(
                    "oauth.assertionUnusable",
                    "The assertion is no signed JWT, and was sent nowhere.",
                    "Check what oauth.assertion, its file or its command gives."));
        }
    }

    /** @param wanted the kind of token to have in exchange for the ID token */
    Reply exchange(Secret idToken, String wanted, String audience, Set<String> scopes) throws AuthorizationFailed {
        TokenTypeURI type;
        try {
            type = TokenTypeURI.parse(wanted);
        } catch (com.nimbusds.oauth2.sdk.ParseException e) {
            throw new IllegalArgumentException(wanted, e);
        }
        Token subject = new TypelessAccessToken(idToken.value());
        return request(
                new TokenExchangeGrant(
                        subject, TokenTypeURI.ID_TOKEN, null, null, type, List.of(new Audience(audience))),
                scopes);
    }

    private Reply request(AuthorizationGrant grant, Set<String> scopes) throws AuthorizationFailed {
        BoundedHttp.Answer answer = send(grant, scopes);
        Reply reply = reply(answer);
        boolean renewable = prover.isPresent() && answer.dpopNonce().isPresent();
        if (renewable && reply instanceof Reply.Refused(String error, var _) && Dpop.wantsNonce(error)) {
            reply = reply(send(grant, scopes));
        }
        return bound(reply);
    }

    private BoundedHttp.Answer send(AuthorizationGrant grant, Set<String> scopes) throws AuthorizationFailed {
        TokenRequest.Builder request = request(grant);
        if (!scopes.isEmpty()) {
            request.scope(new Scope(scopes.toArray(String[]::new)));
        }
        resource.ifPresent(uri -> request.customParameter("resource", uri));
        HTTPRequest message = request.build().toHTTPRequest();
        prover.ifPresent(key -> message.setHeader("DPoP", key.proof(endpoint)));
        BoundedHttp.Answer answer = http.send(message);
        prover.ifPresent(key -> answer.dpopNonce().ifPresent(nonce -> key.observed(endpoint, nonce)));
        return answer;
    }

    /** A reply whose tokens can be used, and are bound to a key if the user wants them to be. */
    private Reply bound(Reply reply) throws AuthorizationFailed {
        return switch (reply) {
            case Reply.Granted(TokenGrant grant)
            when grant.scheme().equals(Dpop.SCHEME) && prover.isEmpty() ->
                throw new TokensUnusable(OAuthFailure.lasting(
                                "oauth.dpopNeeded",
                                "The authorization server binds its tokens to a key (DPoP), which was not asked for.",
                                "Set oauth.dpop to true.")
                        .at(Origin.shown(endpoint)));
            case Reply.Granted(TokenGrant grant)
            when !grant.scheme().equals(Dpop.SCHEME) && settings.dpop() == DpopMode.REQUIRED ->
                throw new TokensUnusable(OAuthFailure.lasting(
                                "oauth.dpopUnsupported",
                                "The authorization server does not bind its tokens to a key (DPoP); the token was"
                                        + " thrown away.",
                                "Set oauth.dpop to auto to use ordinary tokens where there are no others.")
                        .at(Origin.shown(endpoint)));
            case Reply.Refused(String error, var _)
            when Dpop.isAboutProof(error) ->
                throw prover.isPresent()
                        ? new AuthorizationFailed(Dpop.refusal(endpoint, error))
                        : new TokenRefused(OAuthFailure.lasting(
                                        "oauth.dpopNeeded",
                                        "The authorization server gives only tokens that are bound to a key"
                                                + " (DPoP).",
                                        "Set oauth.dpop to true.")
                                .at(Origin.shown(endpoint)));
            case Reply.Granted granted -> granted;
            case Reply.Refused refused -> refused;
        };
    }

    private TokenRequest.Builder request(AuthorizationGrant grant) throws AuthorizationFailed {
        if (client.source() == Client.Source.NOBODY) {
            return new TokenRequest.Builder(endpoint, grant);
        }
        Optional<ClientAuthentication> authentication = ClientAuthenticator.authentication(client, settings, issuer);
        return authentication.isPresent()
                ? new TokenRequest.Builder(endpoint, authentication.get(), grant)
                : new TokenRequest.Builder(endpoint, new ClientID(client.id()), grant);
    }

    private static Reply reply(BoundedHttp.Answer answer) throws AuthorizationFailed {
        Optional<JsonObject> members = LenientTokenResponse.read(answer.body());
        Optional<String> error = members.flatMap(body -> Json.string(body, "error"));
        boolean overloaded = answer.status() >= 500 || answer.status() == 429 || answer.status() == 408;
        if (error.isPresent() && !overloaded && !PASSING.contains(error.get())) {
            String description = members.flatMap(body -> Json.string(body, "error_description"))
                    .orElse("");
            return new Reply.Refused(Text.excerpt(error.get()), Text.excerpt(description));
        }
        Optional<TokenGrant> grant =
                answer.status() / 100 == 2 ? members.flatMap(LenientTokenResponse::grant) : Optional.empty();
        if (grant.isPresent()) {
            return new Reply.Granted(grant.get());
        }
        // A login page of a captive portal, a gateway's error, or a broken server: nothing is known about the grant.
        throw new AuthorizationFailed(OAuthFailure.passing(
                        overloaded ? "oauth.serverError" : "oauth.tokenResponseUnreadable",
                        "The token endpoint of " + answer.uri().getHost() + " gave no usable answer (status "
                                + answer.status() + ").",
                        "Try again; nothing was lost.")
                .at(Origin.shown(answer.uri())));
    }
}
