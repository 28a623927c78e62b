package dev.drawbridge.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import dev.drawbridge.config.ConfigProblem;
import dev.drawbridge.hub.CatalogKind;
import dev.drawbridge.hub.FlowId;
import dev.drawbridge.hub.LiveHub;
import dev.drawbridge.hub.LogEntry;
import dev.drawbridge.hub.ServerName;
import dev.drawbridge.hub.ServerState;
import dev.drawbridge.hub.ServerView;
import dev.drawbridge.hub.SessionContext;
import dev.drawbridge.hub.SessionListener;
import dev.drawbridge.mcp.ScriptedServer;
import dev.drawbridge.mcp.ServerRequest;
import dev.drawbridge.mcp.json.RawJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A host's call meets a server that wants a sign-in; the host hears where, and the editors hear who asked. */
final class SignInFromHostTest {
    @TempDir
    Path folder;

    @Test
    void editorsAreToldWhichHostCalledWhat() throws Exception {
        try (ScriptedServer server = new ScriptedServer(SignInFromHostTest::guarded);
                LiveHub hub = TestHub.in(folder)) {
            configure(server);
            EditorEar editor = new EditorEar();
            hub.attach(new SessionContext("editor", Map.of(), List.of()), editor);
            assertEquals(Optional.empty(), editor.requestedBy(), server.transcript());
            try (HostAtFace host = HostAtFace.of(hub, "github")) {
                host.initialize("2025-06-18", "{}");
                JsonObject result = host.result("tools/call", "{\"name\":\"create_issue\",\"arguments\":{}}");
                assertTrue(result.get("isError").getAsBoolean(), host::toString);
                assertTrue(result.toString().contains(server.url("/authorize").toString()), host::toString);
                assertEquals(
                        Optional.of("codecompanion called github/create_issue"), editor.requestedBy(), host::toString);
            }
        }
    }

    private void configure(ScriptedServer server) throws IOException {
        Files.writeString(folder.resolve("mcp.json"), "{\"servers\":{\"github\":{\"url\":\"" + server.url() + "\"}}}");
    }

    /** A protected MCP server that is its own authorization server; nobody ever signs in. */
    private static void guarded(ScriptedServer.Ask ask) throws IOException {
        String base = "http://" + ask.header("Host");
        String path = ask.path();
        if (path.startsWith("/.well-known/oauth-protected-resource")) {
            json(ask, "{\"resource\":\"" + base + "/mcp\",\"authorization_servers\":[\"" + base + "\"]}");
        } else if (path.equals("/.well-known/oauth-authorization-server")) {
            json(
                    ask,
                    "{\"issuer\":\"" + base + "\",\"authorization_endpoint\":\"" + base
                            + "/authorize\",\"token_endpoint\":\"" + base + "/token\",\"registration_endpoint\":\""
                            + base
                            + "/register\",\"response_types_supported\":[\"code\"],"
                            + "\"code_challenge_methods_supported\":[\"S256\"]}");
        } else if (path.equals("/register")) {
            ask.send(
                    201,
                    "application/json",
                    "{\"client_id\":\"c\",\"redirect_uris\":" + ask.json().get("redirect_uris") + "}");
        } else if (path.equals("/mcp")) {
            ask.responseHeader(
                            "WWW-Authenticate",
                            "Bearer resource_metadata=\"" + base + "/.well-known/oauth-protected-resource/mcp\"")
                    .status(401);
        } else {
            ask.status(404);
        }
    }

    private static void json(ScriptedServer.Ask ask, String body) throws IOException {
        ask.send(200, "application/json", body);
    }

    /** An editor that notes whom a prompt would name. */
    private static final class EditorEar implements SessionListener {
        private final BlockingQueue<Optional<String>> askers = new LinkedBlockingQueue<>();

        Optional<String> requestedBy() throws InterruptedException {
            Optional<String> asker = askers.poll(20, TimeUnit.SECONDS);
            if (asker == null) {
                throw new AssertionError("the editor was not told");
            }
            return asker;
        }

        @Override
        public void onAuthRequired(List<ServerView> servers) {
            for (ServerView server : servers) {
                if (server.state() instanceof ServerState.AuthRequired(var reason)) {
                    askers.add(reason.requestedBy());
                }
            }
        }

        @Override
        public void onStatusChanged(List<ServerView> servers) {}

        @Override
        public void onAuthCompleted(ServerName server, FlowId flow, AuthResult result) {}

        @Override
        public void onCatalogChanged(ServerName server, Set<CatalogKind> kinds) {}

        @Override
        public void onLog(LogEntry entry) {}

        @Override
        public void onConfigProblems(Path file, List<ConfigProblem> problems) {}

        @Override
        public void onServerNotification(ServerName server, String method, RawJson params) {}

        @Override
        public ServerRequest.Answer onServerRequest(ServerName server, ServerRequest request) {
            return ServerRequest.Answer.notSupported(request.method());
        }
    }
}
