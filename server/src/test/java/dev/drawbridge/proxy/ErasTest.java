package dev.drawbridge.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import dev.drawbridge.hub.LiveHub;
import dev.drawbridge.mcp.ScriptedServer;
import dev.drawbridge.mcp.ScriptedServer.Ask;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A host of one era in front of a server of the other: what is told differently, and what must not get through. */
final class ErasTest {
    private static final String URLS = HostAtFace.meta("{\"elicitation\":{\"url\":{}}}");

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

    @FunctionalInterface
    private interface Answer {
        void to(Ask ask) throws IOException, InterruptedException;
    }

    /** A server of the initialize family. */
    private static ScriptedServer older(Answer call) {
        return new ScriptedServer(ask -> {
            switch (ask.method()) {
                case "initialize" ->
                    ask.result("{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{\"tools\":{},\"tasks\":{}},"
                            + "\"serverInfo\":{\"name\":\"scripted\",\"version\":\"1\"}}");
                case "tools/list" -> ask.result("{\"tools\":[{\"name\":\"echo\"}]}");
                case "server/discover" -> ask.error(400, -32601, "");
                case "" -> ask.status(ask.title().startsWith("GET") ? 405 : 202);
                default -> {
                    if (ask.method().startsWith("notifications/")) {
                        ask.status(202);
                    } else {
                        call.to(ask);
                    }
                }
            }
        });
    }

    /** A server of 2026-07-28. */
    private static ScriptedServer newer(String tools, Answer call) {
        return new ScriptedServer(ask -> {
            switch (ask.method()) {
                case "server/discover" ->
                    ask.result("{\"resultType\":\"complete\",\"supportedVersions\":[\"2026-07-28\"],"
                            + "\"capabilities\":{\"tools\":{},\"extensions\":{\"io.modelcontextprotocol/tasks\":{}}}}");
                case "tools/list" -> ask.result("{\"resultType\":\"complete\",\"tools\":" + tools + "}");
                default -> call.to(ask);
            }
        });
    }

    @Test
    void aPageToOpenIsAQuestionToAStatelessHostAndTheCallIsMadeAgain() throws Exception {
        AtomicBoolean seenTo = new AtomicBoolean();
        try (ScriptedServer server = older(ask -> {
            if (seenTo.getAndSet(true)) {
                ask.result("{\"content\":[]}");
            } else {
                ask.message("{\"jsonrpc\":\"2.0\",\"id\":" + ask.id()
                        + ",\"error\":{\"code\":-32042,\"message\":\"Connect first\",\"data\":{\"elicitations\":[{"
                        + "\"mode\":\"url\",\"elicitationId\":\"e1\",\"url\":\"https://example.com/connect\","
                        + "\"message\":\"Connect your account.\"}]}}}");
            }
        })) {
            HostAtFace host = HostAtFace.of(hub, server);
            JsonObject question = host.result("tools/call", "{\"name\":\"echo\"," + URLS + "}");
            assertEquals("input_required", question.get("resultType").getAsString(), host::toString);
            String key = question.getAsJsonObject("inputRequests")
                    .keySet()
                    .iterator()
                    .next();
            JsonObject asked = question.getAsJsonObject("inputRequests").getAsJsonObject(key);
            assertEquals("elicitation/create", asked.get("method").getAsString(), host::toString);
            assertEquals(
                    "{\"mode\":\"url\",\"message\":\"Connect your account.\",\"url\":\"https://example.com/connect\"}",
                    asked.get("params").toString());
            JsonObject declined = host.error(
                    "tools/call",
                    "{\"name\":\"echo\",\"inputResponses\":{\"" + key + "\":{\"action\":\"decline\"}},\"requestState\":"
                            + question.get("requestState") + "," + URLS + "}");
            assertEquals("Connect first", declined.get("message").getAsString(), host::toString);
            JsonObject again = host.result("tools/call", "{\"name\":\"echo\"," + URLS + "}");
            assertEquals("complete", again.get("resultType").getAsString(), host::toString);
        }
    }

    @Test
    void aHostThatOpensNoPagesGetsTheAddressInWords() throws Exception {
        try (ScriptedServer server = older(ask -> ask.error(
                200,
                -32042,
                ",\"data\":{\"elicitations\":[{\"mode\":\"url\",\"elicitationId\":\"e1\","
                        + "\"url\":\"https://example.com/connect\",\"message\":\"Connect.\"}]}"))) {
            HostAtFace stateless = HostAtFace.of(hub, server);
            JsonObject result = stateless.result("tools/call", "{\"name\":\"echo\"," + HostAtFace.STATELESS + "}");
            assertTrue(result.get("isError").getAsBoolean(), stateless::toString);
            assertTrue(result.toString().contains("https://example.com/connect"), stateless::toString);
            HostAtFace initialize = HostAtFace.of(hub, server);
            initialize.initialize("2025-11-25", "{}");
            JsonObject error = initialize.error("tools/call", "{\"name\":\"echo\"}");
            assertEquals(-32042, error.get("code").getAsInt(), "its own era's error goes as it is: " + initialize);
        }
    }

    @Test
    void aMissingResourceHasTheHostsOwnCode() throws Exception {
        try (ScriptedServer server = older(ask -> ask.error(200, -32002, ",\"data\":{\"uri\":\"x:y\"}"))) {
            HostAtFace host = HostAtFace.of(hub, server);
            JsonObject error = host.error("resources/read", "{\"uri\":\"x:y\"," + HostAtFace.STATELESS + "}");
            assertEquals(-32602, error.get("code").getAsInt(), host::toString);
            assertEquals("{\"uri\":\"x:y\"}", error.get("data").toString());
        }
        try (ScriptedServer server = newer("[]", ask -> {
            switch (ask.method()) {
                case "resources/read" -> ask.error(200, -32602, ",\"data\":{\"uri\":\"x:y\"}");
                case "prompts/get" -> ask.error(200, -32602, "");
                default -> ask.error(400, -32021, ",\"data\":{\"requiredCapabilities\":{\"sampling\":{}}}");
            }
        })) {
            HostAtFace host = HostAtFace.of(hub, server);
            host.initialize("2025-11-25", "{}");
            assertEquals(
                    -32002,
                    host.error("resources/read", "{\"uri\":\"x:y\"}")
                            .get("code")
                            .getAsInt(),
                    host::toString);
            assertEquals(
                    -32602,
                    host.error("prompts/get", "{\"name\":\"p\"}").get("code").getAsInt(),
                    host::toString);
            JsonObject missing = host.error("tools/call", "{\"name\":\"t\"}");
            assertEquals(-32603, missing.get("code").getAsInt(), host::toString);
            assertTrue(missing.get("data").toString().contains("sampling"), host::toString);
        }
    }

    @Test
    void aNewServersOutputIsMadeReadableForAnOlderHost() throws Exception {
        String tools = "[{\"name\":\"list\",\"outputSchema\":{\"type\":\"array\"},\"x\":1e2},"
                + "{\"name\":\"object\",\"outputSchema\":{\"type\":\"object\"}}]";
        try (ScriptedServer server = newer(
                tools,
                ask -> ask.result(
                        switch (ask.json().getAsJsonObject("params").get("name").getAsString()) {
                            case "list" ->
                                "{\"resultType\":\"complete\",\"content\":[],\"structuredContent\":[1,2.50],\"k\":1e2}";
                            case "object" ->
                                "{\"resultType\":\"complete\",\"content\":[],\"structuredContent\":{\"a\":1e2}}";
                            default -> "{\"resultType\":\"task\",\"taskId\":\"t\"}";
                        }))) {
            HostAtFace host = HostAtFace.of(hub, server);
            JsonObject greeting = host.initialize("2025-06-18", "{\"extensions\":{\"com.example/own\":{}}}");
            assertFalse(greeting.toString().contains("tasks"), host::toString);
            assertEquals(
                    "{\"tools\":[{\"name\":\"list\",\"x\":1e2},"
                            + "{\"name\":\"object\",\"outputSchema\":{\"type\":\"object\"}}]}",
                    host.result("tools/list", "{}").toString());
            assertEquals(
                    "{\"content\":[{\"type\":\"text\",\"text\":\"[1,2.50]\"}],\"k\":1e2}",
                    host.result("tools/call", "{\"name\":\"list\"}").toString());
            assertEquals(
                    "{\"content\":[],\"structuredContent\":{\"a\":1e2}}",
                    host.result("tools/call", "{\"name\":\"object\"}").toString());
            assertEquals(
                    -32603,
                    host.error("tools/call", "{\"name\":\"task\"}").get("code").getAsInt(),
                    host::toString);
        }
    }

    @Test
    void aServerThatFallsBackToTheOtherEraIsAskedAnew() throws Exception {
        AtomicBoolean older = new AtomicBoolean();
        try (ScriptedServer server = new ScriptedServer(ask -> {
            if (older.get() && !ask.method().equals("initialize") && ask.body().contains("2026-07-28")) {
                ask.error(400, -32022, ",\"data\":{\"supported\":[\"2025-11-25\"]}");
                return;
            }
            switch (ask.method()) {
                case "server/discover" ->
                    ask.result("{\"resultType\":\"complete\",\"supportedVersions\":[\"2026-07-28\"],"
                            + "\"capabilities\":{\"tools\":{}}}");
                case "initialize" -> ask.result("{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{\"tools\":{}}}");
                case "tools/list" -> ask.result("{\"tools\":[{\"name\":\"echo\"}]}");
                case "tools/call" -> ask.result("{\"content\":[]}");
                default -> ask.status(ask.title().startsWith("GET") ? 405 : 202);
            }
        })) {
            HostAtFace host = HostAtFace.of(hub, server);
            host.initialize("2025-11-25", "{}");
            host.result("tools/call", "{\"name\":\"echo\"}");
            older.set(true);
            JsonObject error = host.error("tools/call", "{\"name\":\"echo\"}");
            assertTrue(error.toString().contains("mcp.versionChanged"), host::toString);
            host.hear("notifications/tools/list_changed");
            assertEquals(
                    "{\"content\":[]}",
                    host.result("tools/call", "{\"name\":\"echo\"}").toString());
        }
    }

    @Test
    void whatAStatelessHostCanDoCountsPerRequest() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (ScriptedServer server = older(ask -> {
            ask.message("{\"jsonrpc\":\"2.0\",\"id\":" + asked.incrementAndGet()
                    + ",\"method\":\"elicitation/create\",\"params\":{\"message\":\"Sure?\"}}");
            ask.message("{\"jsonrpc\":\"2.0\",\"id\":" + ask.id() + ",\"result\":{\"content\":[]}}");
        })) {
            HostAtFace host = HostAtFace.of(hub, server);
            String titled = "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
                    + "\"io.modelcontextprotocol/clientInfo\":{\"name\":\"h\",\"title\":\"H\",\"version\":\"1\","
                    + "\"icons\":[{\"src\":\"data:,\"}],\"websiteUrl\":\"https://example.com\"},"
                    + "\"io.modelcontextprotocol/clientCapabilities\":{}}";
            host.result("tools/call", "{\"name\":\"echo\"," + titled + "}");
            Ask first = server.await("POST initialize", 2);
            assertTrue(
                    first.body()
                            .contains("\"clientInfo\":{\"name\":\"h\",\"title\":\"H\",\"version\":\"1\","
                                    + "\"icons\":[{\"src\":\"data:,\"}],\"websiteUrl\":\"https://example.com\"}"),
                    server::transcript);
            assertTrue(first.body().contains("\"capabilities\":{},"), server::transcript);
            host.result("tools/call", "{\"name\":\"echo\"," + HostAtFace.STATELESS + "}");
            Ask wider = server.await("POST initialize", 3);
            assertTrue(wider.body().contains("\"capabilities\":{\"elicitation\":{}}"), server::transcript);
            host.result("tools/call", "{\"name\":\"echo\"," + titled + "}");
            assertEquals(3, server.asks("POST initialize").size(), "each has its own by now");
        }
    }
}
