package dev.drawbridge.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drawbridge.hub.LiveHub;
import dev.drawbridge.mcp.ScriptedServer;
import dev.drawbridge.mcp.ScriptedServer.Ask;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the proxy does not know it carries byte for byte, both ways. */
final class TransparencyTest {
    /** Numbers as no reader keeps them, keys in no order, escapes, depth, emptiness. */
    private static final String NASTY =
            "{\"z\":1e2,\"a\":-0.0,\"big\":123456789012345678901234567890,\"dec\":0.10000000000000000000000000000000000001,\"E\":1E+400,\"esc\":\"\\u00e9\\ud83d\\ude00\\/\\b\\u0000"
                + " é😀\",\"\":\"\",\"null\":null,\"deep\":" + "[".repeat(200) + "{\"k\":[]}" + "]".repeat(200)
                    + ",\"_meta\":{\"com.example/x\":[1.0,1.00]},\"__proto__\":{\"constructor\":true}}";

    @TempDir
    Path folder;

    private LiveHub hub;

    @BeforeEach
    void start() {
        hub = TestHub.in(folder);
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    private static ScriptedServer server(String answer) {
        return new ScriptedServer(ask -> {
            switch (ask.method()) {
                case "initialize" ->
                    ask.result("{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{\"tools\":{},"
                            + "\"extensions\":{\"com.example/ui\":" + NASTY + "}},\"serverInfo\":" + NASTY + "}");
                case "tools/list" -> ask.result("{\"tools\":[" + NASTY + "]}");
                case "server/discover" -> ask.error(400, -32601, "");
                case "" -> ask.status(ask.title().startsWith("GET") ? 405 : 202);
                case "com.example/broken" -> ask.error(200, -32999, ",\"data\":" + NASTY);
                default -> {
                    if (ask.method().startsWith("notifications/")) {
                        ask.status(202);
                    } else {
                        ask.event("data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/com.example\",\"params\":"
                                        + NASTY + "}")
                                .message("{\"jsonrpc\":\"2.0\",\"id\":" + ask.id() + ",\"result\":" + answer + "}");
                    }
                }
            }
        });
    }

    @Test
    void aHostOfTheServersEraGetsAndGivesBytes() throws Exception {
        try (ScriptedServer server = server(NASTY)) {
            HostAtFace host = HostAtFace.of(hub, server);
            host.initialize("2025-11-25", "{}");
            int id = host.ask("tools/list", "{}");
            assertEquals("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":{\"tools\":[" + NASTY + "]}}", host.line());
            id = host.ask("com.example/unheard", NASTY);
            assertEquals(
                    "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/com.example\",\"params\":" + NASTY + "}",
                    host.line());
            assertEquals("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":" + NASTY + "}", host.line());
            assertSent(server.await("POST com.example/unheard", 1));
            id = host.ask("com.example/broken", "{}");
            assertEquals(
                    "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"error\":{\"code\":-32999,\"message\":\"no\",\"data\":"
                            + NASTY + "}}",
                    host.line());
            host.say("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/com.example/told\",\"params\":" + NASTY + "}");
            assertSent(server.await("POST notifications/com.example/told", 1));
            // A page that has no name is a page all the same.
            host.result("tools/list", "{\"cursor\":\"\"}");
            assertTrue(server.asks("POST tools/list").getLast().body().contains("\"cursor\":\"\""), server::transcript);

            HostAtFace later = HostAtFace.of(hub, server);
            later.ask(
                    "initialize",
                    "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},\"clientInfo\":{\"name\":\"h\"}}");
            String greeting = later.line();
            assertTrue(greeting.contains("\"extensions\":{\"com.example/ui\":" + NASTY + "}"), greeting);
            assertTrue(greeting.contains("\"serverInfo\":" + NASTY), greeting);
        }
    }

    /** Ids are the host's, whatever they look like. */
    @Test
    void idsComeBackAsTheyWere() throws Exception {
        try (ScriptedServer server = server("{}")) {
            HostAtFace host = HostAtFace.of(hub, server);
            host.initialize("2025-11-25", "{}");
            for (String id : new String[] {"1e2", "9007199254740993", "\"\\u00e9\"", "\"\"", "-0.5"}) {
                host.say("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"ping\"}");
                assertEquals("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":{}}", host.line());
            }
        }
    }

    /** Only what the era demands is added or taken away. */
    @Test
    void aHostOfTheOtherEraGetsBytesToo() throws Exception {
        try (ScriptedServer server = server(NASTY)) {
            HostAtFace host = HostAtFace.of(hub, server);
            String members = NASTY.substring(1, NASTY.length() - 1);
            String without = members.substring(0, members.indexOf(",\"_meta\""));
            String rest = members.substring(members.indexOf(",\"__proto__\""));
            String meta = HostAtFace.STATELESS.substring(0, HostAtFace.STATELESS.length() - 1)
                    + ",\"com.example/x\":[1.0,1.00]}";
            int id = host.ask("com.example/unheard", "{" + without + "," + meta + rest + "}");
            host.hear("notifications/com.example");
            String answer = host.line();
            assertTrue(answer.startsWith("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":{" + without), answer);
            assertTrue(answer.contains("\"com.example/x\":[1.0,1.00]"), answer);
            assertTrue(answer.endsWith(rest + ",\"resultType\":\"complete\"}}"), answer);
            String body = server.await("POST com.example/unheard", 1).body();
            assertTrue(
                    body.endsWith("\"params\":{" + without + ",\"_meta\":{\"com.example/x\":[1.0,1.00]}" + rest + "}}"),
                    body);
        }
    }

    private static void assertSent(Ask ask) {
        assertTrue(ask.body().endsWith("\"params\":" + NASTY + "}"), ask::body);
    }
}
