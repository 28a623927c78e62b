package dev.drawbridge.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.drawbridge.config.ConfigLocations;
import dev.drawbridge.config.OperatingSystem;
import dev.drawbridge.config.ShellCommandRunner;
import dev.drawbridge.hub.HostTarget;
import dev.drawbridge.hub.LiveHub;
import dev.drawbridge.hub.ServerName;
import dev.drawbridge.hub.SessionContext;
import dev.drawbridge.mcp.Connector;
import dev.drawbridge.mcp.ScriptedServer;
import dev.drawbridge.mcp.json.RawJson;
import dev.drawbridge.oauth.token.MemoryTokenStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The face with a real hub, a host that writes lines, and a server whose answers the test writes. */
final class ProxyFaceTest {
    private static final String INITIALIZED = "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{\"tools\":{}},"
            + "\"serverInfo\":{\"name\":\"scripted\",\"version\":\"1\"}}";
    private static final String META = "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
            + "\"io.modelcontextprotocol/clientInfo\":{\"name\":\"h\",\"version\":\"1\"},"
            + "\"io.modelcontextprotocol/clientCapabilities\":{\"elicitation\":{}}}";

    @TempDir
    Path folder;

    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>(1000);
    private final StringBuilder conversation = new StringBuilder();
    private LiveHub hub;
    private final PipedInputStream in = new PipedInputStream(1 << 16);
    private final PipedOutputStream toFace = new PipedOutputStream();

    @BeforeEach
    void start() throws IOException {
        in.connect(toFace);
        hub = LiveHub.create(
                new Connector(),
                new MemoryTokenStore(),
                ConfigLocations.of(
                        OperatingSystem.LINUX,
                        Map.of(
                                ConfigLocations.OVERRIDE,
                                folder.resolve("mcp.json").toString()),
                        folder),
                folder.resolve("state"),
                Optional.empty(),
                folder,
                new ShellCommandRunner(),
                InstantSource.system());
    }

    private void begin(ScriptedServer server, HostOptions options) throws IOException {
        OutputStream out = new LineSink(lines);
        HostTarget target =
                new HostTarget.Given(new ServerName("scripted"), RawJson.of("{\"url\":\"" + server.url() + "\"}"));
        Thread.ofPlatform().daemon().start(() -> {
            try {
                new ProxyFace(hub)
                        .serve(in, out, new SessionContext("test", Map.of(), List.of()), Optional.of(target), options);
            } catch (IOException e) {
                lines.add("the face failed: " + e);
            }
        });
    }

    @AfterEach
    void stop() throws IOException {
        toFace.close();
        hub.close();
    }

    private void say(String message) throws IOException {
        conversation.append("→ ").append(message).append('\n');
        toFace.write((message + "\n").getBytes(StandardCharsets.UTF_8));
        toFace.flush();
    }

    private JsonObject hear(Predicate<JsonObject> wanted) throws InterruptedException {
        while (true) {
            String line = lines.poll(10, TimeUnit.SECONDS);
            if (line == null) {
                throw new AssertionError("nothing came\n" + conversation);
            }
            conversation.append("← ").append(line).append('\n');
            JsonObject message = JsonParser.parseString(line).getAsJsonObject();
            if (wanted.test(message)) {
                return message;
            }
        }
    }

    private JsonObject answer(int id) throws InterruptedException {
        return hear(message -> message.has("id")
                && !message.has("method")
                && message.get("id").toString().equals(String.valueOf(id)));
    }

    private static void serve(ScriptedServer.Ask ask, String callResult) throws IOException {
        switch (ask.method()) {
            case "initialize" -> ask.result(INITIALIZED);
            case "tools/list" -> ask.result("{\"tools\":[{\"name\":\"echo\",\"x\":1e2},{\"name\":\"secret\"}]}");
            case "tools/call" -> ask.result(callResult);
            case "server/discover" -> ask.error(400, -32601, "");
            default -> ask.status(ask.title().startsWith("GET") ? 405 : 202);
        }
    }

    @Test
    void anInitializeHostGetsTheServersOwnBytesWithoutHiddenTools() throws Exception {
        try (ScriptedServer server =
                new ScriptedServer(ask -> serve(ask, "{\"content\":[],\"unheard\":{\"of\":1e2}}"))) {
            begin(server, new HostOptions(List.of("SEC*"), false));
            say("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":"
                    + "\"2025-06-18\",\"capabilities\":{},\"clientInfo\":{\"name\":\"h\",\"version\":\"1\"}}}");
            JsonObject greeting = answer(1).getAsJsonObject("result");
            assertEquals("2025-06-18", greeting.get("protocolVersion").getAsString());
            say("{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/list\"}");
            assertEquals(
                    "[{\"name\":\"echo\",\"x\":1e2}]",
                    answer(2).getAsJsonObject("result").get("tools").toString(),
                    conversation::toString);
            say("{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"tools/call\",\"params\":{\"name\":\"echo\"}}");
            assertEquals(
                    "{\"content\":[],\"unheard\":{\"of\":1e2}}",
                    answer(3).get("result").toString());
            say("{\"jsonrpc\":\"2.0\",\"id\":4,\"method\":\"tools/call\",\"params\":{\"name\":\"secret\"}}");
            assertEquals(-32603, answer(4).getAsJsonObject("error").get("code").getAsInt());
        }
    }

    @Test
    void aServerThatWantsASignInLeavesOneToolAndNobodyWaiting() throws Exception {
        try (ScriptedServer server = new ScriptedServer(
                ask -> ask.responseHeader("WWW-Authenticate", "Bearer").status(401))) {
            begin(server, HostOptions.DEFAULT);
            say("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":"
                    + "\"2025-11-25\",\"capabilities\":{},\"clientInfo\":{\"name\":\"h\",\"version\":\"1\"}}}");
            answer(1);
            say("{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/list\"}");
            String tools = answer(2).getAsJsonObject("result").get("tools").toString();
            assertTrue(tools.contains("\"name\":\"authenticate\""), conversation::toString);
            say("{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"tools/call\",\"params\":{\"name\":\"echo\"}}");
            JsonObject result = answer(3).getAsJsonObject("result");
            assertTrue(result.get("isError").getAsBoolean(), conversation::toString);
        }
    }

    @Test
    void aStatelessHostTalksToAServerOfTheOtherEraAndAnswersItsQuestion() throws Exception {
        CountDownLatch answered = new CountDownLatch(1);
        try (ScriptedServer server = new ScriptedServer(ask -> {
            if (ask.body().contains("\"accept\"") && ask.method().isEmpty()) {
                answered.countDown();
                ask.status(202);
            } else if (ask.method().equals("tools/call")) {
                ask.message("{\"jsonrpc\":\"2.0\",\"id\":77,\"method\":\"elicitation/create\",\"params\":{\"message\":"
                        + "\"Sure?\"}}");
                assertTrue(answered.await(10, TimeUnit.SECONDS));
                ask.message("{\"jsonrpc\":\"2.0\",\"id\":" + ask.id() + ",\"result\":{\"content\":[]}}");
            } else {
                serve(ask, "");
            }
        })) {
            begin(server, HostOptions.DEFAULT);
            say("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"server/discover\",\"params\":{" + META + "}}");
            assertEquals(
                    "complete",
                    answer(1).getAsJsonObject("result").get("resultType").getAsString());
            say("{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/call\",\"params\":{\"name\":\"echo\"," + META + "}}");
            JsonObject question = answer(2).getAsJsonObject("result");
            assertEquals("input_required", question.get("resultType").getAsString(), conversation::toString);
            String key = question.getAsJsonObject("inputRequests")
                    .keySet()
                    .iterator()
                    .next();
            say(
                    "{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"tools/call\",\"params\":{\"name\":\"echo\",\"inputResponses\":{\""
                            + key + "\":{\"action\":\"accept\"}},\"requestState\":" + question.get("requestState") + ","
                            + META
                            + "}}");
            JsonObject result = answer(3).getAsJsonObject("result");
            assertEquals("complete", result.get("resultType").getAsString(), conversation::toString);
            assertEquals(0, answered.getCount(), server::transcript);
        }
    }

    /** Takes the face's lines straight from whichever thread writes them. */
    private static final class LineSink extends OutputStream {
        private final Queue<String> lines;
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();

        LineSink(Queue<String> lines) {
            this.lines = lines;
        }

        @Override
        public synchronized void write(int b) {
            if (b == '\n') {
                lines.add(line.toString(StandardCharsets.UTF_8));
                line.reset();
            } else {
                line.write(b);
            }
        }
    }
}
