package dev.drawbridge.oauth;

import dev.drawbridge.oauth.token.Credential;
import dev.drawbridge.oauth.token.StoreUnavailable;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Tokens for the client itself, without a person (RFC 6749 section 4.4, requirement 53). */
final class ClientCredentials {
    private final Clients clients;
    private final InstantSource clock;
    private final Map<String, String> discoveryHeaders;
    private final Function<Target, BoundedHttp> http;

    ClientCredentials(Clients clients, AuthorizationEnvironment environment, Function<Target, BoundedHttp> http) {
        this.clients = clients;
        this.clock = environment.clock();
        this.discoveryHeaders = environment.discoveryHeaders();
        this.http = http;
    }

    Credential fetch(Target target, List<Challenge> challenges) throws AuthorizationFailed, StoreUnavailable {
        BoundedHttp exchange = http.apply(target);
        Discovery.Found found =
                new Discovery(exchange, discoveryHeaders).discover(target, challenges, Optional.empty());
        AuthorizationServerMetadata server = found.server();
        Client client = clients.configured(target, server)
                .orElseThrow(() -> new AuthorizationFailed(OAuthFailure.lasting(
                        "oauth.clientIdNeeded",
                        "Client credentials need a client that was registered beforehand.",
                        "Set oauth.clientId, and oauth.clientSecret or oauth.privateKey.")));
        Optional<String> resource = ResourceIndicator.select(target, found.resource());
        Set<String> scopes = ScopeSelection.select(
                target.client().scopes(),
                challenges,
                found.resource().flatMap(ProtectedResourceMetadata::scopes),
                Set.of(),
                Set.of());
        TokenEndpoint endpoint = new TokenEndpoint(
                exchange,
                server.tokenEndpoint(),
                client,
                ClientAuthenticator.authentication(client, target.client(), server.issuer()),
                resource);
        return switch (endpoint.clientCredentials(scopes)) {
            case TokenEndpoint.Reply.Granted(TokenGrant grant) ->
                NewCredential.of(target, server, client, resource, scopes, grant, clock.instant());
            case TokenEndpoint.Reply.Refused(String error, String description) ->
                throw new AuthorizationFailed(OAuthFailure.lasting(
                                "oauth.clientRejected",
                                "The authorization server gave the client no token: " + error
                                        + (description.isEmpty() ? "" : " (" + description + ")"),
                                "Check oauth.clientId, its secret or key, and oauth.scopes.")
                        .at(Origin.shown(server.tokenEndpoint())));
        };
    }
}
