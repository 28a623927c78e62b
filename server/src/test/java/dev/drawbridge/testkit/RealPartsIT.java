package dev.drawbridge.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The test kit itself, so that a test which fails with it has found something in Drawbridge and not here. */
@ExtendWith(Conversation.class)
final class RealPartsIT {
    private static final String VERIFIER = "a-verifier-that-is-long-enough-for-the-specification-0123456789";
    private static final String CHALLENGE = "sgRvcST7I5MfIiqm1a0Cx3OQ5DvCN8vfyu3DiJI6P7w";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @Test
    void aPersonSignsInAndTheServerCountsEverything() throws Exception {
        BlockingQueue<String> callbacks = new ArrayBlockingQueue<>(4);
        HttpServer callback = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        callback.createContext("/callback", exchange -> {
            callbacks.add(exchange.getRequestURI().getRawQuery());
            byte[] page = "Thank you".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        callback.start();
        String redirect = "http://127.0.0.1:" + callback.getAddress().getPort() + "/callback";
        try (OidcProvider issuer = new OidcProvider();
                ProtectedMcpServer server = new ProtectedMcpServer(issuer);
                Browser browser = new Browser()) {
            assertEquals(401, initialize(server.url(), ""));
            JsonObject client = register(issuer, redirect);
            String clientId = client.get("client_id").getAsString();
            Browser.Visit visit = browser.visit(
                    URI.create(issuer.issuer() + "/auth?"
                            + form(Map.of(
                                    "client_id",
                                    clientId,
                                    "response_type",
                                    "code",
                                    "redirect_uri",
                                    redirect,
                                    "code_challenge",
                                    CHALLENGE,
                                    "code_challenge_method",
                                    "S256",
                                    "scope",
                                    "mcp:tools",
                                    "state",
                                    "s",
                                    "resource",
                                    server.url().toString()))),
                    "alice");
            assertEquals("Thank you", visit.text());
            assertTrue(visit.navigations() >= 3, visit::toString);
            String query = callbacks.poll(10, TimeUnit.SECONDS);
            assertTrue(query != null && query.contains("iss="), query);

            JsonObject tokens = token(
                    issuer,
                    Map.of(
                            "grant_type", "authorization_code",
                            "code", query.replaceAll(".*code=([^&]*).*", "$1"),
                            "redirect_uri", redirect,
                            "client_id", clientId,
                            "code_verifier", VERIFIER));
            String access = tokens.get("access_token").getAsString();
            assertEquals(200, initialize(server.url(), access));
            server.dropTokens();
            assertEquals(401, initialize(server.url(), access));

            Map<String, String> refresh = Map.of(
                    "grant_type",
                    "refresh_token",
                    "refresh_token",
                    tokens.get("refresh_token").getAsString(),
                    "client_id",
                    clientId);
            assertEquals(
                    200,
                    initialize(
                            server.url(),
                            token(issuer, refresh).get("access_token").getAsString()));
            assertEquals("invalid_grant", token(issuer, refresh).get("error").getAsString());

            assertEquals(1, issuer.authorizeRequests());
            assertEquals(1, issuer.registrations());
            assertEquals(1, issuer.tokens("authorization_code"));
            assertEquals(1, issuer.tokens("refresh_token"));
            assertEquals(1, issuer.refreshTokensReused());
            assertEquals(2, server.initializes());
            assertEquals(2, server.unauthorized());
            assertEquals(4, server.requests());
        } finally {
            callback.stop(0);
        }
    }

    @Test
    void faultsStrikeAsOrdered() throws Exception {
        try (OidcProvider issuer = new OidcProvider()) {
            issuer.order(Fault.status("/token", 1, 503, "{}"));
            HttpRequest request = post(URI.create(issuer.issuer() + "/token"), Map.of("grant_type", "x"));
            assertEquals(
                    503,
                    HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode());
            assertEquals(
                    400,
                    HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode());
        }
    }

    @Test
    void theOtherServersListenOnLoopback() throws Exception {
        try (EverythingServer everything = new EverythingServer();
                SdkExampleOAuthServer example = new SdkExampleOAuthServer()) {
            assertEquals(200, initialize(everything.url(), ""));
            assertEquals(401, initialize(example.url(), ""));
        }
    }

    private static int initialize(URI server, String token) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(server);
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        request.header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .POST(HttpRequest.BodyPublishers.ofString("""
                    {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25",
                    "capabilities":{},"clientInfo":{"name":"test","version":"1"}}}\
                    """));
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static JsonObject register(OidcProvider issuer, String redirect) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(issuer.issuer() + "/reg"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"redirect_uris\":[\"" + redirect + "\"],\"application_type\":\"native\"}"))
                .build();
        return json(request);
    }

    private static JsonObject token(OidcProvider issuer, Map<String, String> parameters) throws Exception {
        return json(post(URI.create(issuer.issuer() + "/token"), parameters));
    }

    private static JsonObject json(HttpRequest request) throws Exception {
        return JsonParser.parseString(
                        HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body())
                .getAsJsonObject();
    }

    private static HttpRequest post(URI address, Map<String, String> parameters) {
        return HttpRequest.newBuilder(address)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form(parameters)))
                .build();
    }

    private static String form(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
