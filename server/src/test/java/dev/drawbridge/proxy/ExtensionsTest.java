package dev.drawbridge.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drawbridge.hub.LiveHub;
import dev.drawbridge.mcp.ScriptedServer;
import dev.drawbridge.mcp.ScriptedServer.Ask;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An extension that Drawbridge knows nothing of works between a host and a server of 2026-07-28; here, tasks (SEP-2663). */
final class ExtensionsTest {
    private static final String MARK = "\"io.modelcontextprotocol/subscriptionId\":";
    private static final String META =
            HostAtFace.meta("{\"extensions\":{\"io.modelcontextprotocol/tasks\":{\"x\":1.0}}}");
    private static final String TASK = "\"taskId\":\"t\\u002f1\",\"status\":\"working\",\"ttlMs\":6e4";

    @TempDir
    Path folder;

    @FunctionalInterface
    private interface Listen {
        void to(Ask ask) throws IOException, InterruptedException;
    }

    private static ScriptedServer server(Listen listen) {
        return new ScriptedServer(ask -> {
            switch (ask.method()) {
                case "server/discover" ->
                    ask.result("{\"resultType\":\"complete\",\"supportedVersions\":[\"2026-07-28\"],"
                            + "\"capabilities\":{\"tools\":{},\"extensions\":{\"io.modelcontextprotocol/tasks\":{}}}}");
                case "tools/list" -> ask.result("{\"resultType\":\"complete\",\"tools\":[{\"name\":\"slow\"}]}");
                case "tools/call" -> ask.result("{\"resultType\":\"task\"," + TASK + "}");
                case "tasks/get", "tasks/update", "tasks/cancel" ->
                    ask.result("{\"resultType\":\"complete\"," + TASK + "}");
                case "subscriptions/listen" -> listen.to(ask);
                default -> ask.error(404, -32601, "");
            }
        });
    }

    private static String acknowledged(String id, String granted) {
        return "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/subscriptions/acknowledged\",\"params\":{"
                + "\"notifications\":" + granted + ",\"_meta\":{" + MARK + id + "}}}";
    }

    private static String changed(String id) {
        return "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/tasks\",\"params\":{" + TASK + ",\"_meta\":{\"a\":1.0,"
                + MARK + id + "}}}";
    }

    @Test
    void tasksPassThroughByteForByte() throws Exception {
        try (LiveHub hub = TestHub.in(folder);
                ScriptedServer server = server(ask -> ask.error(404, -32601, ""))) {
            HostAtFace host = HostAtFace.of(hub, server);
            int id = host.ask("tools/call", "{\"name\":\"slow\"," + META + "}");
            assertEquals(
                    "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":{\"resultType\":\"task\"," + TASK + "}}",
                    host.line());
            for (String method : new String[] {"tasks/get", "tasks/update", "tasks/cancel"}) {
                id = host.ask(method, "{\"taskId\":\"t\\u002f1\"," + META + "}");
                assertEquals(
                        "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":{\"resultType\":\"complete\"," + TASK + "}}",
                        host.line());
                Ask asked = server.await("POST " + method, 1);
                assertEquals("t/1", asked.header("Mcp-Name"));
                assertTrue(asked.body().endsWith("\"params\":{\"taskId\":\"t\\u002f1\"," + META + "}}"), asked::body);
            }
        }
    }

    @Test
    void whatTheServerGrantsOfAFilterIsAcknowledgedAndHeard() throws Exception {
        try (LiveHub hub = TestHub.in(folder);
                ScriptedServer server = server(ask -> {
                    ask.message(acknowledged(ask.id(), "{\"taskIds\":[\"t\"]}"));
                    ask.message(changed(ask.id()));
                    ask.hold();
                })) {
            HostAtFace host = HostAtFace.of(hub, server);
            String filter = "{\"promptsListChanged\":true,\"taskIds\":[\"t\",\"other\"]}";
            int id = host.ask("subscriptions/listen", "{\"notifications\":" + filter + "," + META + "}");
            String first = host.line();
            assertTrue(first.contains("notifications/subscriptions/acknowledged"), first);
            assertTrue(first.contains("\"taskIds\":[\"t\"]"), first);
            assertTrue(first.contains("\"promptsListChanged\":true"), first);
            assertTrue(first.contains(MARK + id), first);
            assertEquals(changed(String.valueOf(id)), host.line());
            Ask listened = server.await("POST subscriptions/listen", 1);
            assertTrue(listened.body().contains("{\"notifications\":{\"taskIds\":[\"t\",\"other\"]}"), listened::body);
            host.say("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":" + id
                    + "}}");
            listened.awaitDone();
        }
    }

    @Test
    void aServerThatEndsASubscriptionEndsIt() throws Exception {
        try (LiveHub hub = TestHub.in(folder);
                ScriptedServer server = server(ask -> {
                    ask.message(acknowledged(ask.id(), "{\"taskIds\":[]}"));
                    ask.message("{\"jsonrpc\":\"2.0\",\"id\":" + ask.id()
                            + ",\"result\":{\"resultType\":\"complete\",\"_meta\":{" + MARK + ask.id() + "}}}");
                })) {
            HostAtFace host = HostAtFace.of(hub, server);
            int id = host.ask("subscriptions/listen", "{\"notifications\":{\"taskIds\":[\"t\"]}," + META + "}");
            host.hear("notifications/subscriptions/acknowledged");
            assertEquals(
                    "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":{\"resultType\":\"complete\",\"_meta\":{" + MARK
                            + id + "}}}",
                    host.line());
        }
    }

    @Test
    void aServerThatRefusesAFilterRefusesIt() throws Exception {
        String data = ",\"data\":{\"requiredCapabilities\":{\"extensions\":{\"io.modelcontextprotocol/tasks\":{}}}}";
        try (LiveHub hub = TestHub.in(folder);
                ScriptedServer server = server(ask -> ask.error(400, -32021, data))) {
            HostAtFace host = HostAtFace.of(hub, server);
            int id = host.ask("subscriptions/listen", "{\"notifications\":{\"taskIds\":[\"t\"]}," + META + "}");
            assertEquals(
                    "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"error\":{\"code\":-32021,\"message\":\"no\"" + data
                            + "}}",
                    host.line());
        }
    }
}
