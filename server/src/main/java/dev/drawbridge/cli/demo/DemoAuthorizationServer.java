package dev.drawbridge.cli.demo;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A small authorization server on loopback with a real sign-in page: metadata (RFC 8414), registration (RFC 7591),
 * authorization code with PKCE (RFC 7636), resource indicators (RFC 8707), {@code iss} (RFC 9207), rotating refresh tokens
 * and revocation (RFC 7009). It lives as long as the demo and knows nothing but what is in memory.
 */
final class DemoAuthorizationServer implements AutoCloseable {
    static final String SCOPE = "tides:read";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final DemoClients clients = new DemoClients();
    private final DemoGrants grants;
    private final URI issuer;

    DemoAuthorizationServer(InstantSource clock) {
        grants = new DemoGrants(clock);
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        issuer = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        route(
                "GET",
                "/.well-known/oauth-authorization-server",
                exchange -> HttpExchanges.json(exchange, 200, metadata()));
        route("POST", "/register", this::register);
        route("GET", "/authorize", this::authorize);
        route("POST", "/decision", this::decide);
        route("POST", "/token", this::token);
        route("POST", "/revoke", this::revoke);
        server.setExecutor(threads);
        server.start();
    }

    URI issuer() {
        return issuer;
    }

    /** Who an access token speaks for, if it is valid for this resource: what the demo's MCP server asks. */
    Optional<DemoGrants.Grant> check(String accessToken, URI resource) {
        return grants.check(accessToken, resource);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private interface Handler {
        void handle(HttpExchange exchange) throws IOException, OAuthError;
    }

    private void route(String method, String path, Handler handler) {
        server.createContext(path, exchange -> {
            try (exchange) {
                answer(exchange, method, path, handler);
            }
        });
    }

    private void answer(HttpExchange exchange, String method, String path, Handler handler) throws IOException {
        if (!exchange.getRequestURI().getPath().equals(path)) {
            HttpExchanges.page(exchange, 404, DemoPages.problem("There is nothing at this address."));
        } else if (!isForThisServer(exchange)) {
            HttpExchanges.page(exchange, 421, DemoPages.problem("This request was meant for another host."));
        } else if (!exchange.getRequestMethod().equals(method)) {
            HttpExchanges.page(exchange, 405, DemoPages.problem("This address wants " + method + "."));
        } else {
            try {
                handler.handle(exchange);
            } catch (OAuthError e) {
                HttpExchanges.json(exchange, 400, error(e));
            }
        }
    }

    /** A web page elsewhere that has our address under its own name must not get in. */
    private boolean isForThisServer(HttpExchange exchange) {
        return issuer.getAuthority().equals(exchange.getRequestHeaders().getFirst("Host"));
    }

    private JsonObject metadata() {
        JsonObject metadata = new JsonObject();
        metadata.addProperty("issuer", issuer.toString());
        metadata.addProperty("authorization_endpoint", issuer + "/authorize");
        metadata.addProperty("token_endpoint", issuer + "/token");
        metadata.addProperty("registration_endpoint", issuer + "/register");
        metadata.addProperty("revocation_endpoint", issuer + "/revoke");
        metadata.addProperty("authorization_response_iss_parameter_supported", true);
        metadata.add("response_types_supported", DemoClients.array(List.of("code")));
        metadata.add("grant_types_supported", DemoClients.array(List.of("authorization_code", "refresh_token")));
        metadata.add("code_challenge_methods_supported", DemoClients.array(List.of("S256")));
        metadata.add("token_endpoint_auth_methods_supported", DemoClients.array(List.of("none")));
        metadata.add("revocation_endpoint_auth_methods_supported", DemoClients.array(List.of("none")));
        metadata.add("scopes_supported", DemoClients.array(List.of(SCOPE)));
        return metadata;
    }

    private void register(HttpExchange exchange) throws IOException, OAuthError {
        try {
            JsonObject request =
                    JsonParser.parseString(HttpExchanges.body(exchange)).getAsJsonObject();
            HttpExchanges.json(exchange, 201, clients.register(request));
        } catch (JsonParseException | IllegalStateException e) {
            throw new OAuthError("invalid_client_metadata", "the request is not a JSON object");
        }
    }

    /** RFC 6749 section 4.1.1. Before client and redirect address are known to be right, errors stay on this page. */
    private void authorize(HttpExchange exchange) throws IOException, OAuthError {
        Map<String, String> query = HttpExchanges.query(exchange);
        Optional<DemoClients.Client> known = clients.find(query.getOrDefault("client_id", ""));
        if (known.isEmpty()) {
            HttpExchanges.page(exchange, 400, DemoPages.problem("The program that sent you here is not registered."));
            return;
        }
        DemoClients.Client client = known.get();
        Optional<URI> redirect = redirect(client, query.getOrDefault("redirect_uri", ""));
        if (redirect.isEmpty()) {
            HttpExchanges.page(
                    exchange,
                    400,
                    DemoPages.problem("The program wants you sent to an address it has not registered."));
            return;
        }
        try {
            DemoGrants.Wish wish = wish(client, redirect.get(), query);
            HttpExchanges.page(exchange, 200, DemoPages.signIn(grants.open(wish), client, wish));
        } catch (OAuthError e) {
            HttpExchanges.redirect(exchange, refusal(redirect.get(), e, query.getOrDefault("state", "")));
        }
    }

    private static Optional<URI> redirect(DemoClients.Client client, String given) {
        if (given.isEmpty()) {
            return client.redirects().size() == 1
                    ? Optional.of(client.redirects().getFirst())
                    : Optional.empty();
        }
        try {
            return Optional.of(URI.create(given)).filter(client::allows);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static DemoGrants.Wish wish(DemoClients.Client client, URI redirect, Map<String, String> query)
            throws OAuthError {
        if (!query.getOrDefault("response_type", "").equals("code")) {
            throw new OAuthError("unsupported_response_type", "only code is offered");
        }
        String challenge = query.getOrDefault("code_challenge", "");
        if (challenge.isEmpty()
                || !query.getOrDefault("code_challenge_method", "").equals("S256")) {
            throw new OAuthError("invalid_request", "PKCE with S256 is needed");
        }
        return new DemoGrants.Wish(
                client.id(),
                redirect,
                query.containsKey("redirect_uri"),
                challenge,
                query.getOrDefault("state", ""),
                query.getOrDefault("scope", ""),
                resource(query.getOrDefault("resource", "")),
                query.getOrDefault("login_hint", ""));
    }

    private static URI resource(String given) throws OAuthError {
        try {
            URI resource = URI.create(given);
            if (resource.isAbsolute() && resource.getRawFragment() == null) {
                return resource;
            }
        } catch (IllegalArgumentException e) {
            throw new OAuthError("invalid_target", "the resource cannot be read");
        }
        throw new OAuthError("invalid_target", "a resource is needed (RFC 8707)");
    }

    private void decide(HttpExchange exchange) throws IOException, OAuthError {
        Map<String, String> form = HttpExchanges.parameters(HttpExchanges.body(exchange));
        Optional<DemoGrants.Wish> open = grants.close(form.getOrDefault("ticket", ""));
        if (open.isEmpty()) {
            HttpExchanges.page(
                    exchange,
                    400,
                    DemoPages.problem("This page has been used or is too old. Start the sign-in again."));
            return;
        }
        DemoGrants.Wish wish = open.get();
        String login = form.getOrDefault("login", "").strip();
        if (!form.getOrDefault("decision", "").equals("allow") || login.isEmpty()) {
            OAuthError denied = new OAuthError("access_denied", "you did not allow it");
            HttpExchanges.redirect(exchange, refusal(wish.redirect(), denied, wish.state()));
            return;
        }
        String code = grants.allow(wish, login);
        HttpExchanges.redirect(
                exchange,
                HttpExchanges.with(
                        wish.redirect(), Map.of("code", code, "state", wish.state(), "iss", issuer.toString())));
    }

    private URI refusal(URI redirect, OAuthError error, String state) {
        return HttpExchanges.with(
                redirect,
                Map.of(
                        "error", error.code(),
                        "error_description", error.description(),
                        "state", state,
                        "iss", issuer.toString()));
    }

    private void token(HttpExchange exchange) throws IOException, OAuthError {
        Map<String, String> form = HttpExchanges.parameters(HttpExchanges.body(exchange));
        String client = clients.find(form.getOrDefault("client_id", ""))
                .map(DemoClients.Client::id)
                .orElseThrow(() -> new OAuthError("invalid_client", "the client is not registered"));
        String resource = form.getOrDefault("resource", "");
        DemoGrants.Issued issued = switch (form.getOrDefault("grant_type", "")) {
            case "authorization_code" ->
                grants.redeemCode(
                        form.getOrDefault("code", ""),
                        client,
                        form.getOrDefault("redirect_uri", ""),
                        form.getOrDefault("code_verifier", ""),
                        resource);
            case "refresh_token" -> grants.redeemRefreshToken(form.getOrDefault("refresh_token", ""), client, resource);
            default -> throw new OAuthError("unsupported_grant_type", "this grant type is not offered");
        };
        JsonObject answer = new JsonObject();
        answer.addProperty("access_token", issued.accessToken());
        answer.addProperty("token_type", "Bearer");
        answer.addProperty("expires_in", DemoGrants.ACCESS_TOKEN_TTL.toSeconds());
        answer.addProperty("refresh_token", issued.refreshToken());
        answer.addProperty("scope", issued.grant().wish().scope());
        HttpExchanges.json(exchange, 200, answer);
    }

    private void revoke(HttpExchange exchange) throws IOException, OAuthError {
        grants.revoke(HttpExchanges.parameters(HttpExchanges.body(exchange)).getOrDefault("token", ""));
        HttpExchanges.json(exchange, 200, new JsonObject());
    }

    private static JsonObject error(OAuthError e) {
        JsonObject error = new JsonObject();
        error.addProperty("error", e.code());
        error.addProperty("error_description", e.description());
        return error;
    }
}
