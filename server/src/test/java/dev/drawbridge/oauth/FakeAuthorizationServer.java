package dev.drawbridge.oauth;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * A protected resource and its authorization server on loopback, with rotating refresh tokens that notice reuse, and with
 * faults a test switches on. It keeps the conversation, which {@link #toString} prints.
 */
final class FakeAuthorizationServer implements AutoCloseable {
    /** One request as it came in. */
    record Seen(String path, Map<String, String> parameters, String authorization, String body, String proof) {}

    private record Code(Map<String, String> request) {}

    final Set<String> acceptedAccessTokens = new HashSet<>();
    final List<Seen> seen = new ArrayList<>();
    final Map<String, JsonObject> clients = new LinkedHashMap<>();
    private final Map<String, Code> codes = new HashMap<>();
    private final Map<String, Boolean> refreshTokens = new HashMap<>();
    private final HttpServer http;
    private int counter;

    // Faults and features, read for each request.
    volatile boolean resourceMetadata = true;
    volatile boolean serverMetadata = true;
    volatile boolean registration = true;
    volatile boolean sendIss = true;
    volatile String issuerInMetadata = "";
    volatile List<String> authorizationServers = List.of();
    volatile String resource = "";
    volatile List<String> resourceScopes = List.of();
    volatile List<String> serverScopes = List.of();
    volatile List<String> authMethods = List.of("none", "client_secret_basic", "client_secret_post");
    volatile List<String> challengeMethods = List.of("S256");
    volatile boolean clientMetadataDocuments;
    volatile boolean device;
    volatile String authorizationEndpoint = "";
    volatile String redirectMetadataTo = "";
    volatile int metadataStatus = 200;
    volatile int padding;
    volatile List<String> deviceErrors = new ArrayList<>();
    volatile int tokenStatus = 200;
    volatile String tokenError = "";
    volatile String tokenBody = "";
    volatile CountDownLatch tokenGate = new CountDownLatch(0);
    volatile long lifetime = 3600;
    volatile String idJag = "";
    volatile boolean bindsTokens = true;
    volatile boolean unaskedBinding;
    volatile boolean dpopRequired;
    volatile List<String> resourceDpop = List.of();
    volatile List<String> serverDpop = List.of();
    volatile String tokenNonce = "";
    volatile String nonceGiven = "";
    private boolean proven;
    volatile String exchangedType = "urn:ietf:params:oauth:token-type:id-jag";
    volatile Supplier<String> idToken = () -> "";
    final AtomicInteger reuses = new AtomicInteger();

    FakeAuthorizationServer() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 100);
        http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        http.createContext("/", this::handle);
        http.start();
    }

    String origin() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    URI mcp() {
        return URI.create(origin() + "/mcp");
    }

    synchronized List<Seen> to(String path) {
        return seen.stream().filter(request -> request.path().equals(path)).toList();
    }

    synchronized long refreshes() {
        return to("/token").stream()
                .filter(request -> "refresh_token".equals(request.parameters().get("grant_type")))
                .count();
    }

    synchronized void revokeEverything() {
        refreshTokens.clear();
        acceptedAccessTokens.clear();
    }

    /** Does what a person and their browser do: opens the page, agrees, and gives where the browser is sent. */
    synchronized URI signIn(URI authorizationUrl) {
        Map<String, String> request = parse(authorizationUrl.getRawQuery());
        seen.add(new Seen("/authorize", request, "", "", ""));
        String code = "code-" + ++counter;
        codes.put(code, new Code(request));
        return URI.create(request.getOrDefault("redirect_uri", "") + "?code=" + code + "&state="
                + encode(request.getOrDefault("state", "")) + (sendIss ? "&iss=" + encode(origin()) : ""));
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String path = exchange.getRequestURI().getPath();
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        String proof = String.join(", ", exchange.getRequestHeaders().getOrDefault("DPoP", List.of()));
        Map<String, String> parameters = body.startsWith("{") ? Map.of() : parse(body);
        synchronized (this) {
            seen.add(new Seen(path, parameters, authorization == null ? "" : authorization, body, proof));
        }
        if (path.equals("/token")) {
            try {
                tokenGate.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        Reply reply;
        synchronized (this) {
            reply = proofRefused(path, proof)
                    .orElseGet(() -> reply(path, parameters, authorization == null ? "" : authorization, body));
        }
        if (path.equals("/token") && !tokenNonce.isEmpty()) {
            exchange.getResponseHeaders().set("DPoP-Nonce", nonceGiven.isEmpty() ? tokenNonce : nonceGiven + ++counter);
        }
        if (reply.status() / 100 == 3) {
            exchange.getResponseHeaders().set("Location", reply.body());
        }
        byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    private record Reply(int status, String body) {}

    /** What a server says that binds tokens to keys and wants a nonce in the proof. */
    private Optional<Reply> proofRefused(String path, String proof) {
        proven = !proof.isEmpty();
        if (!path.equals("/token") || tokenNonce.isEmpty()) {
            return Optional.empty();
        }
        boolean good = proven
                && new String(Base64.getUrlDecoder().decode(proof.split("\\.")[1]), StandardCharsets.UTF_8)
                        .contains("\"nonce\":\"" + tokenNonce + "\"");
        return good ? Optional.empty() : Optional.of(error("use_dpop_nonce"));
    }

    private Reply reply(String path, Map<String, String> parameters, String authorization, String body) {
        if (path.startsWith("/.well-known/") && metadataStatus != 200) {
            return new Reply(metadataStatus, "");
        }
        if (path.equals("/.well-known/oauth-authorization-server") && !redirectMetadataTo.isEmpty()) {
            return new Reply(302, redirectMetadataTo);
        }
        return switch (path) {
            case "/.well-known/oauth-protected-resource/mcp" ->
                resourceMetadata ? new Reply(200, resourceDocument().toString()) : new Reply(404, "");
            case "/.well-known/oauth-authorization-server" ->
                serverMetadata ? new Reply(200, serverDocument().toString()) : new Reply(404, "");
            case "/register" -> register(body);
            case "/token" -> token(parameters, authorization);
            case "/device" -> device();
            case "/revoke" -> revoke(parameters);
            default -> new Reply(404, "");
        };
    }

    private JsonObject resourceDocument() {
        JsonObject document = new JsonObject();
        document.addProperty("resource", resource.isEmpty() ? mcp().toString() : resource);
        document.add(
                "authorization_servers",
                array(authorizationServers.isEmpty() ? List.of(origin()) : authorizationServers));
        if (dpopRequired) {
            document.addProperty("dpop_bound_access_tokens_required", true);
        }
        if (!resourceDpop.isEmpty()) {
            document.add("dpop_signing_alg_values_supported", array(resourceDpop));
        }
        if (!resourceScopes.isEmpty()) {
            document.add("scopes_supported", array(resourceScopes));
        }
        return document;
    }

    private JsonObject serverDocument() {
        JsonObject document = new JsonObject();
        document.addProperty("issuer", issuerInMetadata.isEmpty() ? origin() : issuerInMetadata);
        document.addProperty(
                "authorization_endpoint",
                authorizationEndpoint.isEmpty() ? origin() + "/authorize" : authorizationEndpoint);
        document.addProperty("padding", "x".repeat(padding));
        document.addProperty("token_endpoint", origin() + "/token");
        document.addProperty("revocation_endpoint", origin() + "/revoke");
        if (registration) {
            document.addProperty("registration_endpoint", origin() + "/register");
        }
        if (device) {
            document.addProperty("device_authorization_endpoint", origin() + "/device");
        }
        if (!serverDpop.isEmpty()) {
            document.add("dpop_signing_alg_values_supported", array(serverDpop));
        }
        if (!serverScopes.isEmpty()) {
            document.add("scopes_supported", array(serverScopes));
        }
        document.add("token_endpoint_auth_methods_supported", array(authMethods));
        if (!challengeMethods.isEmpty()) {
            document.add("code_challenge_methods_supported", array(challengeMethods));
        }
        document.addProperty("authorization_response_iss_parameter_supported", sendIss);
        document.addProperty("client_id_metadata_document_supported", clientMetadataDocuments);
        return document;
    }

    private Reply register(String body) {
        JsonObject client = Json.object(body).orElseThrow();
        String id = "client-" + ++counter;
        client.addProperty("client_id", id);
        if (!"none".equals(client.get("token_endpoint_auth_method").getAsString())) {
            client.addProperty("client_secret", "registered-secret-" + counter);
        }
        clients.put(id, client);
        return new Reply(201, client.toString());
    }

    private Reply token(Map<String, String> parameters, String authorization) {
        if (!tokenBody.isEmpty()) {
            return new Reply(tokenStatus, tokenBody);
        }
        if (tokenStatus != 200) {
            return new Reply(tokenStatus, "");
        }
        if (!tokenError.isEmpty()) {
            return error(tokenError);
        }
        if (!parameters.containsKey("client_id")
                && authorization.isEmpty()
                && !parameters.containsKey("client_assertion")
                && !parameters.containsKey("assertion")) {
            return error("invalid_client");
        }
        String clientId = parameters.getOrDefault("client_id", "");
        if (clientId.startsWith("client-") && !clients.containsKey(clientId)) {
            return error("invalid_client");
        }
        return switch (parameters.getOrDefault("grant_type", "")) {
            case "authorization_code" -> redeem(parameters);
            case "refresh_token" -> refresh(parameters);
            case "client_credentials", "urn:ietf:params:oauth:grant-type:jwt-bearer" -> granted(false);
            case "urn:ietf:params:oauth:grant-type:token-exchange" -> exchanged();
            case "urn:ietf:params:oauth:grant-type:device_code" ->
                deviceErrors.isEmpty() ? granted(true) : error(deviceErrors.removeFirst());
            default -> error("unsupported_grant_type");
        };
    }

    private Reply redeem(Map<String, String> parameters) {
        Code code = codes.remove(parameters.get("code"));
        boolean good = code != null
                && Pkce.challenge(new Secret(parameters.getOrDefault("code_verifier", "")))
                        .equals(code.request().get("code_challenge"))
                && code.request().getOrDefault("redirect_uri", "").equals(parameters.get("redirect_uri"))
                && java.util.Objects.equals(code.request().get("resource"), parameters.get("resource"));
        return good ? granted(true) : error("invalid_grant");
    }

    private Reply refresh(Map<String, String> parameters) {
        String token = parameters.get("refresh_token");
        Boolean fresh = refreshTokens.get(token);
        if (fresh == null) {
            return error("invalid_grant");
        }
        if (!fresh) {
            reuses.incrementAndGet();
            refreshTokens.clear();
            return error("invalid_grant");
        }
        refreshTokens.put(token, false);
        return granted(true);
    }

    private Reply granted(boolean withRefresh) {
        JsonObject tokens = new JsonObject();
        String access = "access-" + ++counter;
        acceptedAccessTokens.add(access);
        tokens.addProperty("access_token", access);
        tokens.addProperty("token_type", bindsTokens && proven || unaskedBinding ? "DPoP" : "Bearer");
        tokens.addProperty("expires_in", lifetime);
        if (!idToken.get().isEmpty()) {
            tokens.addProperty("id_token", idToken.get());
        }
        if (withRefresh) {
            String refresh = "refresh-" + ++counter;
            refreshTokens.put(refresh, true);
            tokens.addProperty("refresh_token", refresh);
        }
        return new Reply(200, tokens.toString());
    }

    private Reply exchanged() {
        JsonObject answer = new JsonObject();
        answer.addProperty("access_token", idJag);
        answer.addProperty("issued_token_type", exchangedType);
        answer.addProperty("token_type", "N_A");
        return new Reply(200, answer.toString());
    }

    private Reply device() {
        JsonObject answer = new JsonObject();
        answer.addProperty("device_code", "device-" + ++counter);
        answer.addProperty("user_code", "WDJB-MJHT");
        answer.addProperty("verification_uri", origin() + "/activate");
        answer.addProperty("expires_in", 900);
        answer.addProperty("interval", 5);
        return new Reply(200, answer.toString());
    }

    private Reply revoke(Map<String, String> parameters) {
        refreshTokens.remove(parameters.get("token"));
        return new Reply(200, "");
    }

    private static Reply error(String code) {
        JsonObject error = new JsonObject();
        error.addProperty("error", code);
        error.addProperty("error_description", "because of the test");
        return new Reply(code.equals("invalid_client") ? 401 : 400, error.toString());
    }

    static Map<String, String> parse(String form) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : form.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
            }
        }
        return parameters;
    }

    static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private static JsonArray array(List<String> values) {
        JsonArray array = new JsonArray();
        values.forEach(array::add);
        return array;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** The conversation so far. */
    @Override
    public synchronized String toString() {
        StringBuilder text = new StringBuilder("Conversation with " + origin() + ":\n");
        seen.forEach(request -> text.append("  ").append(request).append('\n'));
        return text.toString();
    }

    @Override
    public void close() {
        tokenGate.countDown();
        http.stop(0);
    }
}
