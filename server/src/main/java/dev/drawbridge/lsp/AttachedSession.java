package dev.drawbridge.lsp;

import dev.drawbridge.config.ConfigProblem;
import dev.drawbridge.hub.CatalogKind;
import dev.drawbridge.hub.FlowId;
import dev.drawbridge.hub.Hub;
import dev.drawbridge.hub.HubSession;
import dev.drawbridge.hub.LogEntry;
import dev.drawbridge.hub.Outcome;
import dev.drawbridge.hub.ServerName;
import dev.drawbridge.hub.ServerView;
import dev.drawbridge.hub.SessionContext;
import dev.drawbridge.hub.SessionListener.AuthResult;
import dev.drawbridge.mcp.json.RawJson;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A session with its view of the hub: wires the features together, says which method goes to which, and decides by the
 * editor's declarations whether an event goes out as {@code mcp/*} or as standard LSP. Lives on the session's loop.
 */
final class AttachedSession {
    private final EditorClient client;
    private final HubSession hub;
    private final Workers workers = new Workers();

    /** Written by the loop, read by servers' requests too. */
    private volatile List<Path> folders;

    private final MethodRouter router = new MethodRouter();
    private final SignIns signIns;
    private final SignInPrompts signInPrompts;
    private final ApprovalPrompts approvalPrompts;
    private final ThinClient thin;
    private final ConfigFiles configFiles;

    AttachedSession(Hub hub, EditorClient client, SessionContext context, SessionLoop loop, EditorSession session) {
        this.client = client;
        this.folders = context.folders();
        this.hub = hub.attach(context, new HubEvents(session, new ServerRequests(client, () -> folders)));
        this.signIns = new SignIns(client, loop, workers, this.hub);
        this.signInPrompts = new SignInPrompts(client, loop, signIns);
        this.approvalPrompts = new ApprovalPrompts(client, loop, workers, this.hub);
        this.thin = new ThinClient(client);
        this.configFiles = new ConfigFiles(client, ConfigPaths.of(context));
        Commands commands = new Commands(client, workers, this.hub, signIns, approvalPrompts);

        router.onRequest("workspace/executeCommand", commands::execute);
        router.onNotification("workspace/didChangeWorkspaceFolders", this::onFoldersChanged);
        router.onNotification(
                "window/workDoneProgress/cancel",
                params -> params.optionalString("token").ifPresent(signIns::onProgressCancelled));
        configFiles.register(router);
        new McpEndpoint(client, workers, this.hub).register(router);
    }

    MethodRouter router() {
        return router;
    }

    void close() {
        hub.close();
    }

    void onStatusChanged(List<ServerView> servers) {
        if (client.features().tellsStatus()) {
            thin.statusChanged(servers);
        } else {
            approvalPrompts.onStatusChanged(servers);
        }
        signInPrompts.onStatusChanged(servers);
        configFiles.onStatusChanged(servers);
    }

    void onAuthRequired(List<ServerView> servers) {
        if (client.features().tellsAuthRequired()) {
            thin.authRequired(servers);
        } else {
            signInPrompts.onAuthRequired(servers);
        }
    }

    void onAuthCompleted(ServerName server, FlowId flow, AuthResult result) {
        thin.authCompleted(server, flow, result);
        signIns.onAuthCompleted(server, flow, result);
        signInPrompts.onAuthCompleted(server, result);
    }

    void onCatalogChanged(ServerName server, Set<CatalogKind> kinds) {
        thin.catalogChanged(server, kinds);
    }

    void onLog(LogEntry entry) {
        thin.log(entry);
    }

    void onConfigProblems(Path file, List<ConfigProblem> problems) {
        configFiles.onConfigProblems(file, problems);
    }

    void onServerNotification(ServerName server, String method, RawJson params) {
        thin.serverNotification(server, method, params);
    }

    private void onFoldersChanged(Params params) {
        List<Path> changed = new ArrayList<>(folders);
        changed.removeAll(InitializeContext.folders(params.elements("event", "removed")));
        for (Path added : InitializeContext.folders(params.elements("event", "added"))) {
            if (!changed.contains(added)) {
                changed.add(added);
            }
        }
        folders = List.copyOf(changed);
        workers.start(cancellation -> {
            hub.foldersChanged(folders);
            return new Outcome.Done();
        });
    }
}
