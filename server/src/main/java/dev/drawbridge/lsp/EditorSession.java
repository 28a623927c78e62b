package dev.drawbridge.lsp;

import dev.drawbridge.hub.Hub;
import dev.drawbridge.hub.SessionContext;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One editor between {@code initialize} and its end. Every message goes through the session's loop, in order; the hub is
 * attached to by the first message after {@code initialize} was answered, so that nothing can be sent before that answer.
 */
final class EditorSession {
    private final Hub hub;
    private final EditorClient client;
    private final SessionContext context;
    private final SessionLoop loop;

    /** Belongs to the loop. */
    private @Nullable AttachedSession attached;

    private boolean closed;

    /** @param leave ends the connection; called when the session cannot go on */
    EditorSession(Hub hub, EditorClient client, SessionContext context, Runnable leave) {
        this.hub = hub;
        this.client = client;
        this.context = context;
        this.loop = new SessionLoop(leave);
    }

    CompletableFuture<?> request(String method, Params params) {
        CompletableFuture<Object> answer = new CompletableFuture<>();
        loop.execute(() -> {
            try {
                relay(attached().router().request(method, params), answer);
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        return answer;
    }

    void notify(String method, Params params) {
        loop.execute(() -> attached().router().notify(method, params));
    }

    /** Runs something on the loop with the attached session. */
    void post(Consumer<AttachedSession> task) {
        loop.execute(() -> task.accept(attached()));
    }

    void close() {
        loop.execute(() -> {
            closed = true;
            if (attached != null) {
                attached.close();
            }
            loop.close();
        });
    }

    private AttachedSession attached() {
        AttachedSession current = attached;
        if (current == null) {
            if (closed) {
                throw new IllegalStateException("the session has ended");
            }
            current = new AttachedSession(hub, client, context, loop, this);
            attached = current;
        }
        return current;
    }

    /** Hands the result on, and a cancellation back: {@code $/cancelRequest} cancels the outer future. */
    private static void relay(CompletableFuture<?> from, CompletableFuture<Object> to) {
        to.whenComplete((result, failure) -> {
            if (to.isCancelled()) {
                from.cancel(true);
            }
        });
        from.whenComplete((result, failure) -> {
            if (failure != null) {
                to.completeExceptionally(failure);
            } else {
                to.complete(result);
            }
        });
    }
}
