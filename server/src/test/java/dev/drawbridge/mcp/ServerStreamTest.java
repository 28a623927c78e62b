package dev.drawbridge.mcp;

import static dev.drawbridge.mcp.Connecting.call;
import static dev.drawbridge.mcp.Connecting.result;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The GET stream of the initialize family (requirements 70, 71, 73 and 75). */
final class ServerStreamTest {
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

    private Connection connect(RequestAuthorizer authorizer, ScriptedServer.Script get) {
        server.close();
        AtomicInteger sessions = new AtomicInteger();
        server = new ScriptedServer(ask -> {
            if (ask.title().equals("GET")) {
                get.answer(ask);
            } else if (ask.method().equals("initialize")) {
                ask.responseHeader("Mcp-Session-Id", "s" + sessions.incrementAndGet())
                        .result(
                                "{\"protocolVersion\":\"2025-06-18\",\"capabilities\":{\"tools\":{\"listChanged\":true}}}");
            } else if (ask.body().contains("\"id\"")) {
                ask.result("{}");
            } else {
                ask.status(ask.title().equals("DELETE") ? 200 : 202);
            }
        });
        return Connecting.connected(connecting.attempt(server.endpoint(), authorizer, listener, "2025-06-18"));
    }

    @Test
    void isReopenedFromTheLastEventAfterTheTimeTheServerAskedFor() {
        connect(RequestAuthorizer.NONE, ask -> {
            if (ask.header("Last-Event-ID").isEmpty()) {
                ask.event("retry: 300\nid: 7\ndata: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/a\"}");
                ask.event("data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/cut-in-the-mid");
            } else {
                ask.message("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/b\"}")
                        .hold();
            }
        });
        listener.await("notification notifications/b");
        ScriptedServer.Ask second = server.asks("GET").get(1);
        assertEquals("7", second.header("Last-Event-ID"));
        assertEquals("s1", second.header("Mcp-Session-Id"));
        assertTrue(second.arrived() - server.asks("GET").getFirst().arrived() >= 300_000_000L);
        assertEquals(0, listener.count("closed"));
    }

    @Test
    void carriesTheServersRequests() {
        listener.answering(request -> new ServerRequest.Answer.Refusal(-1, "no", java.util.Optional.empty()));
        connect(
                RequestAuthorizer.NONE,
                ask -> ask.message("{\"jsonrpc\":\"2.0\",\"id\":\"r\",\"method\":\"roots/list\"}")
                        .hold());
        listener.await("request roots/list");
        ScriptedServer.Ask answer = server.await("POST", 3);
        assertEquals("{\"jsonrpc\":\"2.0\",\"id\":\"r\",\"error\":{\"code\":-1,\"message\":\"no\"}}", answer.body());
        assertEquals("s1", answer.header("Mcp-Session-Id"));
    }

    @Test
    void aSessionItFindsLostIsRenewedUnasked() {
        connect(RequestAuthorizer.NONE, ask -> {
            if (ask.header("Mcp-Session-Id").equals("s2")) {
                ask.event(": open").hold();
            } else if (server.asks("GET").size() == 1) {
                ask.event("retry: 10\nid: 1\ndata:");
            } else {
                ask.status(404);
            }
        });
        listener.await("notification notifications/tools/list_changed");
        assertEquals("s2", server.await("GET", 3).header("Mcp-Session-Id"));
        assertEquals(2, server.asks("POST initialize").size());
    }

    @Test
    void aServerThatHasGoneIsNoticedWithinSecondsAndOnce() {
        connect(RequestAuthorizer.NONE, ask -> ask.event(": open").hold());
        server.await("GET", 1);
        long began = System.nanoTime();
        server.close();
        listener.await("closed mcp.unreachable");
        assertTrue(System.nanoTime() - began < Duration.ofSeconds(6).toNanos());
        assertEquals(1, listener.count("closed"));
    }

    @Test
    void lostAuthorizationIsToldAndTheStreamComesBackWithTheNextCall() {
        AtomicBoolean signedIn = new AtomicBoolean();
        Connection connection = connect(RequestAuthorizer.NONE, ask -> {
            if (signedIn.get()) {
                ask.message("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/back\"}")
                        .hold();
            } else {
                ask.responseHeader("WWW-Authenticate", "Bearer").status(401);
            }
        });
        listener.await("unauthorized 401");
        signedIn.set(true);
        assertEquals("{}", result(call(connection, "tools/call", "{}")));
        listener.await("notification notifications/back");
    }
}
