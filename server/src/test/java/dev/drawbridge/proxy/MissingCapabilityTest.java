package dev.drawbridge.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import dev.drawbridge.hub.LiveHub;
import dev.drawbridge.mcp.ScriptedServer;
import dev.drawbridge.mcp.ScriptedServer.Ask;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server of the other era asks a stateless host for what a request did not declare. */
final class MissingCapabilityTest {
    private static final String FAILED =
            "{\"content\":[{\"type\":\"text\",\"text\":\"Nobody to ask.\"}],\"isError\":true}";
    private static final String DONE = "{\"content\":[{\"type\":\"text\",\"text\":\"Did without.\"}]}";

    @TempDir
    Path folder;

    private final LinkedBlockingQueue<String> answers = new LinkedBlockingQueue<>();
    /** During each call it makes the request, and ends the call when it has the answer. */
    private ScriptedServer asking(String question, String end) {
        return new ScriptedServer(ask -> {
            switch (ask.method()) {
                case "initialize" ->
                    ask.responseHeader("Mcp-Session-Id", session(ask))
                            .result("{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{\"tools\":{}},"
                                    + "\"serverInfo\":{\"name\":\"scripted\",\"version\":\"1\"}}");
                case "tools/list" -> ask.result("{\"tools\":[{\"name\":\"echo\"}]}");
                case "server/discover" -> ask.error(400, -32601, "");
                case "tools/call" -> {
                    ask.message("{\"jsonrpc\":\"2.0\",\"id\":\"q\"," + question + "}");
                    String answer = answers.poll(20, TimeUnit.SECONDS);
                    ask.message("{\"jsonrpc\":\"2.0\",\"id\":" + ask.id() + ","
                            + (answer == null ? "\"result\":{\"waited\":true}" : end) + "}");
                }
                case "" -> ask.takeAnswer(answers);
                default -> ask.status(202);
            }
        });
    }

    /** Names a session after what its client can do. */
    private static String session(Ask ask) {
        return String.join(
                "-",
                ask.json()
                        .getAsJsonObject("params")
                        .getAsJsonObject("capabilities")
                        .keySet());
    }

    private static String echo(String capabilities) {
        return "{\"name\":\"echo\"," + HostAtFace.meta(capabilities) + "}";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "\"method\":\"sampling/createMessage\",\"params\":{\"messages\":[]} | {\"elicitation\":{}} |"
                        + " {\"sampling\":{}}",
                "\"method\":\"sampling/createMessage\",\"params\":{\"tools\":[]} | {\"sampling\":{}} |"
                        + " {\"sampling\":{\"tools\":{}}}",
                "\"method\":\"elicitation/create\",\"params\":{\"message\":\"?\"} | {} | {\"elicitation\":{}}",
                "\"method\":\"elicitation/create\",\"params\":{\"message\":\"?\"} | {\"elicitation\":{\"url\":{}}} |"
                        + " {\"elicitation\":{\"form\":{}}}",
                "\"method\":\"elicitation/create\",\"params\":{\"mode\":\"url\",\"url\":\"https://a\"} |"
                        + " {\"elicitation\":{}} | {\"elicitation\":{\"url\":{}}}",
                "\"method\":\"roots/list\" | {\"sampling\":{}} | {\"roots\":{}}",
            })
    void aCallThatFailsForItNamesWhatIsMissing(String question, String declared, String missing) throws Exception {
        try (LiveHub hub = TestHub.in(folder);
                ScriptedServer server = asking(question, "\"result\":" + FAILED)) {
            JsonObject error = HostAtFace.of(hub, server).error("tools/call", echo(declared));
            assertEquals(-32021, error.get("code").getAsInt());
            assertEquals(
                    "{\"requiredCapabilities\":" + missing + "}",
                    error.get("data").toString());
            assertTrue(error.get("message").getAsString().endsWith("Nobody to ask."), error::toString);
        }
    }

    @Test
    void soDoesOneThatFailsWithAnErrorOfTheProtocol() throws Exception {
        try (LiveHub hub = TestHub.in(folder);
                ScriptedServer server =
                        asking("\"method\":\"roots/list\"", "\"error\":{\"code\":-32603,\"message\":\"No roots\"}")) {
            JsonObject error = HostAtFace.of(hub, server).error("tools/call", echo("{}"));
            assertEquals(-32021, error.get("code").getAsInt());
            assertTrue(error.get("message").getAsString().endsWith("No roots"), error::toString);
        }
    }

    @Test
    void aCallThatDoesWithoutItEndsWell() throws Exception {
        try (LiveHub hub = TestHub.in(folder);
                ScriptedServer server = asking("\"method\":\"roots/list\"", "\"result\":" + DONE)) {
            JsonObject result = HostAtFace.of(hub, server).result("tools/call", echo("{}"));
            assertTrue(result.toString().contains("Did without."), result::toString);
        }
    }

    @Test
    void aFailureOfAHostThatWasAskedIsItsOwn() throws Exception {
        try (LiveHub hub = TestHub.in(folder);
                ScriptedServer server = asking("\"method\":\"roots/list\"", "\"result\":" + FAILED)) {
            HostAtFace host = HostAtFace.of(hub, server);
            JsonObject asked = host.result("tools/call", echo("{\"roots\":{}}"));
            String state = asked.get("requestState").getAsString();
            JsonObject result = host.result(
                    "tools/call",
                    "{\"name\":\"echo\",\"requestState\":\"" + state
                            + "\",\"inputResponses\":{\"input-1\":{\"roots\":[]}}," + HostAtFace.meta("{\"roots\":{}}")
                            + "}");
            assertTrue(result.get("isError").getAsBoolean(), host::toString);
        }
    }

    /** The server knows per session what its client can do, so each such set has its session, and keeps it. */
    @Test
    void aServerIsToldForEachRequestWhatItDeclares() throws Exception {
        try (LiveHub hub = TestHub.in(folder);
                ScriptedServer server = asking("\"method\":\"nothing/known\"", "\"result\":" + DONE)) {
            HostAtFace host = HostAtFace.of(hub, server);
            Map<String, String> sessions = Map.of("{\"sampling\":{}}", "sampling", "{\"roots\":{}}", "roots");
            for (String declared : List.of("{\"sampling\":{}}", "{\"roots\":{}}", "{\"sampling\":{}}")) {
                int call = host.ask("tools/call", echo(declared));
                JsonObject asked = host.answer(call).getAsJsonObject("result");
                host.result(
                        "tools/call",
                        "{\"name\":\"echo\",\"requestState\":" + asked.get("requestState")
                                + ",\"inputResponses\":{\"input-1\":{}}," + HostAtFace.meta(declared) + "}");
                assertEquals(
                        sessions.get(declared),
                        server.asks("POST tools/call").getLast().header("Mcp-Session-Id"),
                        server::transcript);
            }
            assertEquals(
                    2,
                    server.asks("POST initialize").stream()
                            .filter(ask -> sessions.containsValue(session(ask)))
                            .count());
        }
    }
}
