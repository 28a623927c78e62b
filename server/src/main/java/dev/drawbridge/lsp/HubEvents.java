package dev.drawbridge.lsp;

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

/** Brings the hub's events onto the session's loop; only a server's request stays on the thread the hub gave it. */
final class HubEvents implements SessionListener {
    private final EditorSession session;
    private final ServerRequests serverRequests;

    HubEvents(EditorSession session, ServerRequests serverRequests) {
        this.session = session;
        this.serverRequests = serverRequests;
    }

    @Override
    public void onStatusChanged(List<ServerView> servers) {
        session.post(attached -> attached.onStatusChanged(servers));
    }

    @Override
    public void onAuthRequired(List<ServerView> servers) {
        session.post(attached -> attached.onAuthRequired(servers));
    }

    @Override
    public void onAuthCompleted(ServerName server, FlowId flow, AuthResult result) {
        session.post(attached -> attached.onAuthCompleted(server, flow, result));
    }

    @Override
    public void onCatalogChanged(ServerName server, Set<CatalogKind> kinds) {
        session.post(attached -> attached.onCatalogChanged(server, kinds));
    }

    @Override
    public void onLog(LogEntry entry) {
        session.post(attached -> attached.onLog(entry));
    }

    @Override
    public void onConfigProblems(Path file, List<ConfigProblem> problems) {
        session.post(attached -> attached.onConfigProblems(file, problems));
    }

    @Override
    public void onServerNotification(ServerName server, String method, RawJson params) {
        session.post(attached -> attached.onServerNotification(server, method, params));
    }

    @Override
    public ServerRequest.Answer onServerRequest(ServerName server, ServerRequest request) {
        return serverRequests.answer(server, request);
    }
}
