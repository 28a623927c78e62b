package dev.drawbridge.mcp;

import static dev.drawbridge.mcp.Connecting.call;
import static dev.drawbridge.mcp.Connecting.connected;
import static dev.drawbridge.mcp.Connecting.failure;
import static dev.drawbridge.mcp.Connecting.result;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drawbridge.mcp.json.RawJson;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Streamable HTTP of the initialize family against a scripted server (requirements 69 to 76, 125 to 127, 136). */
final class LegacyHttpTest {
    private static final String INITIALIZED = "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":"
            + "{\"tools\":{\"listChanged\":true}},\"serverInfo\":{\"name\":\"s\",\"version\":\"1\"}}";

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

    /** The usual beginning of a legacy server; everything else is the test's. */
    private Connection connect(ScriptedServer.Script rest) {
        serve(rest);
        return connecting.connect(server.endpoint(), listener);
    }

    private void serve(ScriptedServer.Script rest) {
        server.close();
        AtomicInteger sessions = new AtomicInteger();
        server = new ScriptedServer(ask -> {
            switch (ask.method()) {
                case "server/discover" -> ask.send(400, "text/plain", "Bad Request: no session");
                case "initialize" ->
                    ask.responseHeader("Mcp-Session-Id", "s" + sessions.incrementAndGet())
                            .result(INITIALIZED);
                case "notifications/initialized", "notifications/cancelled" -> ask.status(202);
                default -> {
                    if (ask.title().equals("DELETE")) {
                        ask.status(405);
                    } else if (ask.title().equals("GET")
                            && ask.header("Last-Event-ID").isEmpty()) {
                        ask.status(405);
                    } else {
                        rest.answer(ask);
                    }
                }
            }
        });
    }

    @Test
    void opensUsesAndReturnsASession() {
        Connection connection = connect(ask -> ask.result("{\"tools\":[]}"));
        assertEquals("{\"tools\":[]}", result(call(connection, "tools/list", "{}")));
        connection.close();

        ScriptedServer.Ask call = server.asks("POST tools/list").getFirst();
        assertEquals("s1", call.header("Mcp-Session-Id"));
        assertEquals("2025-11-25", call.header("MCP-Protocol-Version"));
        assertEquals("application/json, text/event-stream", call.header("Accept"));
        assertEquals("s1", server.await("POST notifications/initialized", 1).header("Mcp-Session-Id"));
        assertEquals("", server.asks("POST initialize").getFirst().header("Mcp-Session-Id"));
        assertEquals("s1", server.await("DELETE", 1).header("Mcp-Session-Id"));
        assertEquals(0, listener.count("closed"));
        assertEquals(Era.INITIALIZE, connection.negotiated().era());
    }

    /** The answer names a session that the server would keep for ever. */
    @Test
    void aSessionThatIsOpenedTooLateIsGivenBack() {
        CountDownLatch givenUp = new CountDownLatch(1);
        server.close();
        server = new ScriptedServer(ask -> {
            switch (ask.title()) {
                case "POST initialize" -> {
                    givenUp.await();
                    ask.responseHeader("Mcp-Session-Id", "late").result(INITIALIZED);
                }
                case "DELETE" -> ask.status(200);
                default -> ask.status(400);
            }
        });
        assertEquals(
                "mcp.timeout",
                failure(connecting.attempt(server.endpoint(), listener, Duration.ofMillis(300)))
                        .code());
        givenUp.countDown();
        assertEquals("late", server.await("DELETE", 1).header("Mcp-Session-Id"));
    }

    @Test
    void aFarewellThatMeetsAClosingConnectionIsRepeated() {
        server.close();
        AtomicInteger farewells = new AtomicInteger();
        server = new ScriptedServer(ask -> {
            if (ask.method().equals("initialize")) {
                ask.responseHeader("Mcp-Session-Id", "s1").result(INITIALIZED);
            } else if (!ask.title().equals("DELETE")) {
                ask.status(ask.title().equals("GET") ? 405 : 400);
            } else if (farewells.incrementAndGet() > 1) {
                ask.status(200);
            }
            // Else the connection closes without an answer.
        });
        connecting.connect(server.endpoint(), listener).close();
        assertEquals("s1", server.await("DELETE", 2).header("Mcp-Session-Id"));
    }

    @Test
    void carriesContentUntouched() {
        String odd =
                "{\"z\":1e2,\"a\":12345678901234567890.10,\"new\":{\"b\":1,\"a\":2},\"content\":[{\"type\":\"hologram\"}]}";
        Connection connection = connect(ask -> ask.send(
                200,
                "application/json; charset=utf-8",
                "{\"extra\":1,\"result\":" + odd + ",\"id\":\"" + ask.id() + "\",\"jsonrpc\":\"2.0\"}"));
        String params = "{\"name\":\"x\",\"arguments\":{\"n\":1.0,\"m\":1e2},\"unknown\":true}";
        assertEquals(odd, result(call(connection, "tools/call", params)));
        assertTrue(server.asks("POST tools/call").getFirst().body().contains(params));
    }

    @Test
    void readsErrorsWithoutIdsAndWithHttpStatus() {
        Connection connection = connect(ask -> ask.send(
                400,
                "application/json",
                "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32000,\"message\":\"why\",\"data\":[1.0]}}"));
        CallOutcome.ServerError error =
                assertInstanceOf(CallOutcome.ServerError.class, call(connection, "tools/call", "{}"));
        assertEquals(
                "-32000 why [1.0]",
                error.code() + " " + error.message() + " "
                        + error.data().orElseThrow().text());
    }

    @Test
    void readsBatches() {
        Connection connection = connect(ask -> ask.send(
                200,
                "application/json",
                "[{\"jsonrpc\":\"2.0\",\"method\":\"notifications/x\",\"params\":{\"a\":1}},{\"jsonrpc\":\"2.0\",\"id\":"
                        + ask.id() + ",\"result\":{\"ok\":1}}]"));
        assertEquals("{\"ok\":1}", result(call(connection, "tools/call", "{}")));
        listener.await("notification notifications/x {\"a\":1}");
    }

    @Test
    void resumesAStreamThatClosesBeforeTheAnswer() {
        Connection connection = connect(ask -> {
            if (ask.title().startsWith("POST")) {
                ask.event("id: e1\nretry: 300\ndata:");
            } else {
                ask.message("{\"jsonrpc\":\"2.0\",\"id\":"
                        + server.asks("POST tools/call").getFirst().id() + ",\"result\":{\"late\":true}}");
            }
        });
        assertEquals("{\"late\":true}", result(call(connection, "tools/call", "{}")));
        ScriptedServer.Ask post = server.asks("POST tools/call").getFirst();
        ScriptedServer.Ask get = server.asks("GET").stream()
                .filter(ask -> !ask.header("Last-Event-ID").isEmpty())
                .findFirst()
                .orElseThrow();
        assertEquals("e1", get.header("Last-Event-ID"));
        assertTrue(get.arrived() - post.arrived() >= 300_000_000L, "the retry time was not waited for");
    }

    @Test
    void aStreamThatCannotBeResumedEndsTheCall() {
        Connection connection = connect(ask -> ask.event("data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/x\"}"));
        assertEquals(
                "mcp.streamBroken",
                failure(call(connection, "tools/call", "{}")).code());
        assertEquals(1, server.asks("POST tools/call").size());
    }

    @Test
    void renewsALostSessionOnceAndRetriesTheCall() {
        Connection connection = connect(ask -> {
            switch (ask.method()) {
                case "resources/subscribe" -> ask.result("{}");
                default -> {
                    if (ask.header("Mcp-Session-Id").equals("s1")) {
                        ask.error(404, -32001, "");
                    } else {
                        ask.result("{\"session\":2}");
                    }
                }
            }
        });
        call(connection, "resources/subscribe", "{\"uri\":\"a://b\"}");
        assertEquals("{\"session\":2}", result(call(connection, "tools/call", "{\"name\":\"t\"}")));
        assertEquals(2, server.asks("POST initialize").size());
        assertEquals("s2", server.asks("POST resources/subscribe").get(1).header("Mcp-Session-Id"));
        listener.await("notification notifications/tools/list_changed");
    }

    @Test
    void aSessionLostAgainAndAgainIsAFailureNotALoop() {
        Connection connection = connect(ask -> ask.status(404));
        assertEquals(
                "mcp.refused", failure(call(connection, "tools/call", "{}")).code());
        assertEquals(2, server.asks("POST tools/call").size());
        assertEquals(2, server.asks("POST initialize").size());
    }

    @Test
    void anErrorThatProvesNothingIsNotRetried() {
        Connection connection = connect(ask -> ask.send(502, "text/html", "<html>"));
        McpFailure failure = failure(call(connection, "tools/call", "{}"));
        assertEquals("mcp.unavailable", failure.code());
        assertTrue(failure.passing());
        assertEquals(1, server.asks("POST tools/call").size());
    }

    @Test
    void aTimeLimitTellsTheServer() {
        Connection connection = connect(ask -> ask.hold());
        CallOutcome outcome = connection.call(
                "tools/call",
                RawJson.of("{\"name\":\"slow\"}"),
                Duration.ofMillis(200),
                ProgressListener.NONE,
                new Cancellation());
        assertEquals("mcp.timeout", failure(outcome).code());
        ScriptedServer.Ask cancelled = server.await("POST notifications/cancelled", 1);
        assertEquals(
                server.asks("POST tools/call").getFirst().id(),
                cancelled.json().getAsJsonObject("params").get("requestId").toString());
        server.asks("POST tools/call").getFirst().awaitDone();
    }

    @Test
    void cancellingTellsTheServerAndEndsTheCallAtOnce() {
        Connection connection = connect(ask -> ask.hold());
        Cancellation cancellation = new Cancellation();
        CompletableFuture<CallOutcome> outcome = CompletableFuture.supplyAsync(() -> connection.call(
                "tools/call", RawJson.EMPTY_OBJECT, Duration.ofMinutes(5), ProgressListener.NONE, cancellation));
        server.await("POST tools/call", 1);
        cancellation.cancel();
        assertInstanceOf(CallOutcome.Cancelled.class, outcome.join());
        server.await("POST notifications/cancelled", 1);
    }

    @Test
    void progressGoesToItsListenerAndProlongsTheCall() {
        Connection connection = connect(ask -> {
            String token = ask.json()
                    .getAsJsonObject("params")
                    .getAsJsonObject("_meta")
                    .get("progressToken")
                    .toString();
            for (int step = 1; step <= 5; step++) {
                ask.message("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{\"progressToken\":"
                        + token + ",\"progress\":" + step + ",\"total\":5,\"message\":\"m\"}}");
                ask.pause(Duration.ofMillis(150));
            }
            ask.message("{\"jsonrpc\":\"2.0\",\"id\":" + ask.id() + ",\"result\":{}}");
        });
        CallOutcome outcome = connection.call(
                "tools/call",
                RawJson.of("{\"_meta\":{\"trace\":1}}"),
                Duration.ofMillis(500),
                (progress, total, message) -> listener.add("progress " + progress + total + message),
                new Cancellation());
        assertEquals("{}", result(outcome));
        assertEquals(5, listener.count("progress"));
        listener.await("progress 5.0Optional[5.0]Optional[m]");
        assertEquals(0, listener.count("notification notifications/progress"));
    }

    @Test
    void aCallersOwnProgressTokenStaysAndItsProgressIsPassedOn() {
        Connection connection = connect(ask -> {
            ask.message(
                    "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{\"progressToken\":\"mine\",\"progress\":1}}");
            ask.message("{\"jsonrpc\":\"2.0\",\"id\":" + ask.id() + ",\"result\":{}}");
        });
        String params = "{\"_meta\":{\"progressToken\":\"mine\"}}";
        assertEquals("{}", result(call(connection, "tools/call", params)));
        assertTrue(server.asks("POST tools/call").getFirst().body().contains(params));
        listener.await("notification notifications/progress {\"progressToken\":\"mine\",\"progress\":1}");
    }

    @Test
    void answersTheServersRequestsByPostWithTheirOwnIds() {
        listener.answering(request -> new ServerRequest.Answer.Result(RawJson.of("{\"action\":\"accept\"}")));
        CompletableFuture<String> answers = new CompletableFuture<>();
        Connection connection = connect(ask -> {
            if (ask.body().contains("\"result\"") || ask.body().contains("\"error\"")) {
                ask.status(202);
                if (ask.body().contains("accept")) {
                    answers.complete(ask.body());
                }
                return;
            }
            ask.message("{\"jsonrpc\":\"2.0\",\"id\":1.50,\"method\":\"ping\"}");
            ask.message(
                    "{\"jsonrpc\":\"2.0\",\"id\":\"q\\/1\",\"method\":\"elicitation/create\",\"params\":{\"message\":\"?\"}}");
            answers.join();
            ask.message("{\"jsonrpc\":\"2.0\",\"id\":" + ask.id() + ",\"result\":{\"done\":1}}");
        });
        assertEquals("{\"done\":1}", result(call(connection, "tools/call", "{}")));
        assertEquals("{\"jsonrpc\":\"2.0\",\"id\":\"q\\/1\",\"result\":{\"action\":\"accept\"}}", answers.join());
        assertTrue(server.asks().stream()
                .anyMatch(ask -> ask.body().equals("{\"jsonrpc\":\"2.0\",\"id\":1.50,\"result\":{}}")));
        assertEquals(0, listener.count("request ping"));
    }

    @Test
    void anAnswerLargerThanTheBoundIsRefused() {
        serve(ask -> ask.result("{\"text\":\"" + "x".repeat(100_000) + "\"}"));
        Connection connection = connecting.connect(
                new Endpoint.StreamableHttp(server.url(), Map.of(), HttpOptions.DEFAULT.withMaxAnswerBytes(50_000)),
                listener);
        assertEquals(
                "mcp.answerTooLarge",
                failure(call(connection, "tools/call", "{}")).code());
    }

    @Test
    void aPageInsteadOfAnAnswerIsNamed() {
        Connection connection = connect(ask -> ask.send(200, "text/html", "<html>Sign in to the Wi-Fi</html>"));
        assertEquals("mcp.notMcp", failure(call(connection, "tools/call", "{}")).code());
    }

    @Test
    void nestingIsBounded() {
        Connection connection = connect(ask -> ask.result("[".repeat(100_000) + "]".repeat(100_000)));
        assertEquals("mcp.notMcp", failure(call(connection, "tools/call", "{}")).code());
    }

    @Test
    void closingEndsCallsInFlightWithoutAnnouncingALoss() {
        Connection connection = connect(ask -> ask.hold());
        CompletableFuture<CallOutcome> outcome =
                CompletableFuture.supplyAsync(() -> call(connection, "tools/call", "{}"));
        server.await("POST tools/call", 1);
        connection.close();
        assertEquals("mcp.closed", failure(outcome.join()).code());
        assertEquals(List.of(), listener.heard());
    }

    @Test
    void aRememberedVersionSavesTheProbe() {
        serve(ask -> ask.result("{}"));
        connected(connecting.attempt(server.endpoint(), RequestAuthorizer.NONE, listener, "2025-06-18"));
        assertEquals(0, server.asks("POST server/discover").size());
    }
}
