package dev.drawbridge.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import dev.drawbridge.hub.LiveHub;
import dev.drawbridge.mcp.ScriptedServer;
import dev.drawbridge.mcp.ScriptedServer.Ask;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a host's start and its first call cost a server that Drawbridge is connected to. */
final class WireCostTest {
    private static final String SHARED_CAPABILITIES = "{\"elicitation\":{},\"roots\":{},\"sampling\":{}}";

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

    private static void initializeFamily(Ask ask) throws IOException, InterruptedException {
        switch (ask.method()) {
            case "initialize" ->
                ask.result("{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{\"tools\":{\"listChanged\":true}},"
                        + "\"serverInfo\":{\"name\":\"scripted\",\"version\":\"1\"}}");
            case "tools/list" -> ask.result("{\"tools\":[{\"name\":\"echo\",\"x\":1e2}]}");
            case "tools/call" -> ask.result("{\"content\":[]}");
            case "server/discover" -> ask.error(400, -32601, "");
            default -> ask.status(ask.title().startsWith("GET") ? 405 : 202);
        }
    }

    private static List<String> titles(ScriptedServer server, int from) {
        return server.asks().stream().skip(from).map(Ask::title).sorted().toList();
    }

    @Test
    void aHostThatOnlyLooksCostsNothingAndItsFirstCallOneHandshake() throws Exception {
        try (ScriptedServer server = new ScriptedServer(WireCostTest::initializeFamily)) {
            HostAtFace first = HostAtFace.of(hub, server);
            first.initialize("2025-11-25", SHARED_CAPABILITIES);
            first.result("tools/list", "{}");
            assertEquals(1, server.asks("POST initialize").size(), server.transcript());
            assertEquals(1, server.asks("POST tools/list").size(), server.transcript());
            server.await("GET", 1);

            int before = server.asks().size();
            HostAtFace second = HostAtFace.of(hub, server);
            assertEquals(
                    "{\"tools\":{\"listChanged\":true}}",
                    second.initialize("2025-06-18", SHARED_CAPABILITIES)
                            .get("capabilities")
                            .toString());
            assertEquals(
                    "{\"tools\":[{\"name\":\"echo\",\"x\":1e2}]}",
                    second.result("tools/list", "{}").toString());
            assertEquals(
                    "{\"resources\":[]}", second.result("resources/list", "{}").toString());
            assertEquals(List.of(), titles(server, before), server.transcript());

            second.result("tools/call", "{\"name\":\"echo\"}");
            server.await("GET", 2);
            assertEquals(
                    List.of("GET", "POST initialize", "POST notifications/initialized", "POST tools/call"),
                    titles(server, before),
                    server.transcript());
        }
    }

    @Test
    void aStatelessServerIsAskedNothingButTheCallItself() throws Exception {
        try (ScriptedServer server = new ScriptedServer(ask -> {
            switch (ask.method()) {
                case "server/discover" ->
                    ask.result("{\"resultType\":\"complete\",\"supportedVersions\":[\"2026-07-28\"],"
                            + "\"capabilities\":{\"tools\":{}}}");
                case "tools/list" ->
                    ask.result("{\"resultType\":\"complete\",\"tools\":[{\"name\":\"echo\",\"inputSchema\":{\"type\":"
                            + "\"object\",\"properties\":{\"a\":{\"type\":\"string\",\"x-mcp-header\":\"A\"}}}}]}");
                default -> ask.result("{\"resultType\":\"complete\",\"content\":[]}");
            }
        })) {
            HostAtFace first = HostAtFace.of(hub, server);
            first.initialize("2025-11-25", "{}");
            first.result("tools/list", "{}");
            int before = server.asks().size();
            HostAtFace second = HostAtFace.of(hub, server);
            second.initialize("2025-11-25", "{}");
            second.result("tools/list", "{}");
            second.result("tools/call", "{\"name\":\"echo\",\"arguments\":{\"a\":\"b\"}}");
            assertEquals(List.of("POST tools/call"), titles(server, before), server.transcript());
            assertEquals(
                    "b", server.asks("POST tools/call").getFirst().header("Mcp-Param-A"), "the list's headers count");
        }
    }

    /** A server has nowhere to put its first question before the session's own stream is there. */
    @Test
    void theFirstCallWaitsForTheStreamThatQuestionsComeOver() throws Exception {
        CountDownLatch answered = new CountDownLatch(1);
        List<Ask> streams = new CopyOnWriteArrayList<>();
        try (ScriptedServer server = new ScriptedServer(ask -> {
            if (ask.title().equals("GET")) {
                ask.pause(Duration.ofMillis(100));
                streams.add(ask.event(": open"));
                ask.hold();
            } else if (ask.method().isEmpty()) {
                answered.countDown();
                ask.status(202);
            } else if (ask.method().equals("tools/call") && streams.size() < 2) {
                ask.error(200, -32603, ",\"data\":\"asked nobody\"");
            } else if (ask.method().equals("tools/call")) {
                streams.getLast()
                        .message("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"elicitation/create\","
                                + "\"params\":{\"message\":\"Sure?\"}}");
                assertTrue(answered.await(10, TimeUnit.SECONDS));
                ask.result("{\"content\":[]}");
            } else {
                initializeFamily(ask);
            }
        })) {
            HostAtFace host = HostAtFace.of(hub, server);
            host.initialize("2025-11-25", SHARED_CAPABILITIES);
            host.result("tools/list", "{}");
            assertEquals(1, streams.size(), "the shared connection's: " + server.transcript());
            int id = host.ask("tools/call", "{\"name\":\"echo\"}");
            JsonObject question = host.hear("elicitation/create");
            host.say("{\"jsonrpc\":\"2.0\",\"id\":" + question.get("id") + ",\"result\":{\"action\":\"accept\"}}");
            assertEquals("{\"content\":[]}", host.answer(id).get("result").toString(), server::transcript);
        }
    }

    /** Servers may offer other tools to clients that can do other things. */
    @Test
    void aServerThatListsByCapabilitiesIsFoundOutOnceForEachKindOfHost() throws Exception {
        try (ScriptedServer server = new ScriptedServer(ask -> {
            if (ask.method().equals("initialize")) {
                ask.responseHeader("Mcp-Session-Id", ask.body().contains("\"sampling\"") ? "able" : "plain");
            }
            if (ask.method().equals("tools/list")) {
                ask.result("{\"tools\":[{\"name\":\"" + ask.header("Mcp-Session-Id") + "\"}]}");
            } else {
                initializeFamily(ask);
            }
        })) {
            HostAtFace first = HostAtFace.of(hub, server);
            first.initialize("2025-11-25", "{}");
            assertEquals(
                    "{\"tools\":[{\"name\":\"able\"}]}",
                    first.result("tools/list", "{}").toString());
            first.ask("tools/call", "{\"name\":\"able\"}");
            first.hear("notifications/tools/list_changed");
            assertEquals(
                    "{\"tools\":[{\"name\":\"plain\"}]}",
                    first.result("tools/list", "{}").toString());
            HostAtFace second = HostAtFace.of(hub, server);
            second.initialize("2025-11-25", "{}");
            assertEquals(
                    "{\"tools\":[{\"name\":\"plain\"}]}",
                    second.result("tools/list", "{}").toString(),
                    "the kind of host is known by now");
        }
    }

    @Test
    void aHostWithoutASessionOfItsOwnHearsOfChangedLists() throws Exception {
        AtomicReference<Ask> listening = new AtomicReference<>();
        AtomicReference<String> tool = new AtomicReference<>("old");
        try (ScriptedServer server = new ScriptedServer(ask -> {
            if (ask.title().equals("GET")) {
                listening.set(ask.event(": open"));
                ask.hold();
            } else if (ask.method().equals("tools/list")) {
                ask.result("{\"tools\":[{\"name\":\"" + tool.get() + "\"}]}");
            } else {
                initializeFamily(ask);
            }
        })) {
            HostAtFace host = HostAtFace.of(hub, server);
            host.initialize("2025-11-25", "{}");
            assertEquals(
                    "{\"tools\":[{\"name\":\"old\"}]}",
                    host.result("tools/list", "{}").toString());
            server.await("GET", 1);
            tool.set("new");
            for (Ask stream = listening.get(); ; stream = listening.get()) {
                if (stream != null) {
                    stream.message("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\"}");
                    break;
                }
                Thread.onSpinWait();
            }
            host.hear("notifications/tools/list_changed");
            assertEquals(
                    "{\"tools\":[{\"name\":\"new\"}]}",
                    host.result("tools/list", "{}").toString());
        }
    }
}
