package dev.drawbridge.mcp;

import static dev.drawbridge.mcp.Connecting.call;
import static dev.drawbridge.mcp.Connecting.failure;
import static dev.drawbridge.mcp.Connecting.result;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import dev.drawbridge.mcp.json.RawJson;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Streamable HTTP of 2026-07-28 against a scripted server (requirements 57 to 68, 85 to 87, 93, 102 to 107, 128). */
final class StatelessHttpTest {
    private static final String TOOLS = "{\"resultType\":\"complete\",\"tools\":["
            + "{\"name\":\"query\",\"inputSchema\":{\"type\":\"object\",\"properties\":{"
            + "\"region\":{\"type\":\"string\",\"x-mcp-header\":\"Region\"}}},\"x\":1.0},"
            + "{\"name\":\"bad\",\"inputSchema\":{\"type\":\"object\",\"properties\":{"
            + "\"n\":{\"type\":\"number\",\"x-mcp-header\":\"N\"}}}}]}";

    private final RecordingListener listener = new RecordingListener();
    private final Connecting connecting = new Connecting();
    private ScriptedServer server = new ScriptedServer(ask -> ask.status(500));

    @RegisterExtension
    final PrintOnFailure print =
            new PrintOnFailure(() -> server.transcript() + "\n" + String.join("\n", listener.heard()));

    @AfterEach
    void close() {
        connecting.close();
        server.close();
    }

    private Connection connect(String capabilities, ScriptedServer.Script rest) {
        server.close();
        server = new ScriptedServer(ask -> {
            if (ask.method().equals("server/discover")) {
                ask.result("{\"resultType\":\"complete\",\"supportedVersions\":[\"2026-07-28\"],\"capabilities\":"
                        + capabilities
                        + ",\"instructions\":\"be kind\",\"_meta\":{\"io.modelcontextprotocol/serverInfo\":"
                        + "{\"name\":\"s\"}}}");
            } else if (ask.method().equals("tools/list")) {
                ask.result(TOOLS);
            } else {
                rest.answer(ask);
            }
        });
        return connecting.connect(server.endpoint(), listener);
    }

    @Test
    void describesEveryRequestInItsBodyAndItsHeaders() {
        Connection connection = connect("{}", ask -> ask.result("{\"resultType\":\"complete\",\"n\":1e2}"));
        assertEquals(
                "{\"resultType\":\"complete\",\"n\":1e2}",
                result(
                        call(
                                connection,
                                "tools/call",
                                "{\"name\":\"query\",\"arguments\":{\"region\":\"Zürich\",\"n\":1.0},\"_meta\":{\"traceparent\":\"00-a\"}}")));
        ScriptedServer.Ask ask = server.asks("POST tools/call").getFirst();
        assertEquals("2026-07-28", ask.header("MCP-Protocol-Version"));
        assertEquals("tools/call", ask.header("Mcp-Method"));
        assertEquals("query", ask.header("Mcp-Name"));
        assertEquals("=?base64?WsO8cmljaA==?=", ask.header("Mcp-Param-Region"));
        assertEquals("", ask.header("Mcp-Session-Id"));
        JsonObject meta = ask.json().getAsJsonObject("params").getAsJsonObject("_meta");
        assertEquals("00-a", meta.get("traceparent").getAsString());
        assertEquals(
                "2026-07-28",
                meta.get("io.modelcontextprotocol/protocolVersion").getAsString());
        assertEquals(
                "{\"elicitation\":{}}",
                meta.get("io.modelcontextprotocol/clientCapabilities").toString());
        assertEquals(
                "{\"name\":\"test\",\"version\":\"1\"}",
                meta.get("io.modelcontextprotocol/clientInfo").toString());
        assertTrue(ask.body().contains("{\"region\":\"Zürich\",\"n\":1.0}"));

        Negotiated negotiated = connection.negotiated();
        assertEquals("be kind", negotiated.instructions().orElseThrow());
        assertEquals("{\"name\":\"s\"}", negotiated.serverInfo().orElseThrow().text());
        assertEquals(Era.STATELESS, negotiated.era());
    }

    @Test
    void leavesOutInvalidToolsAndSaysSo() {
        Connection connection = connect("{}", ask -> ask.status(500));
        String listed = result(call(connection, "tools/list", "{}"));
        assertTrue(listed.contains("\"query\"") && listed.contains("\"x\":1.0") && !listed.contains("\"bad\""));
        listener.await("remark the tool bad was left out: the parameter of n is neither");
    }

    @Test
    void listsAgainAndRetriesOnceWhenHeadersDoNotMatch() {
        Connection connection = connect("{}", ask -> ask.error(400, -32020, ""));
        CallOutcome outcome = call(connection, "tools/call", "{\"name\":\"query\"}");
        assertEquals(
                -32020, assertInstanceOf(CallOutcome.ServerError.class, outcome).code());
        assertEquals(2, server.asks("POST tools/call").size());
        assertEquals(2, server.asks("POST tools/list").size());
    }

    @Test
    void retriesWithAMutualVersion() {
        Connection connection = connect("{}", ask -> {
            if (server.asks("POST prompts/get").size() == 1) {
                ask.error(400, -32022, ",\"data\":{\"supported\":[\"2026-07-28\"]}");
            } else {
                ask.result("{}");
            }
        });
        assertEquals("{}", result(call(connection, "prompts/get", "{\"name\":\"p\"}")));
        String first = server.asks("POST prompts/get").get(0).id();
        assertFalse(first.equals(server.asks("POST prompts/get").get(1).id()), "a retry has an id of its own");
    }

    @Test
    void gathersInputAndRetriesWithTheExactState() {
        listener.answering(
                request -> new ServerRequest.Answer.Result(RawJson.of("{\"action\":\"accept\",\"content\":{\"q\":"
                        + request.params().text().length() + "}}")));
        String state = "\"s\\u00e9\\/1\"";
        Connection connection = connect("{}", ask -> {
            if (server.asks("POST resources/read").size() == 1) {
                ask.result("{\"resultType\":\"input_required\",\"requestState\":" + state + ",\"inputRequests\":{"
                        + "\"a\":{\"method\":\"elicitation/create\",\"params\":{}},"
                        + "\"b\":{\"method\":\"elicitation/create\",\"params\":{\"x\":1}}}}");
            } else {
                ask.result("{\"resultType\":\"complete\"}");
            }
        });
        assertEquals("{\"resultType\":\"complete\"}", result(call(connection, "resources/read", "{\"uri\":\"a:b\"}")));
        ScriptedServer.Ask retry = server.asks("POST resources/read").get(1);
        assertTrue(retry.body().contains("\"requestState\":" + state));
        assertTrue(retry.body()
                .contains("\"inputResponses\":{\"a\":{\"action\":\"accept\",\"content\":{\"q\":2}},"
                        + "\"b\":{\"action\":\"accept\",\"content\":{\"q\":7}}}"));
        assertEquals("a:b", retry.header("Mcp-Name"));
        assertFalse(server.asks("POST resources/read").get(0).body().contains("requestState"));
    }

    @Test
    void inputRoundsAreBounded() {
        Connection connection =
                connect("{}", ask -> ask.result("{\"resultType\":\"input_required\",\"requestState\":\"again\"}"));
        assertEquals(
                "mcp.tooManyRounds",
                failure(call(connection, "tools/call", "{\"name\":\"query\"}")).code());
        assertEquals(11, server.asks("POST tools/call").size());
    }

    @Test
    void aPersonWhoDeclinesAndAClientThatCannotAreToldApart() {
        Connection connection = connect(
                "{}",
                ask -> ask.result(
                        ask.body().contains("\"action\":\"cancel\"")
                                ? "{\"cancelled\":1}"
                                : "{\"resultType\":\"input_required\",\"inputRequests\":{\"a\":{\"method\":\"elicitation/create\"}}}"));
        assertEquals(
                "mcp.inputRefused",
                failure(call(connection, "tools/call", "{\"name\":\"query\"}")).code());
        listener.answering(request -> new ServerRequest.Answer.Refusal(-32000, "closed", java.util.Optional.empty()));
        assertEquals("{\"cancelled\":1}", result(call(connection, "tools/call", "{\"name\":\"query\"}")));
    }

    @Test
    void unknownAndMisplacedResultTypesAreInvalid() {
        Connection connection = connect(
                "{}",
                ask -> ask.result("{\"resultType\":\""
                        + (ask.method().equals("prompts/list") ? "input_required" : "hologram") + "\"}"));
        assertEquals(
                "mcp.protocol",
                failure(call(connection, "resources/list", "{}")).code());
        assertEquals(
                "mcp.protocol", failure(call(connection, "prompts/list", "{}")).code());
    }

    @Test
    void anExtensionsResultTypeIsItsClientsBusiness() {
        Connection connection = connect("{}", ask -> ask.result("{\"resultType\":\"task\",\"taskId\":\"1\"}"));
        String meta = "{\"name\":\"query\",\"_meta\":{\"io.modelcontextprotocol/clientCapabilities\":"
                + "{\"extensions\":{\"io.modelcontextprotocol/tasks\":{}}}}}";
        assertEquals("{\"resultType\":\"task\",\"taskId\":\"1\"}", result(call(connection, "tools/call", meta)));
        assertEquals(1, server.asks("POST tools/call").getFirst().body().split("clientCapabilities", -1).length - 1);
    }

    @Test
    void cancellingClosesTheStreamAndSendsNothing() {
        Connection connection = connect("{}", ask -> ask.hold());
        Cancellation cancellation = new Cancellation();
        CompletableFuture<CallOutcome> outcome = CompletableFuture.supplyAsync(() -> connection.call(
                "tools/call",
                RawJson.of("{\"name\":\"query\"}"),
                Duration.ofMinutes(5),
                ProgressListener.NONE,
                cancellation));
        ScriptedServer.Ask ask = server.await("POST tools/call", 1);
        cancellation.cancel();
        assertInstanceOf(CallOutcome.Cancelled.class, outcome.join());
        ask.awaitDone();
        assertTrue(ask.story().contains("the client closed"));
        assertEquals(0, server.asks("POST notifications").size());
    }

    @Test
    void aBrokenStreamIsNotSentAgain() {
        Connection connection = connect("{}", ask -> ask.event("id: 1\ndata:"));
        assertEquals(
                "mcp.streamBroken",
                failure(call(connection, "tools/call", "{\"name\":\"query\"}")).code());
        assertEquals(1, server.asks("POST tools/call").size());
        assertEquals(0, server.asks("GET").size());
    }

    private static void acknowledge(ScriptedServer.Ask ask) throws java.io.IOException {
        ask.message("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/subscriptions/acknowledged\",\"params\":"
                + "{\"_meta\":{\"io.modelcontextprotocol/subscriptionId\":" + ask.id() + "},\"notifications\":{}}}");
    }

    @Test
    void listensForChangesAndComesBackAfterAGap() {
        connect("{\"tools\":{\"listChanged\":true},\"prompts\":{}}", ask -> {
            acknowledge(ask);
            if (server.asks("POST subscriptions/listen").size() == 1) {
                ask.message(
                        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\",\"params\":{\"a\":1,\"_meta\":"
                            + "{\"io.modelcontextprotocol/subscriptionId\":" + ask.id() + "}}}");
            } else {
                ask.hold();
            }
        });
        listener.await("notification notifications/tools/list_changed {\"a\":1}");
        listener.await("notification notifications/tools/list_changed {}");
        ScriptedServer.Ask listen = server.await("POST subscriptions/listen", 2);
        assertEquals(
                "{\"toolsListChanged\":true}",
                listen.json()
                        .getAsJsonObject("params")
                        .getAsJsonObject("notifications")
                        .toString());
        assertEquals(0, listener.count("notification notifications/subscriptions"));
    }

    @Test
    void watchesResourcesByReplacingTheFilter() {
        Connection connection =
                connect("{\"tools\":{\"listChanged\":true},\"resources\":{\"subscribe\":true}}", ask -> {
                    acknowledge(ask);
                    ask.hold();
                });
        server.await("POST subscriptions/listen", 1);
        assertEquals("{}", result(call(connection, "resources/subscribe", "{\"uri\":\"a:b\"}")));
        ScriptedServer.Ask second = server.await("POST subscriptions/listen", 2);
        assertTrue(second.body().contains("\"resourceSubscriptions\":[\"a:b\"]"));
        server.asks("POST subscriptions/listen").getFirst().awaitDone();
        assertEquals(0, listener.count("closed"));
    }

    @Test
    void aServerThatHasGoneIsNoticedWithoutACall() {
        connect("{\"tools\":{\"listChanged\":true}}", ask -> {
            acknowledge(ask);
            ask.hold();
        });
        server.await("POST subscriptions/listen", 1);
        server.close();
        listener.await("closed mcp.unreachable");
        assertEquals(1, listener.count("closed"));
    }

    @Test
    void whatOnlyTheOtherEraKnowsIsAnsweredHere() {
        Connection connection = connect("{}", ask -> ask.result("{}"));
        assertEquals("{}", result(call(connection, "ping", "{}")));
        assertEquals("{}", result(call(connection, "logging/setLevel", "{\"level\":\"debug\"}")));
        assertTrue(connection.notify("notifications/initialized", RawJson.EMPTY_OBJECT));
        call(connection, "prompts/list", "{}");
        assertEquals(
                List.of("POST server/discover", "POST prompts/list"),
                server.asks().stream().map(ScriptedServer.Ask::title).toList());
        assertTrue(server.asks("POST prompts/list")
                .getFirst()
                .body()
                .contains("\"io.modelcontextprotocol/logLevel\":\"debug\""));
    }

    @Test
    void aRequestOfTheServersIsIgnored() {
        Connection connection = connect("{}", ask -> {
            ask.message("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"roots/list\"}");
            ask.event(": comment").message("{\"jsonrpc\":\"2.0\",\"id\":" + ask.id() + ",\"result\":{}}");
        });
        assertEquals("{}", result(call(connection, "prompts/list", "{}")));
        listener.await("remark the server made the request roots/list");
        assertEquals(2, server.asks().size());
    }
}
