package dev.drawbridge.mcp.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.drawbridge.mcp.HttpOptions;
import dev.drawbridge.mcp.RequestAuthorizer;
import dev.drawbridge.mcp.ScriptedServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Own authorities, client certificates and HTTP proxies (product 4). */
final class TlsAndProxyTest {
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    Path folder;

    private static HttpAnswer get(HttpClients clients, URI uri, HttpOptions options) throws BadTls {
        HttpLink link = new HttpLink(clients, uri, Map.of(), options, RequestAuthorizer.NONE);
        return link.send(
                new HttpAsk("GET", uri, Map.of(), Optional.empty(), "a test", Duration.ofSeconds(10)), new Exchange());
    }

    /** A key with its own certificate for this machine, in a store and as PEM. */
    private KeyStore identity(String name) throws Exception {
        Path file = folder.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-alias",
                        "k",
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "changeit",
                        "-keystore",
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.log").toFile())
                .start();
        assertTrue(keytool.waitFor(20, TimeUnit.SECONDS));
        KeyStore store = KeyStore.getInstance(file.toFile(), PASSWORD);
        pem(name + ".crt", "CERTIFICATE", store.getCertificate("k").getEncoded());
        pem(name + ".key", "PRIVATE KEY", store.getKey("k", PASSWORD).getEncoded());
        return store;
    }

    private void pem(String file, String kind, byte[] der) throws Exception {
        Files.writeString(
                folder.resolve(file),
                "-----BEGIN " + kind + "-----\n" + Base64.getMimeEncoder().encodeToString(der) + "\n-----END " + kind
                        + "-----\n");
    }

    @Test
    void trustsItsOwnAuthorityAndShowsItsCertificate() throws Exception {
        KeyStore serverIdentity = identity("server");
        KeyStore clientIdentity = identity("client");
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("client", clientIdentity.getCertificate("k"));
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(serverIdentity, PASSWORD);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters demanding = getSSLContext().getDefaultSSLParameters();
                demanding.setNeedClientAuth(true);
                parameters.setSSLParameters(demanding);
            }
        });
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        try (HttpClients clients = new HttpClients()) {
            URI uri = URI.create("https://127.0.0.1:" + server.getAddress().getPort() + "/");
            Optional<Path> ca = Optional.of(folder.resolve("server.crt"));
            Optional<Path> certificate = Optional.of(folder.resolve("client.crt"));
            Optional<Path> key = Optional.of(folder.resolve("client.key"));

            HttpAnswer.Failed stranger =
                    assertInstanceOf(HttpAnswer.Failed.class, get(clients, uri, HttpOptions.DEFAULT));
            assertEquals("mcp.tls", stranger.failure().code());
            assertInstanceOf(HttpAnswer.Failed.class, get(clients, uri, tls(ca, Optional.empty(), Optional.empty())));
            assertInstanceOf(HttpAnswer.Response.class, get(clients, uri, tls(ca, certificate, key)));
            assertInstanceOf(
                    HttpAnswer.Response.class,
                    get(clients, uri, tls(ca, Optional.of(folder.resolve("client.p12")), Optional.empty())));
        } finally {
            server.stop(0);
        }
    }

    private static HttpOptions tls(Optional<Path> ca, Optional<Path> certificate, Optional<Path> key) {
        return HttpOptions.DEFAULT.withTls(
                Optional.of(new HttpOptions.Tls(ca, certificate, key, Optional.of("changeit"))));
    }

    @Test
    void unusableCertificatesAreSaid() throws Exception {
        Path empty = Files.writeString(folder.resolve("empty.crt"), "nothing");
        try (HttpClients clients = new HttpClients()) {
            BadTls bad = assertThrows(
                    BadTls.class, () -> clients.client(tls(Optional.of(empty), Optional.empty(), Optional.empty())));
            assertTrue(String.valueOf(bad.getMessage()).contains("holds no certificate"));
        }
    }

    @Test
    void goesThroughTheProxyWithItsPassword() throws Exception {
        try (ScriptedServer proxy = new ScriptedServer(ask -> ask.send(200, "text/plain", "proxied"));
                HttpClients clients = new HttpClients()) {
            URI address = URI.create("http://user:pw@127.0.0.1:" + proxy.url().getPort());
            HttpOptions options = HttpOptions.DEFAULT.withProxy(
                    Optional.of(new HttpOptions.Proxy(address, List.of("direct.invalid"))));
            assertInstanceOf(HttpAnswer.Response.class, get(clients, URI.create("http://server.invalid/mcp"), options));
            ScriptedServer.Ask ask = proxy.asks().getFirst();
            assertEquals("http://server.invalid/mcp", ask.path());
            assertEquals("Basic dXNlcjpwdw==", ask.header("Proxy-Authorization"));
            assertInstanceOf(HttpAnswer.Failed.class, get(clients, URI.create("http://direct.invalid/"), options));
            assertEquals(1, proxy.asks().size());
            assertTrue(!options.toString().contains("pw@"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "*,http://a.example/,false",
        "example,http://a.example/,false",
        ".example,http://a.example/,false",
        "*.example,http://a.example/,false",
        "a.example:8080,http://a.example:8080/,false",
        "a.example:8080,http://a.example/,true",
        "a.example:443,https://a.example/,false",
        "xample,http://a.example/,true",
        "127.0.0.1,http://127.0.0.1:5/,false",
        "'',http://a.example/,true",
    })
    void exceptionsAreReachedDirectly(String entry, URI uri, boolean proxied) {
        ProxyRoute route = new ProxyRoute(
                Optional.of(new HttpOptions.Proxy(URI.create("http://proxy.invalid:3128"), List.of(entry))));
        assertEquals(proxied, route.isProxied(uri));
    }
}
