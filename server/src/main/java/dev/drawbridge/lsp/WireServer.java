package dev.drawbridge.lsp;

import dev.drawbridge.hub.AuthReason;
import dev.drawbridge.hub.AuthenticationState;
import dev.drawbridge.hub.ServerOrigin;
import dev.drawbridge.hub.ServerState;
import dev.drawbridge.hub.ServerView;
import dev.drawbridge.protocol.AuthReasonKind;
import dev.drawbridge.protocol.Authentication;
import dev.drawbridge.protocol.CatalogCounts;
import dev.drawbridge.protocol.Server;
import dev.drawbridge.protocol.ServerIdentity;
import dev.drawbridge.protocol.Transport;
import java.util.Collection;
import java.util.List;

/** A server as the hub knows it, and as {@code mcp/*} tells it. */
final class WireServer {
    private WireServer() {}

    static List<Server> of(List<ServerView> servers) {
        return servers.stream().map(WireServer::of).toList();
    }

    static Server of(ServerView server) {
        return new Server(
                server.name().value(),
                origin(server.origin()),
                transport(server.transport()),
                server.target(),
                state(server.state()),
                authentication(server.authentication()),
                server.identity().map(WireServer::identity),
                new CatalogCounts(
                        server.counts().tools(),
                        server.counts().resources(),
                        server.counts().resourceTemplates(),
                        server.counts().prompts()),
                sorted(server.disabledTools()));
    }

    static Authentication authentication(AuthenticationState state) {
        return switch (state) {
            case AuthenticationState.None() -> new Authentication.None();
            case AuthenticationState.Unauthenticated() -> new Authentication.Unauthenticated();
            case AuthenticationState.Pending(var flow) -> new Authentication.Pending(WireValues.flow(flow));
            case AuthenticationState.Authenticated(var issuer, var account, var scopes, var expiresAt) ->
                new Authentication.Authenticated(issuer, account, sorted(scopes), expiresAt);
        };
    }

    private static dev.drawbridge.protocol.ServerState state(ServerState state) {
        return switch (state) {
            case ServerState.Disabled() -> new dev.drawbridge.protocol.ServerState.Disabled();
            case ServerState.Untrusted(var digest) -> new dev.drawbridge.protocol.ServerState.Untrusted(digest);
            case ServerState.Stopped() -> new dev.drawbridge.protocol.ServerState.Stopped();
            case ServerState.Connecting(var since) -> new dev.drawbridge.protocol.ServerState.Connecting(since);
            case ServerState.AuthRequired(var reason) ->
                new dev.drawbridge.protocol.ServerState.AuthRequired(reason(reason));
            case ServerState.Authenticating(var flow) ->
                new dev.drawbridge.protocol.ServerState.Authenticating(WireValues.flow(flow));
            case ServerState.Connected(var since) -> new dev.drawbridge.protocol.ServerState.Connected(since);
            case ServerState.Retrying(var failure, var attempt, var next) ->
                new dev.drawbridge.protocol.ServerState.Retrying(WireValues.failure(failure), attempt, next);
            case ServerState.Failed(var failure) ->
                new dev.drawbridge.protocol.ServerState.Failed(WireValues.failure(failure));
        };
    }

    private static dev.drawbridge.protocol.ServerOrigin origin(ServerOrigin origin) {
        return switch (origin) {
            case ServerOrigin.User(var file) -> new dev.drawbridge.protocol.ServerOrigin.User(file.toUri());
            case ServerOrigin.Workspace(var file, var folder) ->
                new dev.drawbridge.protocol.ServerOrigin.Workspace(file.toUri(), folder.toUri());
        };
    }

    private static Transport transport(ServerView.Transport transport) {
        return switch (transport) {
            case STDIO -> Transport.STDIO;
            case HTTP -> Transport.HTTP;
            case SSE -> Transport.SSE;
        };
    }

    private static dev.drawbridge.protocol.AuthReason reason(AuthReason reason) {
        AuthReasonKind kind = switch (reason.kind()) {
            case SIGN_IN_NEEDED -> AuthReasonKind.SIGN_IN_NEEDED;
            case EXPIRED -> AuthReasonKind.EXPIRED;
            case INSUFFICIENT_SCOPE -> AuthReasonKind.INSUFFICIENT_SCOPE;
            case ISSUER_CHANGED -> AuthReasonKind.ISSUER_CHANGED;
        };
        return new dev.drawbridge.protocol.AuthReason(kind, sorted(reason.scopes()), reason.requestedBy());
    }

    private static ServerIdentity identity(ServerView.ServerIdentity identity) {
        return new ServerIdentity(
                identity.name(),
                identity.version(),
                identity.title(),
                identity.protocolVersion(),
                identity.instructions(),
                sorted(identity.capabilities()));
    }

    /** Sets have no order; what is told twice should look the same twice. */
    private static List<String> sorted(Collection<String> values) {
        return values.stream().sorted().toList();
    }
}
