package dev.drawbridge.hub;

import dev.drawbridge.config.ConfigProblem;
import dev.drawbridge.mcp.ServerRequest;
import dev.drawbridge.mcp.json.RawJson;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * What the hub tells one session. Called on the hub's threads, one call at a time per session, in order; an
 * implementation only enqueues, except {@link #onServerRequest}, which may wait for a person.
 */
public interface SessionListener {
    /** The whole picture after a change; changes that come close together are told once. */
    void onStatusChanged(List<ServerView> servers);

    /** Servers that began to need a sign-in since the last call; told once per need, however often the server is tried. */
    void onAuthRequired(List<ServerView> servers);

    void onAuthCompleted(ServerName server, FlowId flow, AuthResult result);

    void onCatalogChanged(ServerName server, Set<CatalogKind> kinds);

    /** A server's {@code notifications/message}, a line of a local server's stderr, or a line of Drawbridge's own about the server. */
    void onLog(LogEntry entry);

    /** All problems of one configuration file; empty when it is fine again. */
    void onConfigProblems(Path file, List<ConfigProblem> problems);

    /** Any other notification of a server, passed on untouched. */
    void onServerNotification(ServerName server, String method, RawJson params);

    /** A request of a server to its client (elicitation, sampling). Runs on a thread of its own; the hub bounds the wait. */
    ServerRequest.Answer onServerRequest(ServerName server, ServerRequest request);

    /** How a sign-in ended. */
    sealed interface AuthResult {
        record Succeeded(AuthenticationState.Authenticated authentication) implements AuthResult {}

        record Failed(Failure failure) implements AuthResult {}

        record Cancelled() implements AuthResult {}
    }
}
