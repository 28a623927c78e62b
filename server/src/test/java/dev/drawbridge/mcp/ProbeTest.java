package dev.drawbridge.mcp;

import static dev.drawbridge.mcp.Connecting.call;
import static dev.drawbridge.mcp.Connecting.connected;
import static dev.drawbridge.mcp.Connecting.failure;
import static dev.drawbridge.mcp.Connecting.result;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which era and transport an HTTP server is found to speak (requirements 77, 86 to 92). */
final class ProbeTest {
    private static final String INITIALIZED =
            "{\"protocolVersion\":\"2024-11-05\",\"capabilities\":{},\"serverInfo\":{\"name\":\"s\",\"version\":\"1\"}}";
    private static final String DISCOVERED = "{\"supportedVersions\":[\"2026-07-28\"],\"capabilities\":{}}";

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

    private ConnectOutcome attempt(String remembered, ScriptedServer.Script script) {
        server.close();
        server = new ScriptedServer(script);
        return connecting.attempt(server.endpoint(), RequestAuthorizer.NONE, listener, remembered);
    }

    private List<String> posts() {
        return server.asks("POST").stream().map(ScriptedServer.Ask::title).toList();
    }

    @Test
    void aChallengeDuringTheProbeIsNoSignOfTheOldEra() {
        ConnectOutcome outcome = attempt(
                "",
                ask -> ask.responseHeader("WWW-Authenticate", "Bearer resource_metadata=\"u\"")
                        .status(401));
        Rejection rejection =
                assertInstanceOf(ConnectOutcome.Unauthorized.class, outcome).rejection();
        assertEquals(List.of("Bearer resource_metadata=\"u\""), rejection.wwwAuthenticate());
        assertEquals(List.of("POST server/discover"), posts());
    }

    @Test
    void aPlainRefusalDuringTheProbeIsNeither() {
        assertEquals(
                "mcp.forbidden", failure(attempt("", ask -> ask.status(403))).code());
        assertEquals(List.of("POST server/discover"), posts());
    }

    @Test
    void notFoundWithMethodNotFoundIsModern() {
        Connection connection = connected(attempt("", ask -> ask.error(404, -32601, "")));
        assertEquals(Era.STATELESS, connection.negotiated().era());
    }

    @Test
    void anUnsupportedVersionIsAskedAgain() {
        Connection connection = connected(attempt("", ask -> {
            if (server.asks().size() == 1) {
                ask.error(400, -32022, ",\"data\":{\"supported\":[\"2026-07-28\"]}");
            } else {
                ask.result(DISCOVERED);
            }
        }));
        assertEquals("2026-07-28", connection.negotiated().protocolVersion());
    }

    @Test
    void noCommonVersionIsSaid() {
        McpFailure failure =
                failure(attempt("", ask -> ask.error(400, -32022, ",\"data\":{\"supported\":[\"2031-01-01\"]}")));
        assertEquals("mcp.noCommonVersion", failure.code());
        assertTrue(failure.message().contains("2031-01-01"));
    }

    @Test
    void methodNotFoundWithStatus200IsTheOldEra() {
        Connection connection = connected(attempt("", ask -> {
            switch (ask.method()) {
                case "server/discover" -> ask.error(200, -32601, "");
                case "initialize" -> ask.result(INITIALIZED);
                default -> ask.status(ask.title().startsWith("POST") ? 202 : 405);
            }
        }));
        assertEquals("2024-11-05", connection.negotiated().protocolVersion());
        assertEquals(List.of("POST server/discover", "POST initialize"), posts().subList(0, 2));
    }

    @Test
    void aServerOfNoKnownVersionIsLeft() {
        assertEquals(
                "mcp.noCommonVersion",
                failure(attempt("2025-11-25", ask -> {
                            if (ask.method().equals("initialize")) {
                                ask.result("{\"protocolVersion\":\"1999-01-01\",\"capabilities\":{}}");
                            } else {
                                ask.status(400);
                            }
                        }))
                        .code());
    }

    @Test
    void aRememberedVersionThatNoLongerHoldsIsProbedAnew() {
        Connection connection = connected(attempt("2025-06-18", ask -> {
            if (ask.method().equals("initialize")) {
                ask.error(400, -32022, ",\"data\":{\"supported\":[\"2026-07-28\"]}");
            } else {
                ask.result(DISCOVERED);
            }
        }));
        assertEquals(Era.STATELESS, connection.negotiated().era());
        assertEquals(List.of("POST initialize", "POST server/discover"), posts());
    }

    @Test
    void fallsBackToTheEventStreamOf20241105() {
        server.close();
        server = older();
        Connection connection = connected(connecting.attempt(server.endpoint(), RequestAuthorizer.NONE, listener, ""));
        assertEquals("{\"pong\":1}", result(call(connection, "tools/call", "{}")));
        assertEquals("/messages?s=1", server.asks("POST tools/call").getFirst().path());
        server.close();
        listener.await("closed mcp.unreachable");
    }

    /** What mcp-remote calls http-first, http-only, sse-first and sse-only, to a server of either kind. */
    @ParameterizedTest
    @CsvSource({
        "http, else sse, newer, connected, GET 0",
        "http, else sse, older, connected, GET 1",
        "http, only, newer, connected, GET 0",
        "http, only, older, mcp.refused, GET 0",
        "sse, else http, newer, connected, GET 1",
        "sse, else http, older, connected, GET 1",
        "sse, only, newer, mcp.refused, GET 1",
        "sse, only, older, connected, GET 1"
    })
    void transportsAreTriedInTheOrderThatIsWanted(String first, String other, String kind, String end, String streams) {
        server.close();
        server = kind.equals("older") ? older() : newerWithoutStream();
        boolean elseOther = !other.equals("only");
        Endpoint endpoint = first.equals("http")
                ? new Endpoint.StreamableHttp(server.url(), Map.of(), HttpOptions.DEFAULT, elseOther)
                : new Endpoint.Sse(server.url(), Map.of(), HttpOptions.DEFAULT, elseOther);
        ConnectOutcome outcome = connecting.attempt(endpoint, RequestAuthorizer.NONE, listener, "");
        if (end.equals("connected")) {
            assertEquals("{\"pong\":1}", result(call(connected(outcome), "tools/call", "{}")));
        } else {
            assertEquals(end, failure(outcome).code());
        }
        assertEquals(streams, "GET " + server.asks("GET").size());
    }

    /** Some open a stream of the newer transport for anybody; it names no endpoint, however long one waits. */
    @Test
    void aStreamThatNamesNoEndpointIsNotOfTheOlderTransport() {
        server.close();
        server = new ScriptedServer(ask -> {
            switch (ask.title()) {
                case "GET" -> ask.hold();
                case "POST server/discover" -> ask.result(DISCOVERED);
                default -> ask.result("{}");
            }
        });
        connected(connecting.attempt(
                new Endpoint.Sse(server.url(), Map.of(), HttpOptions.DEFAULT, true),
                RequestAuthorizer.NONE,
                listener,
                ""));
    }

    private static ScriptedServer newerWithoutStream() {
        return new ScriptedServer(ask -> {
            switch (ask.title()) {
                case "GET" -> ask.status(405);
                case "POST server/discover" -> ask.result(DISCOVERED);
                default -> ask.result("{\"pong\":1}");
            }
        });
    }

    private static ScriptedServer older() {
        LinkedBlockingQueue<String> toClient = new LinkedBlockingQueue<>();
        return new ScriptedServer(ask -> {
            if (ask.title().equals("GET")) {
                ask.event("event: endpoint\ndata: /messages?s=1");
                for (String next = toClient.poll(10, TimeUnit.SECONDS);
                        next != null;
                        next = toClient.poll(10, TimeUnit.SECONDS)) {
                    ask.event("event: message\ndata: " + next);
                }
            } else if (ask.path().equals("/mcp")) {
                ask.status(405);
            } else {
                ask.send(202, "text/plain", "Accepted");
                if (ask.json().has("id")) {
                    String content = ask.method().equals("initialize") ? INITIALIZED : "{\"pong\":1}";
                    toClient.add("{\"jsonrpc\":\"2.0\",\"id\":" + ask.id() + ",\"result\":" + content + "}");
                }
            }
        });
    }

    @Test
    void anEndpointAtAnotherOriginIsRefused() {
        server.close();
        server = new ScriptedServer(ask ->
                ask.event("event: endpoint\ndata: http://example.invalid/x").hold());
        ConnectOutcome outcome = connecting.attempt(
                new Endpoint.Sse(server.url(), Map.of(), HttpOptions.DEFAULT), RequestAuthorizer.NONE, listener, "");
        assertEquals("mcp.protocol", failure(outcome).code());
    }

    @Test
    void nobodyListeningIsUnreachableAndPassing() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        McpFailure failure = failure(connecting.attempt(
                new Endpoint.StreamableHttp(
                        URI.create("http://127.0.0.1:" + port + "/mcp?key=secret"), Map.of(), HttpOptions.DEFAULT),
                RequestAuthorizer.NONE,
                listener,
                ""));
        assertEquals("mcp.unreachable", failure.code());
        assertTrue(failure.passing());
        assertTrue(!failure.toString().contains("secret"));
    }

    @Test
    void anAddressThatIsNoneIsSaid() {
        McpFailure failure = failure(connecting.attempt(
                new Endpoint.StreamableHttp(URI.create("file:///etc/passwd"), Map.of(), HttpOptions.DEFAULT),
                RequestAuthorizer.NONE,
                listener,
                ""));
        assertEquals("mcp.badEndpoint", failure.code());
    }
}
