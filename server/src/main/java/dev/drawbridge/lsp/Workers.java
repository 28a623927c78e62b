package dev.drawbridge.lsp;

import dev.drawbridge.mcp.Cancellation;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.eclipse.lsp4j.jsonrpc.ResponseErrorException;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseError;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseErrorCode;

/** Runs what may wait (a server, a keyring, a person) on virtual threads, so many at a time per session. */
final class Workers {
    private static final int MAX_AT_ONCE = 256;

    private final AtomicInteger running = new AtomicInteger();

    /** Starts the work. Cancelling the future, as {@code $/cancelRequest} does, reaches the work's cancellation. */
    <T> CompletableFuture<T> start(Function<Cancellation, T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        if (running.incrementAndGet() > MAX_AT_ONCE) {
            running.decrementAndGet();
            result.completeExceptionally(new ResponseErrorException(new ResponseError(
                    ResponseErrorCode.RequestFailed,
                    "More than " + MAX_AT_ONCE + " requests of this editor are under way; wait for some to end.",
                    null)));
            return result;
        }
        Cancellation cancellation = new Cancellation();
        result.whenComplete((value, failure) -> {
            if (result.isCancelled()) {
                cancellation.cancel();
            }
        });
        Thread.ofVirtual().name("lsp-request").start(() -> {
            try {
                result.complete(work.apply(cancellation));
            } catch (RuntimeException e) {
                result.completeExceptionally(e);
            } finally {
                running.decrementAndGet();
            }
        });
        return result;
    }
}
