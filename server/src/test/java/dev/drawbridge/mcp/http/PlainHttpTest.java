package dev.drawbridge.mcp.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drawbridge.mcp.HttpOptions;
import dev.drawbridge.mcp.RequestAuthorizer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
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

/** HTTP/1.1 as local servers speak it: well, in odd pieces, and badly. */
@Timeout(30)
final class PlainHttpTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
    private static final Duration LONG = Duration.ofSeconds(20);

    private final HttpClients clients = new HttpClients();

    @AfterEach
    void close() {
        clients.close();
    }

    private HttpAnswer ask(URI uri, byte[] body, Exchange exchange, Duration headersWithin) {
        HttpLink link = new HttpLink(clients, uri, Map.of("X-Own", "1"), HttpOptions.DEFAULT, RequestAuthorizer.NONE);
        return link.send(new HttpAsk("POST", uri, Map.of(), Optional.of(body), "a test", headersWithin), exchange);
    }

    private HttpAnswer ask(URI uri) {
        return ask(uri, "hello".getBytes(StandardCharsets.UTF_8), new Exchange(), LONG);
    }

    private static String text(HttpAnswer answer) throws IOException {
        HttpAnswer.Response response = assertInstanceOf(HttpAnswer.Response.class, answer);
        return new String(Bodies.read(response.body(), 1 << 20), StandardCharsets.UTF_8);
    }

    @Test
    void aRequestIsWrittenAsTheStandardHasItAndItsConnectionServesTheNext() throws Exception {
        CompletableFuture<String> heard = new CompletableFuture<>();
        try (RawServer server = new RawServer(talk -> {
            while (true) {
                heard.complete(talk.hear());
                talk.say(OK + "Content-Length: 2\r\n\r\n{}");
            }
        })) {
            for (int i = 0; i < 3; i++) {
                assertEquals("{}", text(ask(server.url())));
            }
            String request = heard.get(5, TimeUnit.SECONDS);
            String authority = server.url().getRawAuthority();
            assertTrue(request.startsWith("POST /mcp?a=b HTTP/1.1\r\nHost: " + authority + "\r\n"), request);
            assertTrue(request.contains("X-Own: 1\r\n") && request.endsWith("Content-Length: 5\r\n\r\nhello"), request);
            assertEquals(1, server.connections());
        }
    }

    /** Chunks with extensions and trailers, cut anywhere; what a body is made of is not the reader's business. */
    @Test
    void aBodyInChunksArrivesWhole() throws Exception {
        String answer = OK
                + "Transfer-Encoding: chunked\r\n\r\n"
                + "5;x=y\r\n"
                + "hello\r\n"
                + "1\r\n"
                + " \r\n"
                + "00A\r\n"
                + "world 1234\r\n"
                + "0\r\n"
                + "A: b\r\n\r\n";
        try (RawServer server = new RawServer(talk -> {
            while (true) {
                talk.hear();
                for (int i = 0; i < answer.length(); i++) {
                    talk.say(answer.substring(i, i + 1));
                }
            }
        })) {
            assertEquals("hello world 1234", text(ask(server.url())));
            assertEquals("hello world 1234", text(ask(server.url())));
            assertEquals(1, server.connections());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\n\r\nuntil the end",
                "HTTP/1.0 200 OK\r\nContent-Length: 13\r\n\r\nuntil the end",
                "HTTP/1.1 200\r\nConnection: close\r\nContent-Length: 13\r\n\r\nuntil the end",
                "HTTP/1.1 103 Early Hints\r\n"
                        + "Link: </x>\r\n\r\n"
                        + "HTTP/1.1 200 OK\n"
                        + "Content-Length: 13\n"
                        + "Connection: close\n\n"
                        + "until the end"
            })
    void aConnectionThatEndsWithItsAnswerIsNotUsedAgain(String answer) throws Exception {
        try (RawServer server = new RawServer(talk -> {
            talk.hear();
            talk.say(answer);
        })) {
            assertEquals("until the end", text(ask(server.url())));
            assertEquals("until the end", text(ask(server.url())));
            assertEquals(2, server.connections());
        }
    }

    /** A server may close a connection that nobody uses, which harms no request. */
    @Test
    void anIdleConnectionThatTheServerClosedIsReplaced() throws Exception {
        try (RawServer server = new RawServer(talk -> {
            talk.hear();
            talk.say(OK + "Content-Length: 2\r\n\r\n{}");
        })) {
            for (int i = 1; i <= 3; i++) {
                assertEquals("{}", text(ask(server.url())));
                int before = i;
                assertEquals(2 * before - 1, server.connections(), "with those of the test itself");
                // The end of the connection has to have arrived here, which takes a moment even on one machine.
                awaitClosedByServer(server);
            }
        }
    }

    private void awaitClosedByServer(RawServer server) throws Exception {
        // A connection made now and closed at once by the same server tells that the earlier one's end is on its way.
        try (Socket probe = new Socket("127.0.0.1", server.url().getPort())) {
            probe.setSoTimeout(5_000);
            probe.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
            probe.getInputStream().readAllBytes();
        }
    }

    @Test
    void noAnswerInTimeIsATimeout() throws Exception {
        try (RawServer server = new RawServer(RawServer.Talk::hearTheEnd)) {
            HttpAnswer answer = ask(server.url(), new byte[0], new Exchange(), Duration.ofMillis(200));
            assertEquals(
                    "mcp.timeout",
                    assertInstanceOf(HttpAnswer.Failed.class, answer).failure().code());
        }
    }

    @Test
    void anExchangeIsGivenUpWhateverItIsDoing() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch hungUp = new CountDownLatch(2);
        try (RawServer server = new RawServer(talk -> {
            talk.hear();
            if (talk.number() == 2) {
                talk.say(OK + "Content-Length: 10\r\n\r\nhalf");
            }
            asked.countDown();
            talk.hearTheEnd();
            hungUp.countDown();
        })) {
            Exchange waiting = new Exchange();
            CompletableFuture<HttpAnswer> answer =
                    CompletableFuture.supplyAsync(() -> ask(server.url(), new byte[0], waiting, LONG));
            assertTrue(asked.await(5, TimeUnit.SECONDS));
            waiting.abort();
            assertInstanceOf(HttpAnswer.Aborted.class, answer.get(5, TimeUnit.SECONDS));

            Exchange reading = new Exchange();
            HttpAnswer.Response half =
                    assertInstanceOf(HttpAnswer.Response.class, ask(server.url(), new byte[0], reading, LONG));
            assertEquals("half", new String(half.body().readNBytes(4), StandardCharsets.UTF_8));
            reading.abort();
            assertThrows(IOException.class, () -> half.body().read());
            assertTrue(hungUp.await(5, TimeUnit.SECONDS), "the server learns of both");
        }
    }

    /** The connection belongs to the next exchange by then. */
    @Test
    void givingUpAnExchangeThatHasEndedHarmsNobody() throws Exception {
        CountDownLatch more = new CountDownLatch(1);
        try (RawServer server = new RawServer(talk -> {
            talk.hear();
            talk.say(OK + "Content-Length: 2\r\n\r\n{}");
            talk.hear();
            talk.say(OK + "Content-Length: 4\r\n\r\n{ ");
            more.await();
            talk.say(" }");
        })) {
            Exchange first = new Exchange();
            assertEquals("{}", text(ask(server.url(), new byte[0], first, LONG)));
            HttpAnswer second = ask(server.url());
            first.abort();
            more.countDown();
            assertEquals("{  }", text(second));
            assertEquals(1, server.connections());
        }
    }

    @Test
    void whatIsLeftUnreadStandsInNobodysWay() throws Exception {
        try (RawServer server = new RawServer(talk -> {
            talk.hear();
            talk.say(OK + "Content-Length: 1000000\r\n\r\n" + "x".repeat(100_000));
            talk.hearTheEnd();
        })) {
            for (int i = 1; i <= 2; i++) {
                HttpAnswer.Response response = assertInstanceOf(HttpAnswer.Response.class, ask(server.url()));
                assertEquals('x', response.body().read());
                response.body().close();
                assertEquals(i, server.connections());
            }
        }
    }

    /** A server that refuses a request need not read it first; it waits to be heard, and so would we. */
    @Test
    void aLongRequestCanBeRefusedBeforeItIsRead() throws Exception {
        try (RawServer server = new RawServer(talk -> {
            talk.say("HTTP/1.1 413 Content Too Large\r\nContent-Length: 0\r\n\r\n");
            Thread.sleep(Duration.ofSeconds(20));
        })) {
            HttpAnswer answer = ask(server.url(), new byte[32 << 20], new Exchange(), LONG);
            assertEquals(
                    413, assertInstanceOf(HttpAnswer.Response.class, answer).status());
        }
    }

    @Test
    void aLongRequestArrivesWhole() throws Exception {
        byte[] body = "0123456789".repeat(300_000).getBytes(StandardCharsets.ISO_8859_1);
        CompletableFuture<String> heard = new CompletableFuture<>();
        try (RawServer server = new RawServer(talk -> {
            heard.complete(talk.hear());
            talk.say(OK + "Content-Length: 2\r\n\r\n{}");
        })) {
            assertEquals("{}", text(ask(server.url(), body, new Exchange(), LONG)));
            assertTrue(heard.get(10, TimeUnit.SECONDS)
                    .endsWith("\r\n\r\n" + new String(body, StandardCharsets.ISO_8859_1)));
        }
    }

    static final List<String> MALFORMED = List.of(
            "SSH-2.0-OpenSSH_9.2\r\n\r\n",
            "HTTP/1.1 abc OK\r\n\r\n",
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n",
            OK + "no colon here\r\n\r\n",
            OK + ": no name\r\n\r\n",
            OK + "Content-Length: 1\r\nContent-Length: 2\r\n\r\n{}",
            OK + "Content-Length: -1\r\n\r\n{}",
            OK + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
            OK + "X-Long: " + "x".repeat(70_000) + "\r\n\r\n",
            "");

    @Test
    void whatIsNoHttpIsAFailureAndNoWait() throws Exception {
        for (String answer : MALFORMED) {
            try (RawServer server = new RawServer(talk -> {
                talk.hear();
                talk.say(answer);
            })) {
                assertInstanceOf(HttpAnswer.Failed.class, ask(server.url()), answer);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 10\r\n\r\nshort",
                "Transfer-Encoding: chunked\r\n\r\n5\r\nhel",
                "Transfer-Encoding: chunked\r\n\r\n5\r\nhellomore\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n-5\r\nhello\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"
            })
    void aBodyThatIsCutOffIsNotTakenForWhole(String answer) throws Exception {
        try (RawServer server = new RawServer(talk -> {
            talk.hear();
            talk.say(OK + answer);
        })) {
            HttpAnswer.Response response = assertInstanceOf(HttpAnswer.Response.class, ask(server.url()));
            assertThrows(IOException.class, () -> Bodies.read(response.body(), 1 << 20));
        }
    }

    @Test
    void nobodyThereIsSaidInWords() throws Exception {
        URI gone;
        try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            gone = URI.create("http://127.0.0.1:" + any.getLocalPort() + "/mcp");
        }
        HttpAnswer.Failed failed = assertInstanceOf(HttpAnswer.Failed.class, ask(gone));
        assertTrue(
                failed.failure().message().contains("refused"), failed.failure().message());
    }
}
