package dev.drawbridge.mcp.rpc;

import dev.drawbridge.mcp.CallOutcome;
import dev.drawbridge.mcp.McpFailure;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/** The requests of one connection that wait for their answers. Safe for any thread. */
public final class PendingCalls {
    /** No call lasts longer, whatever progress it reports (requirement 126). */
    public static final Duration LONGEST = Duration.ofHours(1);

    private static final int MOST_AT_ONCE = 4096;

    private final Map<String, PendingCall> byId = new ConcurrentHashMap<>();
    private final Map<String, PendingCall> byProgressToken = new ConcurrentHashMap<>();
    private final AtomicInteger openServerRequests = new AtomicInteger();
    private volatile Optional<McpFailure> closed = Optional.empty();

    /** Registers a call; one that can no longer be made ends at once. */
    public void add(PendingCall call) {
        if (byId.size() >= MOST_AT_ONCE) {
            call.end(new CallOutcome.Failed(Failures.tooManyCalls(MOST_AT_ONCE)));
            return;
        }
        byId.put(call.id(), call);
        call.progressToken().ifPresent(token -> byProgressToken.put(token, call));
        closed.ifPresent(why -> call.end(new CallOutcome.Failed(why)));
    }

    public void remove(PendingCall call) {
        byId.remove(call.id(), call);
        call.progressToken().ifPresent(token -> byProgressToken.remove(token, call));
    }

    Optional<PendingCall> byId(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    Optional<PendingCall> byProgressToken(String token) {
        return Optional.ofNullable(byProgressToken.get(token));
    }

    boolean any() {
        return !byId.isEmpty();
    }

    /** Ends every call, now and from now on. */
    public void failAll(McpFailure why) {
        closed = Optional.of(why);
        byId.values().forEach(call -> call.end(new CallOutcome.Failed(why)));
    }

    /** While the server waits for an answer of ours (a person may take minutes), its silence does not count. */
    void serverRequestOpened() {
        openServerRequests.incrementAndGet();
    }

    void serverRequestAnswered() {
        byId.values().forEach(PendingCall::touch);
        openServerRequests.decrementAndGet();
    }

    /**
     * Waits for the call's end, which {@link #watch} bounds.
     *
     * @return empty when the server was silent for too long, or the call lasted too long in all
     */
    public Optional<Reply> await(PendingCall call) {
        try {
            return call.reply().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of(Reply.of(new CallOutcome.Cancelled()));
        } catch (ExecutionException e) {
            throw new IllegalStateException("a call ends with a value", e);
        }
    }

    /** Ends the call without a reply once the server was silent for so long, or it lasted so long in all. */
    Deadlines.Deadline watch(PendingCall call, Duration silence, Duration longest) {
        Deadlines.Deadline limit = new Limit(call, silence, longest);
        Deadlines.SHARED.watch(limit);
        return limit;
    }

    private final class Limit implements Deadlines.Deadline {
        private final PendingCall call;
        private final long end;
        private final long patience;

        Limit(PendingCall call, Duration silence, Duration longest) {
            this.call = call;
            this.end = System.nanoTime() + longest.toNanos();
            this.patience = silence.compareTo(longest) > 0 ? longest.toNanos() : silence.toNanos();
        }

        @Override
        public long left(long now) {
            return Math.min(call.lastSign() + patience - now, end - now);
        }

        @Override
        public void passed() {
            if (end - System.nanoTime() > 0 && openServerRequests.get() > 0) {
                call.touch();
                Deadlines.SHARED.watch(this);
            } else {
                call.timeOut();
            }
        }
    }
}
