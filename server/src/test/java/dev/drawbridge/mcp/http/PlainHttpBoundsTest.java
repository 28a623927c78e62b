package dev.drawbridge.mcp.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.drawbridge.mcp.HttpOptions;
import dev.drawbridge.mcp.RequestAuthorizer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a server does, no connection is left behind, nobody waits for ever, and a failure is an answer. */
@Timeout(30)
final class PlainHttpBoundsTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
    private static final String STREAM =
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";
    private static final Duration LONG = Duration.ofSeconds(20);

    private final HttpClients clients = new HttpClients();
    private final PlainHttp plain = new PlainHttp();

    @AfterEach
    void close() {
        plain.close();
        clients.close();
    }

    private HttpAnswer ask(URI uri) {
        HttpLink link = new HttpLink(clients, uri, Map.of(), HttpOptions.DEFAULT, RequestAuthorizer.NONE);
        return link.send(new HttpAsk("POST", uri, Map.of(), Optional.of(new byte[0]), "a test", LONG), new Exchange());
    }

    private HttpAnswer.Response carry(URI uri, byte[] body, Exchange exchange) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        return plain.within(LONG).carry(request, body, exchange);
    }

    @ParameterizedTest
    @ValueSource(strings = {"no size\r\n", "5\r\nhello too long\r\n"})
    void aConnectionWhoseAnswerBreaksIsClosedByWhoeverReadsIt(String broken) throws Exception {
        CountDownLatch hungUp = new CountDownLatch(1);
        try (RawServer server = new RawServer(talk -> {
            talk.hear();
            talk.say(STREAM + broken);
            talk.hearTheEnd();
            hungUp.countDown();
        })) {
            HttpAnswer.Response response = carry(server.url(), new byte[0], new Exchange());
            assertEquals(1, plain.connections());
            assertThrows(IOException.class, () -> response.body().readAllBytes());
            assertTrue(hungUp.await(5, TimeUnit.SECONDS), "the server learns of it");
            assertEquals(0, plain.connections());
        }
    }

    /** As every stream is that a server leaves open after its answer, and every call that is cancelled. */
    @Test
    void aConnectionWhoseExchangeIsGivenUpIsForgotten() throws Exception {
        try (RawServer server = new RawServer(talk -> {
            talk.hear();
            talk.say(STREAM);
            talk.hearTheEnd();
        })) {
            Exchange exchange = new Exchange();
            carry(server.url(), new byte[0], exchange);
            exchange.abort();
            assertEquals(0, plain.connections());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 202 Accepted\r\n\r\n",
                "HTTP/1.1 202 Accepted\r\nContent-Length: 5\r\n\r\nhell",
                STREAM + "2\r\n: \r\n"
            })
    void whatNobodyWantsIsNotWaitedFor(String endless) throws Exception {
        try (RawServer server = new RawServer(talk -> {
            talk.hear();
            talk.say(endless);
            talk.hearTheEnd();
        })) {
            HttpAnswer.Response response = carry(server.url(), new byte[0], new Exchange());
            CompletableFuture.runAsync(() -> Bodies.discard(response)).get(5, TimeUnit.SECONDS);
            assertEquals(0, plain.connections());
        }
    }

    /** Names that only differ in what surrounds them would be one name to whoever reads them. */
    @ParameterizedTest
    @ValueSource(strings = {"\u001c: x\r\n", "\u0001A: 1\r\nA: 2\r\n", "a b: c\r\n"})
    void aNameThatIsNoneIsAFailure(String header) throws Exception {
        try (RawServer server = new RawServer(talk -> {
            talk.hear();
            talk.say(OK + header + "Content-Length: 2\r\n\r\n{}");
        })) {
            assertInstanceOf(HttpAnswer.Failed.class, ask(server.url()));
        }
    }

    @Test
    void aValueOnSeveralLinesIsOne() throws Exception {
        try (RawServer server = new RawServer(talk -> {
            talk.hear();
            talk.say(OK + "X-Old: a\r\n  b\r\n\tc\r\nContent-Length: 2\r\n\r\n{}");
        })) {
            HttpAnswer.Response response = assertInstanceOf(HttpAnswer.Response.class, ask(server.url()));
            assertEquals(List.of("a b c"), response.headers().allValues("X-Old"));
            assertEquals("{}", new String(Bodies.read(response.body(), 10), StandardCharsets.UTF_8));
        }
    }

    @Test
    void anAddressThatCannotBeIsAFailure() {
        HttpAnswer.Failed failed =
                assertInstanceOf(HttpAnswer.Failed.class, ask(URI.create("http://127.0.0.1:99999/mcp")));
        assertEquals("mcp.badEndpoint", failed.failure().code());
    }

    /** Nothing has been sent, so nothing can have been carried out. */
    @ParameterizedTest
    @ValueSource(strings = {"http://255.255.255.255:9/mcp", "http://[ff02::1]:9/mcp"})
    void anAddressWithoutARouteIsUnreachable(URI nobody) {
        HttpAnswer.Failed failed = assertInstanceOf(HttpAnswer.Failed.class, ask(nobody));
        assertEquals(
                "mcp.unreachable", failed.failure().code(), failed.failure().message());
    }

    @Test
    void anAddressGoesOutInAscii() throws Exception {
        CompletableFuture<String> heard = new CompletableFuture<>();
        try (RawServer server = new RawServer(talk -> {
            heard.complete(talk.hear());
            talk.say(OK + "Content-Length: 2\r\n\r\n{}");
        })) {
            ask(URI.create("http://me@127.0.0.1:" + server.url().getPort() + "/caf\u00e9/%2F?q=\u65e5#here"));
            String request = heard.get(5, TimeUnit.SECONDS);
            assertTrue(request.startsWith("POST /caf%C3%A9/%2F?q=%E6%97%A5 HTTP/1.1\r\nHost: 127.0.0.1:"), request);
        }
    }

    /** A request on a connection that the server is just closing could not be told from one that was carried out. */
    @Test
    void aConnectionIsNotUsedAgainWhenTheServerIsAboutToCloseIt() throws Exception {
        try (RawServer server = new RawServer(talk -> {
            String soon = talk.number() == 1 ? "timeout=5, max=100" : "timeout=1";
            while (true) {
                talk.hear();
                talk.say(OK + "Keep-Alive: " + soon + "\r\nContent-Length: 0\r\n\r\n");
                soon = "timeout=1";
            }
        })) {
            for (int connections : new int[] {1, 1, 2, 3}) {
                carry(server.url(), new byte[0], new Exchange());
                assertEquals(connections, server.connections());
            }
            assertEquals(0, plain.connections());
        }
    }

    /** A channel copies what it is given to outside of the heap, and keeps that memory for the next time. */
    @Test
    void aLongRequestTakesNoMemoryOfItsOwn() throws Exception {
        Path status = Path.of("/proc/self/status");
        assumeTrue(Files.exists(status), "Linux tells a process how much memory it has");
        byte[] body = new byte[48 << 20];
        try (RawServer server = new RawServer(talk -> {
            talk.hearLong(body.length);
            talk.say(OK + "Content-Length: 0\r\n\r\n");
        })) {
            long before = resident(status);
            carry(server.url(), body, new Exchange());
            long grown = resident(status) - before;
            assertTrue(grown < body.length / 2, "it grew by " + grown + " bytes");
        }
    }

    private static long resident(Path status) throws IOException {
        String line = Files.readAllLines(status).stream()
                .filter(text -> text.startsWith("VmRSS:"))
                .findFirst()
                .orElseThrow();
        return Long.parseLong(line.replaceAll("[^0-9]", "")) << 10;
    }
}
