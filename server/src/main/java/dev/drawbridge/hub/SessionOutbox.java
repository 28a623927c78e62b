package dev.drawbridge.hub;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Tells one session what happened, in order, from one virtual thread. Status changes that come close together are told
 * once; servers that begin to need a sign-in are told together, once the others have settled.
 */
final class SessionOutbox {
    private static final Logger LOG = System.getLogger(SessionOutbox.class.getName());
    private static final int CAPACITY = 4_096;
    private static final long COALESCE_NANOS = TimeUnit.MILLISECONDS.toNanos(30);
    private static final long SETTLE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long LONGEST_SETTLE_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long NEVER = Long.MAX_VALUE;

    private final SessionListener listener;
    private final Supplier<List<ServerView>> views;
    private final BlockingQueue<Runnable> mail = new ArrayBlockingQueue<>(CAPACITY);
    private final AtomicBoolean statusPosted = new AtomicBoolean();
    private volatile boolean statusMissed;
    private volatile boolean closed;

    // Owned by the outbox's thread. Times are System.nanoTime() values.
    private final Set<ServerName> needingSignIn = new LinkedHashSet<>();
    private List<ServerView> told = List.of();
    private boolean statusDue;
    private long statusSince;
    private long signInSince;
    private long signInLatest;

    SessionOutbox(SessionListener listener, Supplier<List<ServerView>> views) {
        this.listener = listener;
        this.views = views;
    }

    void start(String name) {
        Thread.ofVirtual().name("session-" + name).start(this::run);
    }

    void close() {
        closed = true;
        offer(() -> {});
    }

    /** Something about some server changed. */
    void statusChanged() {
        // One is enough however many changes there are, so that a flood of other messages cannot crowd it out.
        if (statusPosted.compareAndSet(false, true)
                && !mail.offer(() -> {
                    statusPosted.set(false);
                    if (!statusDue) {
                        statusDue = true;
                        statusSince = System.nanoTime();
                    }
                })) {
            statusPosted.set(false);
            statusMissed = true;
        }
    }

    /** A server began to need a sign-in. */
    void authRequired(ServerName server) {
        offer(() -> {
            long now = System.nanoTime();
            if (needingSignIn.isEmpty()) {
                signInSince = now;
            }
            signInLatest = now;
            needingSignIn.add(server);
        });
    }

    /** Anything else, after what was told before it. */
    void tell(Consumer<SessionListener> message) {
        offer(() -> {
            flushStatus();
            message.accept(listener);
        });
    }

    private void offer(Runnable task) {
        if (!mail.offer(task)) {
            LOG.log(Level.WARNING, "A session does not take its messages; one is dropped");
        }
    }

    private void run() {
        try {
            while (!closed) {
                Runnable task = mail.poll(nextDeadline(), TimeUnit.NANOSECONDS);
                guarded(task == null ? () -> {} : task);
                guarded(this::flushWhatIsDue);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void guarded(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "Telling a session failed", e);
        }
    }

    private long nextDeadline() {
        long now = System.nanoTime();
        long status = statusDue ? statusSince + COALESCE_NANOS - now : NEVER;
        long signIn = needingSignIn.isEmpty() ? NEVER : signInAt() - now;
        return Math.max(0, Math.min(status, signIn));
    }

    private long signInAt() {
        boolean settled = views.get().stream().noneMatch(view -> view.state() instanceof ServerState.Connecting);
        return settled ? signInLatest + SETTLE_NANOS : signInSince + LONGEST_SETTLE_NANOS;
    }

    private void flushWhatIsDue() {
        long now = System.nanoTime();
        if (statusMissed) {
            statusMissed = false;
            statusDue = true;
            statusSince = now;
        }
        if (statusDue && now - statusSince >= COALESCE_NANOS) {
            flushStatus();
        }
        if (!needingSignIn.isEmpty() && now >= signInAt()) {
            flushSignIn();
        }
    }

    private void flushStatus() {
        if (!statusDue) {
            return;
        }
        statusDue = false;
        List<ServerView> current = views.get();
        if (!current.equals(told)) {
            told = current;
            listener.onStatusChanged(current);
        }
    }

    private void flushSignIn() {
        flushStatus();
        Set<ServerName> names = Set.copyOf(needingSignIn);
        needingSignIn.clear();
        // Who was signed in meanwhile, perhaps from another editor, needs no prompt.
        List<ServerView> needing = views.get().stream()
                .filter(view -> names.contains(view.name()) && view.state() instanceof ServerState.AuthRequired)
                .toList();
        if (!needing.isEmpty()) {
            listener.onAuthRequired(needing);
        }
    }
}
