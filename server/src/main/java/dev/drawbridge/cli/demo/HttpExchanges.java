package dev.drawbridge.cli.demo;

import com.google.gson.JsonObject;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reading requests within bounds, and the few kinds of answers that the demo's authorization server gives. */
final class HttpExchanges {
    private static final int LARGEST_BODY = 64 * 1024;

    /** No script, no frame, no cache; a form may lead to this machine only, redirects included. */
    private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none';"
            + " frame-ancestors 'none'; form-action 'self' http://127.0.0.1:* http://localhost:*";

    private HttpExchanges() {}

    static String body(HttpExchange exchange) throws IOException, OAuthError {
        byte[] bytes = exchange.getRequestBody().readNBytes(LARGEST_BODY + 1);
        if (bytes.length > LARGEST_BODY) {
            throw new OAuthError("invalid_request", "the request is too large");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Form or query parameters; one that is given twice is refused (RFC 6749 section 3.1), several resources too. */
    static Map<String, String> parameters(String encoded) throws OAuthError {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : encoded.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (!pair.isEmpty()) {
                String name = decode(equals < 0 ? pair : pair.substring(0, equals));
                if (parameters.put(name, equals < 0 ? "" : decode(pair.substring(equals + 1))) != null) {
                    throw new OAuthError("invalid_request", name + " is given twice");
                }
            }
        }
        return parameters;
    }

    static Map<String, String> query(HttpExchange exchange) throws OAuthError {
        return parameters(
                Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse(""));
    }

    /** An address with these parameters added to its query. */
    static URI with(URI address, Map<String, String> parameters) {
        String added = parameters.entrySet().stream()
                .filter(each -> !each.getValue().isEmpty())
                .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return URI.create(address + (address.getRawQuery() == null ? "?" : "&") + added);
    }

    static void json(HttpExchange exchange, int status, JsonObject answer) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        send(exchange, status, answer.toString());
    }

    static void page(HttpExchange exchange, int status, String html) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
        exchange.getResponseHeaders().set("Content-Security-Policy", POLICY);
        exchange.getResponseHeaders().set("X-Frame-Options", "DENY");
        exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
        exchange.getResponseHeaders().set("Referrer-Policy", "no-referrer");
        send(exchange, status, html);
    }

    static void redirect(HttpExchange exchange, URI address) throws IOException {
        exchange.getResponseHeaders().set("Location", address.toString());
        exchange.getResponseHeaders().set("Referrer-Policy", "no-referrer");
        send(exchange, 303, "");
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        exchange.getResponseHeaders().put("Cache-Control", List.of("no-store"));
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static String decode(String text) throws OAuthError {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new OAuthError("invalid_request", "a parameter cannot be decoded");
        }
    }
}
