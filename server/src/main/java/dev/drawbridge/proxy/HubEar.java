package dev.drawbridge.proxy;

import dev.drawbridge.config.ConfigProblem;
import dev.drawbridge.hub.CatalogKind;
import dev.drawbridge.hub.FlowId;
import dev.drawbridge.hub.LogEntry;
import dev.drawbridge.hub.ServerName;
import dev.drawbridge.hub.ServerView;
import dev.drawbridge.hub.SessionListener;
import dev.drawbridge.mcp.ServerRequest;
import dev.drawbridge.mcp.json.RawJson;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Hears what the hub tells of the host's server. What the server itself says comes over the host's own session, so of the
 * shared one only its state counts here.
 */
final class HubEar implements SessionListener {
    private final CompletableFuture<ServerSide> side = new CompletableFuture<>();

    void tell(ServerSide listening) {
        side.complete(listening);
    }

    private void with(Consumer<ServerSide> action) {
        side.thenAccept(action);
    }

    @Override
    public void onStatusChanged(List<ServerView> servers) {
        with(ServerSide::settled);
    }

    @Override
    public void onAuthRequired(List<ServerView> servers) {
        with(ServerSide::signInNeeded);
    }

    @Override
    public void onAuthCompleted(ServerName server, FlowId flow, AuthResult result) {
        with(listening -> listening.signInEnded(flow));
    }

    @Override
    public void onCatalogChanged(ServerName server, Set<CatalogKind> kinds) {
        with(listening -> listening.listsChanged(kinds));
    }

    @Override
    public void onLog(LogEntry entry) {
        // The daemon's log has it.
    }

    @Override
    public void onConfigProblems(Path file, List<ConfigProblem> problems) {
        // Editors show them where they are.
    }

    @Override
    public void onServerNotification(ServerName server, String method, RawJson params) {
        // The host's own session brings its own.
    }

    @Override
    public ServerRequest.Answer onServerRequest(ServerName server, ServerRequest request) {
        return new ServerRequest.Answer.Refusal(-32601, "Method not found: " + request.method(), Optional.empty());
    }
}
