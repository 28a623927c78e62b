package dev.drawbridge.mcp.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** The JDK's client: TLS, HTTP/2 and proxies. */
record ClientCarrier(HttpClient client) implements Carrier {
    @Override
    public HttpAnswer.Response carry(HttpRequest request, byte[] body, Exchange exchange) throws IOException {
        CompletableFuture<HttpResponse<InputStream>> future =
                client.sendAsync(request, HttpResponse.BodyHandlers.ofInputStream());
        exchange.endsBy(() -> future.cancel(true));
        try {
            HttpResponse<InputStream> response = future.get();
            exchange.endsBy(() -> Exchange.closeQuietly(response.body()));
            return new HttpAnswer.Response(response.statusCode(), response.headers(), response.body(), request.uri());
        } catch (CancellationException e) {
            throw new IOException("the exchange was given up", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            future.cancel(true);
            throw new IOException("interrupted", e);
        }
    }
}
