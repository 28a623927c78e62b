package dev.drawbridge.mcp.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpServer;
import dev.drawbridge.mcp.HttpOptions;
import dev.drawbridge.mcp.RequestAuthorizer;
import dev.drawbridge.testkit.TestNames;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Only IPv4 addresses of a host: a server with an address of either kind, asked by the names of {@link TestNames}. Each
 * test has names of its own, for the JVM remembers what it has looked up.
 */
final class Ipv4Test {
    private static final String SIX = "0:0:0:0:0:0:0:1";
    private static final String FOUR = "127.0.0.1";
    private static final HttpOptions ONLY_IPV4 = HttpOptions.DEFAULT.withIpv4(true);

    private final HttpClients clients = new HttpClients();
    private HttpServer four;
    private HttpServer six;

    @BeforeEach
    void serve() throws IOException {
        four = serve("127.0.0.1", 0);
        six = serve("::1", four.getAddress().getPort());
    }

    @AfterEach
    void end() {
        clients.close();
        four.stop(0);
        six.stop(0);
    }

    /** Says by which of its addresses it was reached. */
    private static HttpServer serve(String address, int port) throws IOException {
        InetAddress at = InetAddress.getByName(address);
        HttpServer server = HttpServer.create(new InetSocketAddress(at, port), 0);
        server.createContext("/", exchange -> {
            byte[] body = at.getHostAddress().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.createContext("/elsewhere", exchange -> {
            exchange.getResponseHeaders()
                    .set("Location", exchange.getRequestURI().getQuery());
            exchange.sendResponseHeaders(307, -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    private URI at(String host, String path) {
        return URI.create("http://" + host + ":" + four.getAddress().getPort() + path);
    }

    private String get(URI uri, HttpOptions options) throws IOException {
        HttpLink link = new HttpLink(clients, uri, Map.of(), options, RequestAuthorizer.NONE);
        HttpAsk ask = new HttpAsk("GET", uri, Map.of(), Optional.empty(), "a test", Duration.ofSeconds(10));
        return switch (link.send(ask, new Exchange())) {
            case HttpAnswer.Response response -> new String(Bodies.read(response.body(), 100), StandardCharsets.UTF_8);
            case HttpAnswer.Failed(var failure) -> failure.code();
            case HttpAnswer.Unauthorized unauthorized -> unauthorized.toString();
            case HttpAnswer.Aborted aborted -> aborted.toString();
        };
    }

    @Test
    void otherwiseTheSystemsFirstAddressIsUsed() throws Exception {
        assertEquals(SIX, get(at("plain.both.test", "/"), HttpOptions.DEFAULT));
        assertEquals(SIX, get(at("plain.six.test", "/"), HttpOptions.DEFAULT));
    }

    @Test
    void onlyIpv4AddressesOfTheHostAreUsed() throws Exception {
        assertEquals(FOUR, get(at("Mcp.both.test", "/"), ONLY_IPV4));
        assertEquals("mcp.unreachable", get(at("mcp.six.test", "/"), ONLY_IPV4));
        assertEquals(SIX, get(at("other.both.test", "/"), HttpOptions.DEFAULT));
    }

    @Test
    void itHoldsWhereTheServerRedirectsTo() throws Exception {
        URI target = at("target.both.test", "/");
        assertEquals(FOUR, get(at("127.0.0.1", "/elsewhere?" + target), ONLY_IPV4));
    }

    /** The client that a sign-in on the server's behalf uses is the same. */
    @Test
    void itHoldsForTheRequestsOfASignIn() throws Exception {
        HttpRequest metadata =
                HttpRequest.newBuilder(at("idp.both.test", "/.well-known/x")).build();
        assertEquals(
                FOUR,
                clients.client(ONLY_IPV4)
                        .sendAsync(metadata, HttpResponse.BodyHandlers.ofString())
                        .join()
                        .body());
    }
}
