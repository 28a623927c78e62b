package dev.drawbridge.mcp;

import static dev.drawbridge.mcp.Connecting.call;
import static dev.drawbridge.mcp.Connecting.connected;
import static dev.drawbridge.mcp.Connecting.result;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Pings on an interval: what they notice, and when there are none. */
final class KeepAliveTest {
    private static final HttpOptions PINGING =
            HttpOptions.DEFAULT.withPingInterval(Optional.of(Duration.ofMillis(150)));

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

    private Connection connect(HttpOptions options, ScriptedServer.Script rest) {
        server.close();
        AtomicInteger sessions = new AtomicInteger();
        server = new ScriptedServer(ask -> {
            switch (ask.method()) {
                case "initialize" ->
                    ask.responseHeader("Mcp-Session-Id", "s" + sessions.incrementAndGet())
                            .result("{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{}}");
                case "notifications/initialized", "notifications/cancelled" -> ask.status(202);
                case "" -> ask.status(405);
                default -> rest.answer(ask);
            }
        });
        return connected(connecting.attempt(
                new Endpoint.StreamableHttp(server.url(), Map.of(), options),
                RequestAuthorizer.NONE,
                listener,
                "2025-11-25"));
    }

    @Test
    void pingsComeUntilTheConnectionIsClosed() {
        Connection connection = connect(PINGING, ask -> ask.result("{}"));
        server.await("POST ping", 3);
        connection.close();
        server.asks().forEach(ScriptedServer.Ask::awaitDone);
        int before = server.asks("POST ping").size();
        // Another connection's pings show that time enough has passed.
        connected(connecting.attempt(
                new Endpoint.StreamableHttp(server.url(), Map.of(), PINGING),
                RequestAuthorizer.NONE,
                listener,
                "2025-11-25"));
        server.await("POST ping", before + 3);
        assertTrue(
                server.asks("POST ping").stream()
                        .skip(before)
                        .allMatch(ping -> ping.header("Mcp-Session-Id").equals("s2")),
                "the closed connection's session was pinged");
    }

    @Test
    void noneIsSentUnlessAskedFor() {
        Connection connection = connect(HttpOptions.DEFAULT, ask -> ask.pause(Duration.ofSeconds(1)));
        call(connection, "tools/list", "{}");
        assertEquals(0, server.asks("POST ping").size());
    }

    /** A server that does not know the method is there, too. */
    @Test
    void anErrorIsAnAnswer() {
        Connection connection = connect(PINGING, ask -> {
            if (ask.method().equals("ping")) {
                ask.error(200, -32601, "");
            } else {
                ask.result("{}");
            }
        });
        server.await("POST ping", 4);
        assertEquals("{}", result(call(connection, "tools/list", "{}")));
        assertEquals(0, listener.count("closed"));
    }

    /** It keeps no stream open, so nothing else would tell before the next call. */
    @Test
    void aServerThatHasDiedIsNoticed() {
        connect(PINGING, ask -> ask.result("{}"));
        server.await("POST ping", 1);
        server.close();
        listener.await("closed mcp.unreachable");
    }

    @Test
    void oneFailureIsNoDeath() {
        AtomicInteger pings = new AtomicInteger();
        Connection connection = connect(PINGING, ask -> {
            if (pings.incrementAndGet() % 2 == 0) {
                ask.status(503);
            } else {
                ask.result("{}");
            }
        });
        server.await("POST ping", 7);
        assertEquals(0, listener.count("closed"));
        connection.close();
    }

    @Test
    void aGatewayThatMissesItsServerTwiceIsADeadServer() {
        AtomicInteger pings = new AtomicInteger();
        connect(PINGING, ask -> {
            if (pings.incrementAndGet() > 1) {
                ask.status(502);
            } else {
                ask.result("{}");
            }
        });
        listener.await("closed mcp.unavailable");
        assertEquals(3, pings.get());
    }

    /** It restarted: the session is renewed before anybody calls. */
    @Test
    void aForgottenSessionIsRenewed() {
        Connection connection = connect(PINGING, ask -> {
            if (ask.header("Mcp-Session-Id").equals("s1")) {
                ask.send(404, "text/plain", "Session not found");
            } else {
                ask.result("{}");
            }
        });
        server.await("POST initialize", 2);
        server.await("POST ping", 3);
        assertEquals("{}", result(call(connection, "tools/list", "{}")));
        assertEquals(1, server.asks("POST tools/list").size());
    }

    @Test
    void aLostAuthorizationIsTold() {
        connect(PINGING, ask -> {
            ask.responseHeader("WWW-Authenticate", "Bearer");
            ask.status(401);
        });
        listener.await("unauthorized 401");
        assertEquals(0, listener.count("closed"));
    }

    /** Over HTTP+SSE the answers come by the stream. */
    @Test
    void theOlderTransportIsPingedAsWell() {
        CompletableFuture<ScriptedServer.Ask> stream = new CompletableFuture<>();
        server.close();
        server = new ScriptedServer(ask -> {
            if (ask.title().equals("GET")) {
                stream.complete(ask.event("event: endpoint\ndata: /messages"));
                ask.hold();
            } else {
                ask.send(202, "text/plain", "Accepted");
                if (ask.json().has("id")) {
                    String result = ask.method().equals("initialize")
                            ? "{\"protocolVersion\":\"2024-11-05\",\"capabilities\":{}}"
                            : "{}";
                    stream.join().message("{\"jsonrpc\":\"2.0\",\"id\":" + ask.id() + ",\"result\":" + result + "}");
                }
            }
        });
        connected(connecting.attempt(
                new Endpoint.Sse(server.url(), Map.of(), PINGING), RequestAuthorizer.NONE, listener, ""));
        server.await("POST ping", 3);
        assertEquals(0, listener.count("closed"));
    }

    @Test
    void theStatelessEraHasNoPing() {
        server.close();
        server = new ScriptedServer(ask -> {
            if (ask.method().equals("tools/list")) {
                ask.pause(Duration.ofSeconds(1));
            }
            ask.result(
                    "{\"supportedVersions\":[\"2026-07-28\"],\"capabilities\":{},\"tools\":[],\"resultType\":\"complete\"}");
        });
        Connection connection =
                connecting.connect(new Endpoint.StreamableHttp(server.url(), Map.of(), PINGING), listener);
        assertEquals(Era.STATELESS, connection.negotiated().era());
        result(call(connection, "tools/list", "{}"));
        assertEquals(0, server.asks("POST ping").size());
    }
}
