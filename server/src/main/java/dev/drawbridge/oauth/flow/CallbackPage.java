package dev.drawbridge.oauth.flow;

import dev.drawbridge.oauth.FlowView;
import dev.drawbridge.oauth.OAuthFailure;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a browser is shown when it comes back. The pages are the HTML files beside this class, without scripts or anything
 * from elsewhere; every value put into them is escaped, and the content security policy allows nothing but their own style.
 *
 * @param location a page of the user's choice that the browser goes on to
 */
record CallbackPage(int status, String html, Optional<URI> location) {
    /** Sent with every page: {@code default-src 'none'} and the one style block by its hash. */
    static final String CONTENT_SECURITY_POLICY;

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{(\\w+)}}");
    private static final String LAYOUT = read("layout.html");
    private static final String STYLE = read("style.css");

    static {
        CONTENT_SECURITY_POLICY = "default-src 'none'; style-src 'sha256-" + sha256(STYLE)
                + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    }

    static CallbackPage of(CallbackResult result) {
        return switch (result) {
            case CallbackResult.SignedIn signedIn -> succeeded(signedIn);
            case CallbackResult.Failed(FlowView flow, OAuthFailure failure) -> failed(flow, failure);
            case CallbackResult.AlreadyUsed(FlowView flow) ->
                page(400, "already-used", "Already used", Map.of("server", server(flow)));
            case CallbackResult.TooLate(FlowView flow) ->
                page(400, "expired", "Sign-in no longer waiting", Map.of("server", server(flow)));
            case CallbackResult.Unknown() -> page(400, "unknown-state", "Not a running sign-in", Map.of());
        };
    }

    /** For every other address: it tells nothing, not even whether a flow is running. */
    static CallbackPage notFound() {
        return page(404, "not-found", "Nothing here", Map.of());
    }

    /** With a success page of the user's own, ours is only the body of the redirect, which browsers do not show. */
    private static CallbackPage succeeded(CallbackResult.SignedIn signedIn) {
        Optional<URI> location =
                signedIn.flow().target().client().browserReturn().successUrl();
        CallbackPage page = page(
                location.isPresent() ? 303 : 200,
                "success",
                "Authentication Successful",
                Map.of(
                        "server", server(signedIn.flow()),
                        "issuer", signedIn.credential().issuer(),
                        "account", signedIn.credential().account().orElse("default")));
        return new CallbackPage(page.status(), page.html(), location);
    }

    private static CallbackPage failed(FlowView flow, OAuthFailure failure) {
        String name;
        String title;
        switch (failure.code()) {
            case FlowFailures.ACCESS_DENIED -> {
                name = "denied";
                title = "Access denied";
            }
            case FlowFailures.ISSUER_MISMATCH -> {
                name = "issuer-mismatch";
                title = "Sign-in stopped for your safety";
            }
            case FlowFailures.REFUSED -> {
                name = "refused";
                title = "Sign-in refused";
            }
            default -> {
                boolean store =
                        failure.code().startsWith("store.") || failure.code().startsWith("keyring.");
                name = store ? "store-unavailable" : "exchange-failed";
                title = store ? "Sign-in could not be saved" : "Sign-in not completed";
            }
        }
        return page(
                400,
                name,
                title,
                Map.of("server", server(flow), "message", failure.message(), "action", failure.action()));
    }

    private static String server(FlowView flow) {
        return flow.target().server().toString();
    }

    private static CallbackPage page(int status, String name, String title, Map<String, String> values) {
        String body = fill(read(name + ".html"), values, true);
        return new CallbackPage(
                status,
                fill(LAYOUT, Map.of("title", escape(title), "style", STYLE, "body", body, "kind", name), false),
                Optional.empty());
    }

    private static String fill(String template, Map<String, String> values, boolean escaped) {
        Matcher matcher = PLACEHOLDER.matcher(template);
        return matcher.replaceAll(match -> {
            String value = values.getOrDefault(match.group(1), "");
            return Matcher.quoteReplacement(escaped ? escape(value) : value);
        });
    }

    static String escape(String text) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.appendCodePoint(c);
            }
        });
        return escaped.toString();
    }

    private static String read(String name) {
        try (InputStream in = CallbackPage.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("The page " + name + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("The page " + name + " cannot be read", e);
        }
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
