package dev.drawbridge.mcp.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A handle to end one HTTP exchange from another thread, whatever it is doing: waiting for a connection, for headers, or
 * for more of a stream. Interrupting would close the channel under the shared client, so nobody is interrupted.
 */
public final class Exchange {
    private Optional<CompletableFuture<HttpResponse<InputStream>>> waiting = Optional.empty();
    private Optional<InputStream> body = Optional.empty();
    private boolean aborted;

    public void abort() {
        Optional<CompletableFuture<HttpResponse<InputStream>>> future;
        Optional<InputStream> stream;
        synchronized (this) {
            if (aborted) {
                return;
            }
            aborted = true;
            future = waiting;
            stream = body;
        }
        future.ifPresent(pending -> pending.cancel(true));
        stream.ifPresent(Exchange::closeQuietly);
    }

    public synchronized boolean isAborted() {
        return aborted;
    }

    void waitsFor(CompletableFuture<HttpResponse<InputStream>> future) {
        boolean late;
        synchronized (this) {
            waiting = Optional.of(future);
            late = aborted;
        }
        if (late) {
            future.cancel(true);
        }
    }

    void reads(InputStream stream) {
        boolean late;
        synchronized (this) {
            waiting = Optional.empty();
            body = Optional.of(stream);
            late = aborted;
        }
        if (late) {
            closeQuietly(stream);
        }
    }

    public static void closeQuietly(InputStream stream) {
        try {
            stream.close();
        } catch (IOException e) {
            // It is not read any more, so how its closing fails does not matter.
        }
    }
}
