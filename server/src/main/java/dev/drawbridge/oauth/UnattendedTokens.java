package dev.drawbridge.oauth;

import dev.drawbridge.oauth.token.Credential;
import dev.drawbridge.oauth.token.StoreName;
import dev.drawbridge.oauth.token.StoreUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Tokens without a person (requirement 53). What an authorization server has refused is not asked of it again at once, since a
 * refused request to the resource would ask a second time right away; callers see to it that a credential is fetched by one
 * thread at a time.
 */
final class UnattendedTokens {
    private static final Duration REMEMBERED = Duration.ofSeconds(30);

    private record Refusal(Instant until, OAuthFailure failure) {}

    private final Clients clients;
    private final InstantSource clock;
    private final Map<String, String> discoveryHeaders;
    private final Function<Target, BoundedHttp> http;
    private final Dpop dpop;
    private final Map<StoreName, Refusal> refusals = new ConcurrentHashMap<>();

    UnattendedTokens(
            Clients clients, AuthorizationEnvironment environment, Function<Target, BoundedHttp> http, Dpop dpop) {
        this.clients = clients;
        this.clock = environment.clock();
        this.discoveryHeaders = environment.discoveryHeaders();
        this.http = http;
        this.dpop = dpop;
    }

    /** @param previous the credential that is replaced */
    Credential fetch(Target target, Grant.Unattended grant, List<Challenge> challenges, Optional<Credential> previous)
            throws AuthorizationFailed, StoreUnavailable {
        StoreName name = Tokens.name(target);
        Refusal refusal = refusals.get(name);
        if (refusal != null && clock.instant().isBefore(refusal.until())) {
            throw new AuthorizationFailed(refusal.failure());
        }
        refusals.remove(name);
        BoundedHttp exchange = http.apply(target);
        Discovery discovery = new Discovery(exchange, discoveryHeaders);
        Discovery.Found found = discovery.discover(target, challenges, Optional.empty());
        AuthorizationServerMetadata server = found.server();
        Client client = client(target, grant, server);
        Optional<String> resource = ResourceIndicator.select(target, found.resource());
        Set<String> scopes = ScopeSelection.select(
                target.client().scopes(),
                challenges,
                found.resource().flatMap(ProtectedResourceMetadata::scopes),
                Set.of(),
                Set.of());
        Optional<DpopKey> key =
                dpop.key(target.client().dpop(), challenges, found, previous.flatMap(Credential::dpopKey));
        TokenEndpoint endpoint = new TokenEndpoint(
                exchange, server.tokenEndpoint(), client, target.client(), server.issuer(), resource, dpop.prover(key));
        try {
            TokenEndpoint.Reply reply = switch (grant) {
                case Grant.ClientCredentials() -> endpoint.clientCredentials(scopes);
                case Grant.JwtBearer(FreshSecret assertion) -> endpoint.jwtBearer(assertion.read(), scopes);
                case Grant.EnterpriseManaged(IdentityProvider idp) ->
                    endpoint.jwtBearer(
                            new IdentityAssertion(exchange, discovery, idp).obtain(server.issuer(), resource, scopes),
                            scopes);
            };
            return switch (reply) {
                case TokenEndpoint.Reply.Granted(TokenGrant tokens) ->
                    NewCredential.of(target, server, client, resource, scopes, tokens, key, clock.instant());
                case TokenEndpoint.Reply.Refused refused ->
                    throw new TokenRefused(refusal(grant, server, refused).at(Origin.shown(server.tokenEndpoint())));
            };
        } catch (TokenRefused e) {
            refusals.put(name, new Refusal(clock.instant().plus(REMEMBERED), e.failure()));
            throw e;
        }
    }

    private Client client(Target target, Grant.Unattended grant, AuthorizationServerMetadata server)
            throws AuthorizationFailed, StoreUnavailable {
        Optional<Client> configured = clients.configured(target, server);
        return switch (grant) {
            case Grant.ClientCredentials() -> configured.orElseThrow(() -> clientNeeded("Client credentials need"));
            case Grant.EnterpriseManaged _ ->
                configured.orElseThrow(() -> clientNeeded("Enterprise-managed authorization needs"));
            // The assertion alone may say who asks (RFC 7523 section 3.1).
            case Grant.JwtBearer _ -> configured.orElse(Client.NOBODY);
        };
    }

    private static AuthorizationFailed clientNeeded(String what) {
        return new AuthorizationFailed(OAuthFailure.lasting(
                "oauth.clientIdNeeded",
                what + " a client that was registered beforehand.",
                "Set oauth.clientId, and oauth.clientSecret or oauth.privateKey."));
    }

    private static OAuthFailure refusal(
            Grant.Unattended grant, AuthorizationServerMetadata server, TokenEndpoint.Reply.Refused refused) {
        return switch (grant) {
            case Grant.ClientCredentials() ->
                OAuthFailure.lasting(
                        "oauth.clientRejected",
                        "The authorization server gave the client no token: " + refused.shown(),
                        "Check oauth.clientId, its secret or key, and oauth.scopes.");
            case Grant.JwtBearer _ ->
                OAuthFailure.lasting(
                        "oauth.assertionRefused",
                        "The authorization server gave no token for the assertion: " + refused.shown(),
                        "Check that oauth.assertion is valid now and made out to " + Text.excerpt(server.issuer())
                                + ", and oauth.scopes.");
            case Grant.EnterpriseManaged _ ->
                OAuthFailure.lasting(
                        "oauth.assertionRefused",
                        "The authorization server gave no token for what the identity provider vouched for: "
                                + refused.shown(),
                        "Check oauth.clientId and its secret, and ask your company's administrator whether you may use"
                                + " this server.");
        };
    }
}
