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
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Hears which servers there are; everything else comes over each server's own session. */
final class OverviewEar implements SessionListener {
    private final CompletableFuture<Consumer<List<ServerView>>> listening = new CompletableFuture<>();

    void tell(Consumer<List<ServerView>> listener) {
        listening.complete(listener);
    }

    @Override
    public void onStatusChanged(List<ServerView> servers) {
        listening.thenAccept(listener -> listener.accept(servers));
    }

    @Override
    public void onAuthRequired(List<ServerView> servers) {
        // Each server's own session hears it.
    }

    @Override
    public void onAuthCompleted(ServerName server, FlowId flow, AuthResult result) {
        // As above.
    }

    @Override
    public void onCatalogChanged(ServerName server, Set<CatalogKind> kinds) {
        // As above.
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
        // The host's own sessions bring their own.
    }

    @Override
    public ServerRequest.Answer onServerRequest(ServerName server, ServerRequest request) {
        return ServerRequest.Answer.notSupported(request.method());
    }
}
