package dev.drawbridge.hub;

import dev.drawbridge.config.CommonSettings;
import dev.drawbridge.config.ResolvedServer;
import dev.drawbridge.mcp.ClientProfile;
import dev.drawbridge.mcp.ConnectOutcome;
import dev.drawbridge.mcp.ConnectionListener;
import dev.drawbridge.mcp.Connector;
import dev.drawbridge.mcp.Known;
import dev.drawbridge.mcp.Rejection;
import dev.drawbridge.mcp.RequestAuthorizer;
import dev.drawbridge.mcp.Trace;
import dev.drawbridge.mcp.json.JsonSlices;
import dev.drawbridge.mcp.json.RawJson;
import dev.drawbridge.oauth.Authorization;
import dev.drawbridge.oauth.Challenge;
import dev.drawbridge.oauth.CredentialView;
import dev.drawbridge.oauth.SignInReason;
import dev.drawbridge.oauth.Target;
import dev.drawbridge.oauth.TokenOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How one resolved server is reached and authorized: the bridge between its definition, the transports and OAuth. */
final class ServerLink {
    private static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(5);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** A call ends after that in any case. */
    private static final Duration LONGEST_CALL = Duration.ofHours(1);

    private final ResolvedServer server;
    private final HubServices services;
    private final Optional<Target> target;
    private final Optional<HubAuthorizer> oauth;
    private final Reaching authorizer;
    private final boolean dynamicHeaders;
    private final Trace trace;

    /**
     * @param target what OAuth is asked for; empty when the server does not use it
     * @param freshHeaders runs the commands behind dynamic headers again; empty when there are none
     */
    ServerLink(
            ServerName name,
            ResolvedServer server,
            Optional<Target> target,
            HubServices services,
            Optional<DynamicHeaders> freshHeaders) {
        this.trace = Trace.of(name.value());
        this.server = server;
        this.services = services;
        this.target = target;
        this.oauth = target.map(to -> new HubAuthorizer(services.authorization(), to));
        this.dynamicHeaders = freshHeaders.isPresent();
        this.authorizer = new Reaching(freshHeaders
                .<RequestAuthorizer>map(headers -> headers)
                .or(() -> oauth)
                .orElse(RequestAuthorizer.NONE));
    }

    /** What a refused request means for the server. */
    sealed interface Refusal {
        /** A sign-in would help. */
        record PersonNeeded(AuthReason reason) implements Refusal {}

        /** Nothing a sign-in could mend. */
        record Unhelpable(Failure failure, boolean passing) implements Refusal {}
    }

    /** The verbose record of what is done for this server. */
    Trace trace() {
        return trace;
    }

    Optional<Target> target() {
        return target;
    }

    Optional<HubAuthorizer> oauth() {
        return oauth;
    }

    /** Whether the server has asked nobody to sign in so far. */
    boolean neverChallenged() {
        return oauth.map(HubAuthorizer::challenges).orElse(List.of()).isEmpty();
    }

    Set<String> disabledTools() {
        return common().disabledTools();
    }

    /** What is remembered of the server is found under this. */
    ServerMemory.Key memoryKey() {
        return ServerMemory.Key.of(target, server.identity());
    }

    /** The longest silence of a call; where the file limits that for each exchange, those limits stand for it. */
    Duration timeout() {
        boolean limited =
                server instanceof ResolvedServer.Http http && http.connection().limitsSilence();
        return common().timeout().orElse(limited ? LONGEST_CALL : DEFAULT_TIMEOUT);
    }

    private CommonSettings common() {
        return server.common();
    }

    ServerView.Transport transport() {
        return switch (server) {
            case ResolvedServer.Http http -> Definitions.transport(http.connection());
            case ResolvedServer.Stdio _ -> ServerView.Transport.STDIO;
        };
    }

    ConnectOutcome connect(
            ClientProfile profile, ConnectionListener listener, Optional<String> rememberedVersion, Duration timeout) {
        authorizer.begin();
        Connector connector = services.connector();
        return connector.connect(
                Endpoints.of(server, dynamicHeaders, trace), profile, authorizer, listener, rememberedVersion, timeout);
    }

    /** For how long it is worth waiting for a connection that is on its way; a local program may take its time to start. */
    Duration worthWaiting() {
        return transport() == ServerView.Transport.STDIO ? PATIENCE : authorizer.worth();
    }

    /** A further connection, beside one that has found out what there is to know. */
    ConnectOutcome join(ClientProfile profile, ConnectionListener listener, Known known, Duration timeout) {
        return services.connector()
                .join(Endpoints.of(server, dynamicHeaders, trace), profile, authorizer, listener, known, timeout);
    }

    /** Whether a call is refused before it reaches the server. */
    Optional<Failure> forbids(ServerName name, String method, RawJson params) {
        if (disabledTools().isEmpty() || !method.equals("tools/call")) {
            return Optional.empty();
        }
        try {
            return JsonSlices.ofObject(params.bytes())
                    .string("name")
                    .filter(disabledTools()::contains)
                    .map(tool -> Remedies.toolDisabled(name, tool));
        } catch (JsonSlices.MalformedJson e) {
            // The server says better than we could what is wrong with it.
            return Optional.empty();
        }
    }

    Refusal refusal(ServerName name, Rejection rejection, Optional<String> requestedBy) {
        Optional<TokenOutcome> outcome = oauth.flatMap(HubAuthorizer::refusal);
        if (outcome.isEmpty()) {
            return oauth.isEmpty()
                    ? new Refusal.Unhelpable(Remedies.refused(name, rejection), false)
                    : new Refusal.PersonNeeded(
                            new AuthReason(AuthReason.Kind.SIGN_IN_NEEDED, asked(rejection), requestedBy));
        }
        return switch (outcome.get()) {
            case TokenOutcome.SignInNeeded(SignInReason reason) ->
                new Refusal.PersonNeeded(new AuthReason(
                        kind(reason.kind()),
                        reason.scopes().isEmpty() ? asked(rejection) : reason.scopes(),
                        requestedBy));
            case TokenOutcome.Unavailable unavailable ->
                new Refusal.Unhelpable(
                        Remedies.of(unavailable.failure()),
                        unavailable.failure().passing());
            // The server refuses a token that is fresh from its own authorization server.
            case TokenOutcome.Token _ -> new Refusal.Unhelpable(Remedies.refused(name, rejection), false);
        };
    }

    /** The scopes the server's challenge names. */
    private static Set<String> asked(Rejection rejection) {
        return Challenge.oauth(Challenge.parse(rejection.wwwAuthenticate()))
                .map(Challenge::scopes)
                .orElse(Set.of());
    }

    AuthenticationState authentication(ServerName name, ServerState state) {
        if (target.isEmpty()) {
            return new AuthenticationState.None();
        }
        Authorization authorization = services.authorization();
        return switch (authorization.viewNow(target.get())) {
            case CredentialView.Present present -> Flows.authenticated(present);
            case CredentialView.Pending pending -> new AuthenticationState.Pending(Flows.of(pending.flow(), name));
            case CredentialView.Absent _, CredentialView.Unknown _ ->
                state instanceof ServerState.AuthRequired || state instanceof ServerState.Authenticating
                        ? new AuthenticationState.Unauthenticated()
                        : new AuthenticationState.None();
        };
    }

    /** Whether this sign-in is the one that runs for the server's credential. */
    boolean isRunning(FlowId flow) {
        return target.map(services.authorization()::view)
                .filter(view -> view instanceof CredentialView.Pending(var running)
                        && running.id().value().equals(flow.value()))
                .isPresent();
    }

    private static AuthReason.Kind kind(SignInReason.Kind kind) {
        return switch (kind) {
            case SIGN_IN_NEEDED -> AuthReason.Kind.SIGN_IN_NEEDED;
            case EXPIRED -> AuthReason.Kind.EXPIRED;
            case INSUFFICIENT_SCOPE -> AuthReason.Kind.INSUFFICIENT_SCOPE;
            case ISSUER_CHANGED -> AuthReason.Kind.ISSUER_CHANGED;
        };
    }
}
