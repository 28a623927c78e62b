package dev.drawbridge.mcp.http;

import java.io.IOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/** An HTTP client that tells of each request before it makes it, whoever makes it: the transports or a sign-in. */
final class WatchedClient extends HttpClient {
    private final HttpClient client;
    private final Watcher watcher;

    /** Called on the asking threads; must not block. */
    interface Watcher {
        void asking(HttpRequest request);

        /** The headers of a response have come, or nothing will. */
        default void ended(HttpRequest request, Optional<HttpResponse<?>> response, Duration after) {}
    }

    WatchedClient(HttpClient client, Watcher watcher) {
        this.client = client;
        this.watcher = watcher;
    }

    @Override
    public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler)
            throws IOException, InterruptedException {
        watcher.asking(request);
        long began = System.nanoTime();
        Optional<HttpResponse<?>> end = Optional.empty();
        try {
            HttpResponse<T> response = client.send(request, handler);
            end = Optional.of(response);
            return response;
        } finally {
            watcher.ended(request, end, Duration.ofNanos(System.nanoTime() - began));
        }
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, BodyHandler<T> handler) {
        watcher.asking(request);
        return heard(request, client.sendAsync(request, handler));
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(
            HttpRequest request, BodyHandler<T> handler, PushPromiseHandler<T> pushes) {
        watcher.asking(request);
        return heard(request, client.sendAsync(request, handler, pushes));
    }

    /** The client's own future is handed on, because cancelling another one would not end the exchange. */
    private <T> CompletableFuture<HttpResponse<T>> heard(
            HttpRequest request, CompletableFuture<HttpResponse<T>> future) {
        long began = System.nanoTime();
        future.whenComplete((response, thrown) ->
                watcher.ended(request, Optional.ofNullable(response), Duration.ofNanos(System.nanoTime() - began)));
        return future;
    }

    @Override
    public void shutdownNow() {
        client.shutdownNow();
    }

    @Override
    public Optional<CookieHandler> cookieHandler() {
        return client.cookieHandler();
    }

    @Override
    public Optional<Duration> connectTimeout() {
        return client.connectTimeout();
    }

    @Override
    public Redirect followRedirects() {
        return client.followRedirects();
    }

    @Override
    public Optional<ProxySelector> proxy() {
        return client.proxy();
    }

    @Override
    public SSLContext sslContext() {
        return client.sslContext();
    }

    @Override
    public SSLParameters sslParameters() {
        return client.sslParameters();
    }

    @Override
    public Optional<Authenticator> authenticator() {
        return client.authenticator();
    }

    @Override
    public Version version() {
        return client.version();
    }

    @Override
    public Optional<Executor> executor() {
        return client.executor();
    }
}
