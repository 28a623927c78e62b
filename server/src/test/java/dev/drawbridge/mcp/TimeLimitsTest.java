package dev.drawbridge.mcp;

import static dev.drawbridge.mcp.Connecting.call;
import static dev.drawbridge.mcp.Connecting.connected;
import static dev.drawbridge.mcp.Connecting.failure;
import static dev.drawbridge.mcp.Connecting.result;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The three time limits of HTTP: for a connection, for a response's headers, and for silence within its body. */
final class TimeLimitsTest {
    private static final Duration SHORT = Duration.ofMillis(400);
    private static final String ANSWER = "{\"jsonrpc\":\"2.0\",\"id\":%s,\"result\":{\"late\":true}}";

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
        server = new ScriptedServer(ask -> {
            switch (ask.method()) {
                case "initialize" -> ask.result("{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{}}");
                case "notifications/initialized", "notifications/cancelled" -> ask.status(202);
                default -> rest.answer(ask);
            }
        });
        return connected(connecting.attempt(
                new Endpoint.StreamableHttp(server.url(), Map.of(), options),
                RequestAuthorizer.NONE,
                listener,
                "2025-11-25"));
    }

    private McpFailure unreachable(String scheme, int port) {
        return failure(connecting.attempt(
                new Endpoint.StreamableHttp(
                        URI.create(scheme + "://127.0.0.1:" + port + "/mcp"),
                        Map.of(),
                        HttpOptions.DEFAULT.withConnectTimeout(SHORT)),
                RequestAuthorizer.NONE,
                listener,
                ""));
    }

    /** Long before the attempt's own limit, which is the test's patience. */
    private static void within(Duration longest, long began) {
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        assertTrue(took.compareTo(longest) < 0, took::toString);
    }

    @Test
    void aListenerWhoseQueueIsFullIsGivenUp() throws IOException {
        List<SocketChannel> waiting = new ArrayList<>();
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            for (int i = 0; i < 4; i++) {
                SocketChannel channel = SocketChannel.open();
                channel.configureBlocking(false);
                channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), full.getLocalPort()));
                waiting.add(channel);
            }
            long began = System.nanoTime();
            McpFailure failure = unreachable("http", full.getLocalPort());
            assertEquals("mcp.unreachable", failure.code());
            assertTrue(failure.message().contains("within the time allowed"), failure::message);
            within(Duration.ofSeconds(5), began);
        } finally {
            for (SocketChannel channel : waiting) {
                channel.close();
            }
        }
    }

    /** The limit is for the whole handshake, TLS included. */
    @Test
    void aListenerThatNeverSaysHelloIsGivenUp() throws IOException {
        try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            long began = System.nanoTime();
            assertEquals(
                    "mcp.unreachable", unreachable("https", mute.getLocalPort()).code());
            within(Duration.ofSeconds(5), began);
        }
    }

    @Test
    void headersThatDoNotComeEndTheCallAndTheServerLearnsOfIt() {
        Connection connection =
                connect(HttpOptions.DEFAULT.withHeadersTimeout(Optional.of(SHORT)), TimeLimitsTest::keepSilent);
        long began = System.nanoTime();
        McpFailure failure = failure(call(connection, "tools/call", "{\"name\":\"slow\"}"));
        assertEquals("mcp.timeout", failure.code());
        assertTrue(failure.message().contains("tools/call slow within 400 ms"), failure::message);
        within(Duration.ofSeconds(5), began);
        server.await("POST notifications/cancelled", 1);
        assertEquals(0, listener.count("closed"));
    }

    /** The headers are there at once, and the body takes as long as it takes. */
    @Test
    void aSlowBodyIsNoneOfTheHeadersBusiness() {
        Connection connection = connect(HttpOptions.DEFAULT.withHeadersTimeout(Optional.of(SHORT)), ask -> {
            ask.event(": thinking").pause(SHORT.multipliedBy(2));
            ask.message(ANSWER.formatted(ask.id()));
        });
        assertEquals("{\"late\":true}", result(call(connection, "tools/call", "{\"name\":\"slow\"}")));
    }

    @Test
    void aBodyThatFallsSilentEndsTheCallAndTheServerLearnsOfIt() {
        Connection connection = connect(HttpOptions.DEFAULT.withBodyTimeout(Optional.of(SHORT)), ask -> {
            ask.event(": thinking");
            keepSilent(ask);
        });
        long began = System.nanoTime();
        McpFailure failure = failure(call(connection, "tools/call", "{\"name\":\"slow\"}"));
        assertEquals("mcp.timeout", failure.code());
        assertTrue(failure.message().contains("nothing came for 400 ms"), failure::message);
        within(Duration.ofSeconds(5), began);
        server.await("POST notifications/cancelled", 1);
    }

    /** Whatever comes is a sign of life, a comment as well, and the headers may be late. */
    @Test
    void aBodyThatGoesOnMayTakeLonger() {
        Connection connection = connect(HttpOptions.DEFAULT.withBodyTimeout(Optional.of(SHORT)), ask -> {
            ask.pause(SHORT.multipliedBy(2));
            for (int i = 0; i < 6; i++) {
                ask.event(": thinking").pause(SHORT.dividedBy(2));
            }
            ask.message(ANSWER.formatted(ask.id()));
        });
        assertEquals("{\"late\":true}", result(call(connection, "tools/call", "{\"name\":\"slow\"}")));
    }

    /** The stream for what the server says unasked: nothing is lost, and the server is not taken for dead. */
    @Test
    void aSilentStreamIsOpenedAgain() {
        Connection connection = connect(HttpOptions.DEFAULT.withBodyTimeout(Optional.of(SHORT)), ask -> {
            if (ask.title().equals("GET")) {
                ask.event("retry: 100\n: hello");
                keepSilent(ask);
            } else {
                ask.result("{}");
            }
        });
        server.await("GET", 3);
        assertEquals("{}", result(call(connection, "tools/list", "{}")));
        assertEquals(0, listener.count("closed"));
    }

    @Test
    void aStreamWithoutHeadersIsAskedForAgain() {
        Connection connection = connect(HttpOptions.DEFAULT.withHeadersTimeout(Optional.of(SHORT)), ask -> {
            if (ask.title().equals("GET")) {
                keepSilent(ask);
            } else {
                ask.result("{}");
            }
        });
        server.await("GET", 3);
        assertEquals("{}", result(call(connection, "tools/list", "{}")));
        assertEquals(0, listener.count("closed"));
    }

    private static void keepSilent(ScriptedServer.Ask ask) throws InterruptedException {
        ask.pause(Duration.ofSeconds(20));
    }
}
