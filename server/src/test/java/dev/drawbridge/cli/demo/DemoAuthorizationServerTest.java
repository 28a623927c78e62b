package dev.drawbridge.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The demo's authorization server is small, but it must be one: every check that OAuth wants is there. */
final class DemoAuthorizationServerTest {
    private static final URI RESOURCE = URI.create("http://127.0.0.1:1/mcp");
    private static final String REDIRECT = "http://127.0.0.1:7777/callback";
    private static final String VERIFIER = "v".repeat(50);
    private static final Pattern TICKET = Pattern.compile("name=\"ticket\" value=\"([^\"]+)\"");

    private final AtomicLong now = new AtomicLong(1_000_000);
    private final DemoAuthorizationServer server = new DemoAuthorizationServer(() -> Instant.ofEpochSecond(now.get()));
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Map<String, String> request = new LinkedHashMap<>();

    @BeforeEach
    void register() throws Exception {
        JsonObject client = registration("Evil <script>alert(1)</script>", REDIRECT);
        request.putAll(Map.of(
                "response_type",
                "code",
                "client_id",
                client.get("client_id").getAsString(),
                "redirect_uri",
                REDIRECT,
                "state",
                "a state",
                "scope",
                DemoAuthorizationServer.SCOPE,
                "code_challenge",
                Tokens.challengeOf(VERIFIER),
                "code_challenge_method",
                "S256",
                "resource",
                RESOURCE.toString()));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void theMetadataNamesItsIssuerAndNothingElsewhere() throws Exception {
        JsonObject metadata = json(send(get("/.well-known/oauth-authorization-server")));
        assertEquals(server.issuer().toString(), metadata.get("issuer").getAsString());
        for (String endpoint : metadata.keySet()) {
            if (endpoint.endsWith("_endpoint")) {
                assertTrue(metadata.get(endpoint).getAsString().startsWith(server.issuer() + "/"), endpoint);
            }
        }
    }

    @Test
    void aSignInGivesTokensForItsResourceOnly() throws Exception {
        Map<String, String> answer = signIn();
        assertEquals("a state", answer.get("state"));
        assertEquals(server.issuer().toString(), answer.get("iss"));
        JsonObject tokens = json(redeem(answer));
        String access = tokens.get("access_token").getAsString();
        assertEquals("Ada", server.check(access, RESOURCE).orElseThrow().login());
        assertTrue(server.check(access, URI.create("http://127.0.0.1:2/mcp")).isEmpty());
        assertTrue(server.check("guess", RESOURCE).isEmpty());
        now.addAndGet(DemoGrants.ACCESS_TOKEN_TTL.toSeconds());
        assertTrue(server.check(access, RESOURCE).isEmpty(), "the token has expired");
    }

    @Test
    void aCodeWorksOnceAndASecondTryVoidsItsTokens() throws Exception {
        Map<String, String> answer = signIn();
        String access = json(redeem(answer)).get("access_token").getAsString();
        assertEquals("invalid_grant", error(redeem(answer)));
        assertTrue(server.check(access, RESOURCE).isEmpty());
    }

    @Test
    void refreshTokensRotateAndAReusedOneVoidsTheSignIn() throws Exception {
        JsonObject first = json(redeem(signIn()));
        JsonObject second = json(refresh(first));
        assertEquals("invalid_grant", error(refresh(first)));
        assertEquals("invalid_grant", error(refresh(second)));
        assertTrue(
                server.check(second.get("access_token").getAsString(), RESOURCE).isEmpty());
    }

    @Test
    void revocationEndsIt() throws Exception {
        JsonObject tokens = json(redeem(signIn()));
        send(post("/revoke", Map.of("token", tokens.get("refresh_token").getAsString())));
        assertTrue(
                server.check(tokens.get("access_token").getAsString(), RESOURCE).isEmpty());
        assertEquals("invalid_grant", error(refresh(tokens)));
    }

    @Test
    void anotherVerifierRedirectOrClientGetsNothing() throws Exception {
        for (Map<String, String> wrong : List.of(
                Map.of("code_verifier", "w".repeat(50)),
                Map.of("redirect_uri", "http://127.0.0.1:7778/callback"),
                Map.of(
                        "client_id",
                        registration("other", REDIRECT).get("client_id").getAsString()))) {
            Map<String, String> form = tokenRequest(signIn());
            form.putAll(wrong);
            assertEquals("invalid_grant", error(send(post("/token", form))), wrong.toString());
        }
    }

    @Test
    void unknownClientsAndRedirectsAreNeverRedirectedTo() throws Exception {
        for (Map<String, String> wrong : List.of(
                Map.of("client_id", "unknown"),
                Map.of("redirect_uri", "http://127.0.0.1:7777/other"),
                Map.of("redirect_uri", "https://evil.example/callback"))) {
            Map<String, String> query = new LinkedHashMap<>(request);
            query.putAll(wrong);
            HttpResponse<String> answer = send(get("/authorize?" + form(query)));
            assertEquals(400, answer.statusCode(), wrong.toString());
            assertTrue(answer.headers().firstValue("Location").isEmpty());
        }
        assertEquals("invalid_redirect_uri", error(send(registrationRequest("x", "https://evil.example/callback"))));
    }

    @Test
    void whatIsMissingIsToldToTheClient() throws Exception {
        for (String missing : List.of("code_challenge", "response_type", "resource")) {
            Map<String, String> query = new LinkedHashMap<>(request);
            query.remove(missing);
            String location = send(get("/authorize?" + form(query)))
                    .headers()
                    .firstValue("Location")
                    .orElseThrow();
            assertTrue(location.contains("error="), location);
            assertTrue(location.contains("state=a+state"), location);
        }
    }

    @Test
    void thePageShowsMarkupAsTextAndDecidesOnce() throws Exception {
        request.put("login_hint", "\"><img src=x onerror=alert(1)> {ticket}");
        String page = send(get("/authorize?" + form(request))).body();
        assertFalse(page.contains("<script"), page);
        assertFalse(page.contains("<img"), page);
        Matcher ticket = TICKET.matcher(page);
        assertTrue(ticket.find(), page);
        Map<String, String> deny = Map.of("ticket", ticket.group(1), "decision", "deny");
        String location =
                send(post("/decision", deny)).headers().firstValue("Location").orElseThrow();
        assertTrue(location.contains("error=access_denied"), location);
        assertEquals(400, send(post("/decision", deny)).statusCode());
    }

    private Map<String, String> signIn() throws Exception {
        Matcher ticket = TICKET.matcher(send(get("/authorize?" + form(request))).body());
        assertTrue(ticket.find());
        HttpResponse<String> decided =
                send(post("/decision", Map.of("ticket", ticket.group(1), "login", "Ada", "decision", "allow")));
        URI location = URI.create(decided.headers().firstValue("Location").orElseThrow());
        return HttpExchanges.parameters(location.getRawQuery());
    }

    private Map<String, String> tokenRequest(Map<String, String> answer) {
        return new LinkedHashMap<>(Map.of(
                "grant_type",
                "authorization_code",
                "code",
                answer.getOrDefault("code", ""),
                "redirect_uri",
                REDIRECT,
                "client_id",
                request.getOrDefault("client_id", ""),
                "code_verifier",
                VERIFIER,
                "resource",
                RESOURCE.toString()));
    }

    private HttpResponse<String> redeem(Map<String, String> answer) throws Exception {
        return send(post("/token", tokenRequest(answer)));
    }

    private HttpResponse<String> refresh(JsonObject tokens) throws Exception {
        return send(post(
                "/token",
                Map.of(
                        "grant_type", "refresh_token",
                        "refresh_token", tokens.get("refresh_token").getAsString(),
                        "client_id", request.getOrDefault("client_id", ""))));
    }

    private JsonObject registration(String name, String redirect) throws Exception {
        return json(send(registrationRequest(name, redirect)));
    }

    private HttpRequest registrationRequest(String name, String redirect) {
        JsonObject client = new JsonObject();
        client.addProperty("client_name", name);
        client.add("redirect_uris", DemoClients.array(List.of(redirect)));
        return HttpRequest.newBuilder(server.issuer().resolve("/register"))
                .POST(HttpRequest.BodyPublishers.ofString(client.toString()))
                .build();
    }

    private HttpRequest get(String path) {
        return HttpRequest.newBuilder(server.issuer().resolve(path)).build();
    }

    private HttpRequest post(String path, Map<String, String> parameters) {
        return HttpRequest.newBuilder(server.issuer().resolve(path))
                .POST(HttpRequest.BodyPublishers.ofString(form(parameters)))
                .build();
    }

    private HttpResponse<String> send(HttpRequest asked) throws Exception {
        return http.send(asked, HttpResponse.BodyHandlers.ofString());
    }

    private static JsonObject json(HttpResponse<String> response) {
        return JsonParser.parseString(response.body()).getAsJsonObject();
    }

    private static String error(HttpResponse<String> response) {
        assertEquals(400, response.statusCode(), response.body());
        return json(response).get("error").getAsString();
    }

    private static String form(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
