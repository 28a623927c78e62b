package dev.drawbridge.proxy.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import dev.drawbridge.config.ConfigLocations;
import dev.drawbridge.config.OperatingSystem;
import dev.drawbridge.config.ShellCommandRunner;
import dev.drawbridge.hub.HostTarget;
import dev.drawbridge.hub.LiveHub;
import dev.drawbridge.hub.SessionContext;
import dev.drawbridge.mcp.Connector;
import dev.drawbridge.mcp.ScriptedServer;
import dev.drawbridge.oauth.token.MemoryTokenStore;
import dev.drawbridge.proxy.HostConversation;
import dev.drawbridge.proxy.HostOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The endpoint over real sockets, with a real hub and a server whose answers the test writes. */
final class HttpEndpointTest {
    private static final String INITIALIZE = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{"
        + "\"protocolVersion\":\"2025-11-25\",\"capabilities\":{\"elicitation\":{}},\"clientInfo\":{\"name\":\"h\",\"version\":\"1\"}}}";
    private static final String META = "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
            + "\"io.modelcontextprotocol/clientInfo\":{\"name\":\"h\",\"version\":\"1\"},"
            + "\"io.modelcontextprotocol/clientCapabilities\":{\"elicitation\":{}}";

    @TempDir
    Path folder;

    private final CountDownLatch answered = new CountDownLatch(1);
    private final CountDownLatch gone = new CountDownLatch(1);
    private final AtomicLong ahead = new AtomicLong();
    private volatile boolean marked;
    private ScriptedServer server;
    private LiveHub hub;
    private EndpointToken token;
    private HttpEndpoint endpoint;

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedServer(this::serve);
        Files.writeString(
                folder.resolve("mcp.json"),
                "{\"mcpServers\":{\"scripted\":{\"url\":\"" + server.url() + "\"}," + "\"a b\":{\"url\":\""
                        + server.url() + "\"}}}");
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
        token = EndpointToken.in(folder);
        open(HttpBounds.DEFAULT);
    }

    private void open(HttpBounds bounds) throws IOException {
        InstantSource clock = () -> InstantSource.system().instant().plusMillis(ahead.get());
        endpoint = HttpEndpoint.open(
                0,
                token,
                (wanted, client, wire) -> HostConversation.open(
                        hub,
                        new SessionContext(client, Map.of(), List.of()),
                        wanted.map(HostTarget.Configured::new),
                        HostOptions.DEFAULT,
                        wire),
                bounds,
                clock);
    }

    @AfterEach
    void stop() {
        endpoint.close();
        hub.close();
        server.close();
    }

    private void serve(ScriptedServer.Ask ask) throws IOException, InterruptedException {
        switch (ask.method()) {
            case "initialize" ->
                ask.result("{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{\"tools\":{\"listChanged\":true}},"
                        + "\"serverInfo\":{\"name\":\"scripted\",\"version\":\"1\"}}");
            case "tools/list" ->
                ask.result("{\"tools\":[{\"name\":\"echo\",\"x\":1e2}"
                        + (marked
                                ? ",{\"name\":\"marked\",\"inputSchema\":{\"type\":\"object\",\"properties\":{\"r\":{"
                                        + "\"type\":\"string\",\"x-mcp-header\":\"Region\"}}}}"
                                : "")
                        + "]}");
            case "tools/call" -> call(ask);
            case "server/discover" -> ask.error(400, -32601, "");
            case "" -> {
                if (ask.body().contains("\"accept\"")) {
                    answered.countDown();
                }
                ask.status(ask.title().startsWith("GET") ? 405 : 202);
            }
            case "notifications/cancelled" -> {
                gone.countDown();
                ask.status(202);
            }
            default -> ask.status(202);
        }
    }

    private void call(ScriptedServer.Ask ask) throws IOException, InterruptedException {
        String answer = "{\"jsonrpc\":\"2.0\",\"id\":" + ask.id() + ",\"result\":{\"content\":[],\"unheard\":1e2}}";
        if (ask.body().contains("\"ask\"")) {
            ask.message(
                    "{\"jsonrpc\":\"2.0\",\"id\":77,\"method\":\"elicitation/create\",\"params\":{\"message\":\"?\"}}");
            assertTrue(answered.await(20, TimeUnit.SECONDS));
        }
        if (ask.body().contains("\"progress\"")) {
            String given = ask.json()
                    .getAsJsonObject("params")
                    .getAsJsonObject("_meta")
                    .get("progressToken")
                    .toString();
            ask.message("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{\"progressToken\":"
                    + given + ",\"progress\":1}}");
        }
        if (ask.body().contains("\"wait\"")) {
            ask.message(
                    "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\",\"params\":{\"level\":\"info\",\"data\":1}}");
            assertTrue(gone.await(20, TimeUnit.SECONDS));
        }
        ask.message(answer);
    }

    private List<String> head(String... more) {
        List<String> head = new ArrayList<>(List.of(
                "Host: 127.0.0.1:1",
                "Authorization: Bearer " + token.value(),
                "Content-Type: application/json",
                "Accept: application/json, text/event-stream"));
        head.addAll(List.of(more));
        return head;
    }

    private HttpTalk post(String body, String... more) throws IOException {
        return new HttpTalk(endpoint.url().getPort(), "POST /mcp/scripted HTTP/1.1", head(more), body);
    }

    private HttpTalk request(String method, String... more) throws IOException {
        return new HttpTalk(endpoint.url().getPort(), method + " /mcp/scripted HTTP/1.1", head(more), "");
    }

    private String session() throws IOException {
        try (HttpTalk talk = post(INITIALIZE)) {
            assertEquals(200, talk.status);
            return talk.headers.getOrDefault("mcp-session-id", "");
        }
    }

    private static String call(int id, String tool, String meta) {
        return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"tools/call\",\"params\":{\"name\":\"" + tool + "\""
                + meta + "}}";
    }

    // --- who gets in ---------------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(
            strings = {
                "403 Host: evil.example|Authorization: Bearer TOKEN",
                "403 Host: 127.0.0.1.evil.example|Authorization: Bearer TOKEN",
                "403 Authorization: Bearer TOKEN",
                "403 Host: 127.0.0.1|Origin: https://evil.example|Authorization: Bearer TOKEN",
                "403 Host: 127.0.0.1|Origin: null|Authorization: Bearer TOKEN",
                "401 Host: 127.0.0.1",
                "401 Host: localhost:48812|Authorization: Bearer wrong",
                "401 Host: 127.0.0.1|Authorization: Basic TOKEN",
                "401 Host: 127.0.0.1|Authorization: Bearer TOKEN|Authorization: Bearer TOKEN"
            })
    void whoIsNotThisUserOnThisMachineGetsNothing(String row) throws IOException {
        List<String> head =
                List.of(row.substring(4).replace("TOKEN", token.value()).split("\\|"));
        try (HttpTalk talk = new HttpTalk(endpoint.url().getPort(), "POST /mcp/scripted HTTP/1.1", head, INITIALIZE)) {
            assertEquals(Integer.parseInt(row.substring(0, 3)), talk.status, talk::toString);
            assertFalse(talk.body().contains(token.value()));
        }
        assertEquals(0, endpoint.attached());
    }

    @Test
    void thisMachinesOwnPagesMayAsk() throws IOException {
        try (HttpTalk talk = post(INITIALIZE, "Origin: http://localhost:6274")) {
            assertEquals(200, talk.status);
            assertEquals("http://localhost:6274", talk.headers.get("access-control-allow-origin"));
        }
    }

    @Test
    void theTokenIsKeptForTheUserAloneAndStaysTheSame() throws IOException {
        assertEquals(token, EndpointToken.in(folder));
        Path file = folder.resolve(EndpointToken.FILE);
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertFalse(token.toString().contains(token.value()));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertFalse(EndpointToken.in(folder).equals(token), "one that others could read is not used again");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "400 POST /mcp/scripted HTTP/1.1|Content-Length: 3|Content-Length: 4",
                "400 POST /mcp/scripted HTTP/1.1|Transfer-Encoding: gzip",
                "400 POST /mcp/scripted HTTP/1.1|Content-Length: -3",
                "413 POST /mcp/scripted HTTP/1.1|Content-Length: 999999999",
                "505 POST /mcp/scripted HTTP/1.0|",
                "400 nonsense|",
                "404 GET /elsewhere HTTP/1.1|",
                "404 GET /mcp/ HTTP/1.1|",
                "405 GET /mcp/scripted HTTP/1.1|",
                "405 DELETE /mcp/scripted HTTP/1.1|",
                "405 PUT /mcp/scripted HTTP/1.1|"
            })
    void whatIsNotUnderstoodIsRefused(String row) throws IOException {
        String[] lines = row.substring(4).split("\\|");
        List<String> head = head(List.of(lines).subList(1, lines.length).toArray(String[]::new));
        try (HttpTalk talk = new HttpTalk(endpoint.url().getPort(), lines[0], head, "")) {
            assertEquals(Integer.parseInt(row.substring(0, 3)), talk.status);
        }
    }

    // --- sessions ------------------------------------------------------------------------------------------------

    @Test
    void aSessionGetsTheServersOwnBytes() throws IOException {
        String id = session();
        try (HttpTalk list =
                post("{\"jsonrpc\":\"2.0\",\"id\":\"ä\",\"method\":\"tools/list\"}", "Mcp-Session-Id: " + id)) {
            assertEquals(200, list.status);
            JsonObject answer = list.json();
            assertEquals("ä", answer.get("id").getAsString());
            assertEquals(
                    "[{\"name\":\"echo\",\"x\":1e2}]",
                    answer.getAsJsonObject("result").get("tools").toString());
        }
        try (HttpTalk told =
                post("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}", "Mcp-Session-Id: " + id)) {
            assertEquals(202, told.status);
        }
        try (HttpTalk end = request("DELETE", "Mcp-Session-Id: " + id)) {
            assertEquals(204, end.status);
        }
        try (HttpTalk late = post(call(3, "echo", ""), "Mcp-Session-Id: " + id)) {
            assertEquals(404, late.status);
        }
        assertEquals(0, endpoint.attached());
    }

    @Test
    void theFirstRequestIsInitialize() throws IOException {
        try (HttpTalk early = post(call(3, "echo", ""))) {
            assertEquals(400, early.status);
        }
    }

    @Test
    void aServerNobodyConfiguredIsNotFound() throws IOException {
        try (HttpTalk talk = new HttpTalk(endpoint.url().getPort(), "POST /mcp/other HTTP/1.1", head(), INITIALIZE)) {
            assertEquals(404, talk.status);
            assertTrue(talk.body().contains("no server other"));
        }
        try (HttpTalk talk = new HttpTalk(endpoint.url().getPort(), "POST /mcp/a%20b HTTP/1.1", head(), INITIALIZE)) {
            assertEquals(200, talk.status);
        }
    }

    @Test
    void aQuestionComesOnTheCallsOwnStreamWhichCanBeResumed() throws IOException {
        String id = session();
        String question;
        String lastEvent;
        try (HttpTalk call = post(call(5, "ask", ""), "Mcp-Session-Id: " + id)) {
            assertTrue(call.streams(), call.headers::toString);
            List<String> first = call.event();
            lastEvent = first.getFirst().substring("id: ".length());
            JsonObject asked = call.message();
            assertEquals("elicitation/create", asked.get("method").getAsString());
            question = asked.get("id").toString();
        }
        // The connection is gone now; the call is not.
        try (HttpTalk again = request("GET", "Mcp-Session-Id: " + id, "Last-Event-ID: " + lastEvent)) {
            assertEquals(200, again.status);
            assertEquals(question, again.message().get("id").toString());
            try (HttpTalk reply = post(
                    "{\"jsonrpc\":\"2.0\",\"id\":" + question + ",\"result\":{\"action\":\"accept\"}}",
                    "Mcp-Session-Id: " + id)) {
                assertEquals(202, reply.status);
            }
            assertEquals("5", again.message().get("id").toString());
            again.end();
        }
        assertEquals(0, answered.getCount(), server::transcript);
    }

    @Test
    void aStreamNobodyKnowsCannotBeResumed() throws IOException {
        String id = session();
        try (HttpTalk talk = request("GET", "Mcp-Session-Id: " + id, "Last-Event-ID: s99-1")) {
            assertEquals(404, talk.status);
        }
    }

    @Test
    void progressAndLogComeBeforeTheAnswerOnItsStream() throws IOException {
        String id = session();
        try (HttpTalk call =
                post(call(6, "progress", ",\"_meta\":{\"progressToken\":\"p\"}"), "Mcp-Session-Id: " + id)) {
            assertEquals("notifications/progress", call.message().get("method").getAsString());
            assertEquals(
                    "{\"content\":[],\"unheard\":1e2}",
                    call.message().get("result").toString());
        }
    }

    // --- stateless -----------------------------------------------------------------------------------------------

    private HttpTalk modern(int id, String method, String params, String name) throws IOException {
        return post(
                "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":{" + params + "}}",
                "MCP-Protocol-Version: 2026-07-28",
                "Mcp-Method: " + method,
                "Mcp-Name: " + name);
    }

    @Test
    void aStatelessHostCallsAndIsAskedThroughItsAnswers() throws IOException {
        try (HttpTalk hello = modern(1, "server/discover", META + "}", "")) {
            assertEquals(200, hello.status);
            assertEquals(
                    "complete",
                    hello.json().getAsJsonObject("result").get("resultType").getAsString());
        }
        JsonObject question;
        try (HttpTalk call = modern(2, "tools/call", "\"name\":\"ask\"," + META + "}", "ask")) {
            question = call.json().getAsJsonObject("result");
            assertEquals("input_required", question.get("resultType").getAsString());
        }
        String key =
                question.getAsJsonObject("inputRequests").keySet().iterator().next();
        try (HttpTalk call = modern(
                2,
                "tools/call",
                "\"name\":\"ask\",\"requestState\":" + question.get("requestState") + ",\"inputResponses\":{\"" + key
                        + "\":{\"action\":\"accept\"}}," + META + "}",
                "ask")) {
            assertEquals(
                    "complete",
                    call.json().getAsJsonObject("result").get("resultType").getAsString());
        }
        assertEquals(1, endpoint.attached());
    }

    @Test
    void twoStatelessHostsMayUseTheSameProgressToken() throws IOException {
        String params = "\"name\":\"progress\"," + META + ",\"progressToken\":7}";
        try (HttpTalk one = modern(1, "tools/call", params, "progress");
                HttpTalk two = modern(1, "tools/call", params, "progress")) {
            for (HttpTalk talk : List.of(one, two)) {
                JsonObject progress = talk.message();
                assertEquals(
                        "7",
                        progress.getAsJsonObject("params").get("progressToken").toString());
                assertTrue(talk.message().has("result"));
            }
        }
        assertEquals(
                2,
                server.asks("POST").stream()
                        .filter(ask -> ask.method().equals("tools/call"))
                        .map(ask -> ask.json()
                                .getAsJsonObject("params")
                                .getAsJsonObject("_meta")
                                .get("progressToken")
                                .toString())
                        .distinct()
                        .count());
    }

    @Test
    void aStatelessHostThatHangsUpGivesItsCallUp() throws Exception {
        try (HttpTalk call = modern(
                3,
                "tools/call",
                "\"name\":\"wait\"," + META + ",\"io.modelcontextprotocol/logLevel\":\"info\"}",
                "wait")) {
            assertEquals("notifications/message", call.message().get("method").getAsString());
        }
        assertTrue(gone.await(20, TimeUnit.SECONDS), server::transcript);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-32020 Mcp-Method: tools/call|Mcp-Name: echo",
                "-32020 MCP-Protocol-Version: 2026-07-28|Mcp-Name: echo",
                "-32020 MCP-Protocol-Version: 2026-07-28|Mcp-Method: tools/list|Mcp-Name: echo",
                "-32020 MCP-Protocol-Version: 2026-07-28|Mcp-Method: tools/call",
                "-32020 MCP-Protocol-Version: 2026-07-28|Mcp-Method: tools/call|Mcp-Name: other",
                "-32020 MCP-Protocol-Version: 2026-07-28|Mcp-Method: tools/call|Mcp-Name: =?base64?ZWNobw?=",
                "200 MCP-Protocol-Version: 2026-07-28|Mcp-Method: tools/call|Mcp-Name: =?base64?ZWNobw==?="
            })
    void headersSayWhatTheBodySays(String row) throws IOException {
        String expected = row.substring(0, row.indexOf(' '));
        String[] lines = row.substring(expected.length() + 1).split("\\|");
        try (HttpTalk talk = post(call(4, "echo", "," + META + "}"), lines)) {
            JsonObject answer = talk.json();
            if (expected.equals("200")) {
                assertTrue(answer.has("result"), answer::toString);
            } else {
                assertEquals(400, talk.status);
                assertEquals("4", answer.get("id").toString());
                assertEquals(
                        expected, answer.getAsJsonObject("error").get("code").toString());
            }
        }
    }

    @Test
    void aMarkedArgumentIsRepeatedInItsHeader() throws IOException {
        marked = true;
        try (HttpTalk list = modern(1, "tools/list", META + "}", "")) {
            assertTrue(list.body().contains("x-mcp-header"));
        }
        String body = call(2, "marked", ",\"arguments\":{\"r\":\"north\"}," + META + "}");
        for (String header : List.of("X-Nothing: 1", "Mcp-Param-Region: south", "Mcp-Param-Region: north")) {
            try (HttpTalk talk = post(
                    body, "MCP-Protocol-Version: 2026-07-28", "Mcp-Method: tools/call", "Mcp-Name: marked", header)) {
                assertEquals(header.endsWith("north") ? 200 : 400, talk.status, header);
            }
        }
    }

    @Test
    void allServersAreAtTheRoot() throws IOException {
        try (HttpTalk talk = new HttpTalk(endpoint.url().getPort(), "POST /mcp HTTP/1.1", head(), INITIALIZE)) {
            assertEquals(200, talk.status);
            String id = talk.headers.getOrDefault("mcp-session-id", "");
            List<String> head = head("Mcp-Session-Id: " + id);
            try (HttpTalk list = new HttpTalk(
                    endpoint.url().getPort(),
                    "POST /mcp HTTP/1.1",
                    head,
                    "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/list\"}")) {
                assertTrue(list.streams() || list.body().contains("scripted__echo"));
            }
            try (HttpTalk other = post(call(3, "echo", ""), "Mcp-Session-Id: " + id)) {
                assertEquals(404, other.status, "a session is known at its own path only");
            }
        }
    }

    @Test
    void whatTheEraRemovedIsNotFound() throws IOException {
        try (HttpTalk talk = modern(5, "ping", META + "}", "")) {
            assertEquals(404, talk.status);
            assertEquals(
                    -32601, talk.json().getAsJsonObject("error").get("code").getAsInt());
        }
    }

    @Test
    void aSubscriptionIsAcknowledgedWithItsOwnId() throws IOException {
        try (HttpTalk talk =
                modern(9, "subscriptions/listen", "\"notifications\":{\"toolsListChanged\":true}," + META + "}", "")) {
            JsonObject first = talk.message();
            assertEquals(
                    "notifications/subscriptions/acknowledged",
                    first.get("method").getAsString());
            assertEquals(
                    "9",
                    first.getAsJsonObject("params")
                            .getAsJsonObject("_meta")
                            .get("io.modelcontextprotocol/subscriptionId")
                            .toString());
        }
    }

    // --- bounds --------------------------------------------------------------------------------------------------

    @Test
    void theHostThatWasSilentForLongestMakesRoom() throws IOException {
        endpoint.close();
        open(HttpBounds.DEFAULT.withHosts(2));
        String first = session();
        ahead.addAndGet(1000);
        String second = session();
        ahead.addAndGet(1000);
        session();
        assertEquals(2, endpoint.attached());
        try (HttpTalk talk = post(call(1, "echo", ""), "Mcp-Session-Id: " + first)) {
            assertEquals(404, talk.status);
        }
        try (HttpTalk talk = post(call(1, "echo", ""), "Mcp-Session-Id: " + second)) {
            assertEquals(200, talk.status);
        }
    }

    @Test
    void aSessionThatIsSilentForTooLongIsGivenUp() throws Exception {
        session();
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (endpoint.attached() > 0 && System.nanoTime() < deadline) {
            ahead.addAndGet(HttpBounds.DEFAULT.forgotten().toMillis() + 1000);
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
        assertEquals(0, endpoint.attached());
    }

    @Test
    void aBodyThatIsTooLongIsRefused() throws IOException {
        endpoint.close();
        open(HttpBounds.DEFAULT.withBody(100));
        try (HttpTalk talk = post(INITIALIZE)) {
            assertEquals(413, talk.status);
        }
    }

    @Test
    void aRequestThatDoesNotArriveIsCutOff() throws IOException {
        endpoint.close();
        open(HttpBounds.DEFAULT.withTimes(Duration.ofMillis(300), Duration.ofMinutes(1), Duration.ofMinutes(1)));
        try (java.net.Socket slow =
                new java.net.Socket("127.0.0.1", endpoint.url().getPort())) {
            slow.setSoTimeout(20_000);
            slow.getOutputStream().write("POST /mcp/scripted HTTP/1.1\r\nHost: 127".getBytes(StandardCharsets.UTF_8));
            assertEquals(-1, slow.getInputStream().read());
        }
    }
}
