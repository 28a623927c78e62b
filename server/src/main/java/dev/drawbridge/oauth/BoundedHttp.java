package dev.drawbridge.oauth;

import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/**
 * HTTP with an end: every exchange is bounded in time (body included), size and redirects. Only metadata requests follow
 * redirects, and every hop is checked like the first address (requirement 47); what carries a secret goes nowhere else.
 */
final class BoundedHttp {
    private static final Logger LOG = System.getLogger(BoundedHttp.class.getName());

    /**
     * An answer, whatever its status.
     *
     * @param uri where it came from, after redirects
     * @param dpopNonce for the next proof (RFC 9449 section 8)
     */
    record Answer(int status, Optional<String> contentType, String body, URI uri, Optional<String> dpopNonce) {}

    private final HttpClient client;
    private final Limits limits;

    BoundedHttp(HttpClient client, Limits limits) {
        this.client = client;
        this.limits = limits;
    }

    /** The same with another bound on the time of one exchange. */
    BoundedHttp within(Duration exchange) {
        return new BoundedHttp(client, new Limits(exchange, limits.body(), limits.redirects(), limits.flow()));
    }

    /** A metadata document. */
    Answer get(URI uri, Map<String, String> headers) throws AuthorizationFailed {
        long end = System.nanoTime() + limits.exchange().toNanos();
        URI at = uri;
        for (int hop = 0; ; hop++) {
            HttpRequest.Builder request = HttpRequest.newBuilder(at).GET().header("Accept", "application/json");
            headers.forEach(request::header);
            HttpResponse<byte[]> response = exchange(request, at, end);
            Optional<String> location = response.headers().firstValue("Location");
            if (response.statusCode() / 100 != 3 || location.isEmpty()) {
                return answer(response, at);
            }
            Optional<URI> target = Origin.parse(location.get()).map(at::resolve).filter(Origin::isAllowed);
            if (target.isEmpty() || hop >= limits.redirects()) {
                throw new AuthorizationFailed(OAuthFailure.lasting(
                                "oauth.redirectRefused",
                                "Reading metadata led through too many redirects, or to an address that is not https.",
                                "Check the server's address, and your network if it asks you to log in to it.")
                        .at(Origin.shown(at)));
            }
            at = target.get();
        }
    }

    /** A protocol message built by Nimbus; redirects are answers like any other. */
    Answer send(HTTPRequest message) throws AuthorizationFailed {
        URI uri = message.getURI();
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .POST(HttpRequest.BodyPublishers.ofString(message.getBody() == null ? "" : message.getBody()));
        for (Map.Entry<String, List<String>> header : message.getHeaderMap().entrySet()) {
            header.getValue().forEach(value -> request.header(header.getKey(), value));
        }
        request.setHeader("Accept", "application/json");
        long end = System.nanoTime() + limits.exchange().toNanos();
        return answer(exchange(request, uri, end), uri);
    }

    private HttpResponse<byte[]> exchange(HttpRequest.Builder request, URI uri, long end) throws AuthorizationFailed {
        long left = Math.max(1, end - System.nanoTime());
        HttpRequest built = request.timeout(Duration.ofNanos(left)).build();
        CompletableFuture<HttpResponse<byte[]>> exchange =
                client.sendAsync(built, BodyHandlers.limiting(BodyHandlers.ofByteArray(), limits.body()));
        try {
            return exchange.get(left, TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            exchange.cancel(true);
            throw new AuthorizationFailed(timedOut(uri));
        } catch (ExecutionException e) {
            throw new AuthorizationFailed(describe(e, uri));
        } catch (InterruptedException e) {
            exchange.cancel(true);
            Thread.currentThread().interrupt();
            throw new AuthorizationFailed(
                    OAuthFailure.passing("oauth.interrupted", "The request was called off.", "Try again.")
                            .at(Origin.shown(uri)));
        }
    }

    /** The client wraps what happened in exceptions of its own, differently for each protocol. */
    private static OAuthFailure describe(ExecutionException wrapper, URI uri) {
        for (Throwable cause = wrapper.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof HttpTimeoutException) {
                return timedOut(uri);
            }
            if (cause instanceof SSLException) {
                return OAuthFailure.passing(
                                "oauth.tls",
                                "No trusted connection to " + uri.getHost() + ": "
                                        + Text.excerpt("" + cause.getMessage()),
                                "Check your network, or name your company's certificate authority in tls.")
                        .at(Origin.shown(uri));
            }
            if (cause instanceof IOException && ("" + cause.getMessage()).contains("body exceeds")) {
                return OAuthFailure.lasting(
                                "oauth.answerTooLarge",
                                uri.getHost() + " sent an answer that is too large.",
                                "Tell the server's operator.")
                        .at(Origin.shown(uri));
            }
        }
        LOG.log(Level.DEBUG, "An exchange failed", wrapper.getCause());
        return unreachable(uri);
    }

    private static OAuthFailure unreachable(URI uri) {
        return OAuthFailure.passing(
                        "oauth.unreachable",
                        uri.getHost() + " cannot be reached.",
                        "Check your network; nothing was lost.")
                .at(Origin.shown(uri));
    }

    private static OAuthFailure timedOut(URI uri) {
        return OAuthFailure.passing(
                        "oauth.timeout", uri.getHost() + " did not answer in time.", "Try again; nothing was lost.")
                .at(Origin.shown(uri));
    }

    private static Answer answer(HttpResponse<byte[]> response, URI uri) {
        return new Answer(
                response.statusCode(),
                response.headers().firstValue("Content-Type"),
                new String(response.body(), StandardCharsets.UTF_8),
                uri,
                response.headers().firstValue("DPoP-Nonce"));
    }
}
