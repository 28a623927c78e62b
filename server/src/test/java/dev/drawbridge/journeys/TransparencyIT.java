package dev.drawbridge.journeys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drawbridge.mcp.ScriptedServer;
import dev.drawbridge.mcp.ScriptedServer.Ask;
import dev.drawbridge.testkit.ChildProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A host and a server of one era say to each other what nobody in between has heard of, through the real processes: the
 * bytes of parameters, results, errors and ids come out as they went in, both ways.
 */
final class TransparencyIT {
    private static final Duration DEADLINE = Duration.ofSeconds(40);

    /** Numbers as no reader keeps them, members in no order, escapes that need not be, and members nobody knows. */
    private static final String ODD =
            "\"z\":1e2,\"a\":1.10,\"big\":12345678901234567890,\"E\":-0.0E+1,\"esc\":\"\\u00e9\\/\\u0041 "
                    + "é😀\\ud83d\\ude00\",\"\":[{},[],null],\"__proto__\":{\"x\":true}";

    /** The rest of {@code _meta} that a stateless host has to send. */
    private static final String WHO = ",\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
            + "\"io.modelcontextprotocol/clientInfo\":{\"name\":\"odd\",\"version\":\"1\",\"odd\":1.0},"
            + "\"io.modelcontextprotocol/clientCapabilities\":{\"extensions\":{\"com.example/odd\":{\"n\":1e0}}}";

    private static final List<String> METHODS =
            List.of("tools/call", "prompts/get", "resources/read", "completion/complete", "com.example/odd");

    enum Era {
        INITIALIZE(""),
        STATELESS(WHO);

        final String who;

        Era(String who) {
            this.who = who;
        }

        String params() {
            return "{\"name\":\"odd\",\"uri\":\"odd:1\"," + ODD + ",\"_meta\":{\"com.example/m\":1.0" + who + "}}";
        }
    }

    private final LinkedBlockingQueue<String> answers = new LinkedBlockingQueue<>();

    /** A result with what its era demands and more. */
    private static String result() {
        return "{\"resultType\":\"complete\"," + ODD + ",\"ttlMs\":5e3,\"_meta\":{\"com.example/m\":[1.0,1.00]}}";
    }

    private static String notification() {
        return "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/com.example/odd\",\"params\":{" + ODD + "}}";
    }

    private ScriptedServer server(Era era) {
        return new ScriptedServer(ask -> {
            switch (ask.method()) {
                case "server/discover" -> {
                    if (era == Era.STATELESS) {
                        ask.result("{\"resultType\":\"complete\",\"supportedVersions\":[\"2026-07-28\"],"
                                + "\"capabilities\":{\"tools\":{}}}");
                    } else {
                        ask.error(400, -32601, "");
                    }
                }
                case "initialize" ->
                    ask.result("{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{\"tools\":{}},"
                            + "\"serverInfo\":{\"name\":\"odd\",\"version\":\"1\"}}");
                case "tools/list" ->
                    ask.result("{\"resultType\":\"complete\",\"tools\":[{\"name\":\"odd\"," + ODD + "}]}");
                case "com.example/broken" -> ask.error(200, -32999, ",\"data\":{" + ODD + "}");
                case "com.example/asks" -> asks(ask);
                case "" -> ask.takeAnswer(answers);
                default -> {
                    if (ask.method().startsWith("notifications/")) {
                        ask.status(202);
                    } else {
                        ask.message(notification())
                                .message("{\"jsonrpc\":\"2.0\",\"id\":" + ask.id() + ",\"result\":" + result() + "}");
                    }
                }
            }
        });
    }

    private void asks(Ask ask) throws IOException, InterruptedException {
        ask.message("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"com.example/question\",\"params\":{" + ODD + "}}");
        answers.poll(DEADLINE.toSeconds(), TimeUnit.SECONDS);
        ask.message("{\"jsonrpc\":\"2.0\",\"id\":" + ask.id() + ",\"result\":" + result() + "}");
    }

    private static ChildProcess proxy(Desk desk) {
        return ChildProcess.start(
                "drawbridge proxy",
                desk.home().root(),
                desk.home().environment(),
                List.of(Desk.launcher(), "proxy", "odd"));
    }

    private void through(Era era, Consumer<Scene> test) throws IOException {
        try (ScriptedServer server = server(era);
                Desk desk = new Desk()) {
            desk.configure(Desk.servers(Desk.remote("odd", server.url())));
            // It ends before the daemon does, or it would start the next one.
            try (ChildProcess host = proxy(desk)) {
                Scene scene = new Scene(era, server, host);
                scene.greet();
                test.accept(scene);
            }
        }
    }

    private record Scene(Era era, ScriptedServer server, ChildProcess host) {
        void greet() {
            if (era == Era.INITIALIZE) {
                ask(
                        "0",
                        "initialize",
                        "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},\"clientInfo\":{\"name\":\"odd\","
                                + "\"version\":\"1\"}}");
                hears("the greeting", line -> line.startsWith("{\"jsonrpc\":\"2.0\",\"id\":0,\"result\":"));
                host.send("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
            }
        }

        void ask(String id, String method, String params) {
            host.send(
                    "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":" + params + "}");
        }

        String hears(String what, java.util.function.Predicate<String> wanted) {
            return host.await(what, DEADLINE, wanted);
        }

        void hears(String line) {
            hears(line, line::equals);
        }

        void wasSent(String method, String params) {
            Ask ask = server.await("POST " + method, 1);
            assertTrue(ask.body().endsWith("\"params\":" + params + "}"), server::transcript);
        }
    }

    @ParameterizedTest
    @EnumSource(Era.class)
    void requestsResultsAndNotificationsKeepTheirBytes(Era era) throws Exception {
        through(era, scene -> {
            for (String method : METHODS) {
                String id = "\"\\u0061-" + method + "\"";
                scene.ask(id, method, era.params());
                scene.hears(notification());
                scene.hears("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":" + result() + "}");
                scene.wasSent(method, era.params());
            }
            scene.ask("1e2", "com.example/broken", era.params());
            scene.hears("{\"jsonrpc\":\"2.0\",\"id\":1e2,\"error\":{\"code\":-32999,\"message\":\"no\",\"data\":{" + ODD
                    + "}}}");
        });
    }

    @ParameterizedTest
    @EnumSource(Era.class)
    void aListKeepsItsItems(Era era) throws Exception {
        through(era, scene -> {
            scene.ask("1", "tools/list", era == Era.STATELESS ? era.params() : "{}");
            scene.hears("the list", line -> line.contains("\"tools\":[{\"name\":\"odd\"," + ODD + "}]"));
        });
    }

    @Test
    void aServersQuestionAndItsAnswerKeepTheirBytes() throws Exception {
        through(Era.INITIALIZE, scene -> {
            scene.ask("1", "com.example/asks", "{}");
            String question = scene.hears("the question", line -> line.contains("\"com.example/question\""));
            assertTrue(question.endsWith("\"params\":{" + ODD + "}}"), question);
            String id = question.substring(question.indexOf("\"id\":") + 5, question.indexOf(",\"method\""));
            scene.host().send("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":{" + ODD + "}}");
            scene.hears("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":" + result() + "}");
            String answer = scene.server().asks("POST").stream()
                    .map(Ask::body)
                    .filter(body -> body.contains("\"result\""))
                    .findFirst()
                    .orElseThrow();
            assertEquals("{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{" + ODD + "}}", answer);
        });
    }

    @Test
    void aNotificationOfTheHostKeepsItsBytes() throws Exception {
        through(Era.INITIALIZE, scene -> {
            scene.host()
                    .send("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/com.example/told\",\"params\":{" + ODD
                            + "}}");
            scene.wasSent("notifications/com.example/told", "{" + ODD + "}");
        });
    }

    /** The other way to the same server: 2026-07-28 over the local endpoint. */
    @Test
    void theLocalEndpointKeepsThemToo() throws Exception {
        int port = FidelityIT.freePort();
        try (ScriptedServer server = server(Era.STATELESS);
                Desk desk = new Desk()) {
            desk.configure("{\"drawbridge\":{\"http\":" + port + "},\"mcpServers\":{" + Desk.remote("odd", server.url())
                    + "}}");
            desk.run("tools", "odd");
            String token = Files.readString(FidelityIT.tokenFile(desk)).strip();
            Map<String, String> names = new LinkedHashMap<>();
            METHODS.forEach(method -> names.put(method, method.equals("resources/read") ? "odd:1" : "odd"));
            HttpClient client = HttpClient.newHttpClient();
            for (String method : METHODS) {
                HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/mcp/odd"))
                        .timeout(DEADLINE)
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .header("Accept", "application/json, text/event-stream")
                        .header("MCP-Protocol-Version", "2026-07-28")
                        .header("Mcp-Method", method)
                        .header("Mcp-Name", names.get(method))
                        .POST(HttpRequest.BodyPublishers.ofString("{\"jsonrpc\":\"2.0\",\"id\":1.50,\"method\":\""
                                + method + "\",\"params\":" + Era.STATELESS.params() + "}"))
                        .build();
                String stream = client.send(request, HttpResponse.BodyHandlers.ofString())
                        .body();
                assertTrue(stream.contains(notification()), stream);
                assertTrue(stream.contains("{\"jsonrpc\":\"2.0\",\"id\":1.50,\"result\":" + result() + "}"), stream);
                assertTrue(
                        server.await("POST " + method, 1).body().endsWith("\"params\":" + Era.STATELESS.params() + "}"),
                        server::transcript);
            }
        }
    }
}
