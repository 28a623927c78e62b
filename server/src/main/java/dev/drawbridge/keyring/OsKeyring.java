package dev.drawbridge.keyring;

import dev.drawbridge.keyring.KeyringSession.EntryNotFound;
import dev.drawbridge.oauth.token.StoreUnavailable;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The operating system's keyring, made safe to call: every call has a deadline, every failure is one in words. When the
 * keyring claims to have no entry, a round trip proves it, since the library below also says so when the keyring is
 * locked or has gone away, and that must never look like lost sign-ins.
 *
 * <p>While a call is overdue the others fail at once. A thread that stays stuck is given up after some deadlines, because
 * java-keyring can miss the end of a prompt and then waits two minutes for nothing. Guarded by this object: the current
 * thread and what is overdue on it.
 */
final class OsKeyring implements AutoCloseable {
    private static final Logger LOG = System.getLogger(OsKeyring.class.getName());
    private static final int PATIENCE = 3;

    private final KeyringSession.Opener opener;
    private final Duration deadline;
    private final InstantSource clock;
    private KeyringThread thread;
    private @Nullable FutureTask<?> overdue;
    private Instant givingUp = Instant.MAX;

    OsKeyring(KeyringSession.Opener opener, Duration deadline, InstantSource clock) {
        this.opener = opener;
        this.deadline = deadline;
        this.clock = clock;
        this.thread = new KeyringThread(opener, clock);
    }

    static OsKeyring ofThisMachine(String service, Duration deadline, InstantSource clock) {
        return new OsKeyring(() -> JavaKeyringSession.open(service), deadline, clock);
    }

    /** The value of an entry; empty only if the keyring works and has none. */
    Optional<String> read(String account) throws StoreUnavailable {
        return call("give a value", (on, open) -> {
            try {
                return Optional.of(open.read(account));
            } catch (EntryNotFound absent) {
                on.roundTrip(open);
                return Optional.empty();
            }
        });
    }

    /** Stores an entry and reads it back, because a keyring may drop or cut a value without saying so. */
    void write(String account, String value) throws StoreUnavailable {
        call("take a value", (on, open) -> {
            on.beforeChange(open, account);
            open.write(account, value);
            if (!value.equals(KeyringThread.readBack(open, account))) {
                throw StoreFailures.valueTooLarge(value.length(), new IllegalStateException("read back differently"));
            }
            return true;
        });
    }

    /** Removes an entry; it is no failure if there is none. */
    void delete(String account) throws StoreUnavailable {
        call("remove a value", (on, open) -> {
            on.beforeChange(open, account);
            try {
                open.delete(account);
            } catch (EntryNotFound absent) {
                on.roundTrip(open);
            }
            return true;
        });
    }

    @Override
    public void close() {
        try {
            current().close().get(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (StoreUnavailable | ExecutionException | TimeoutException | RejectedExecutionException e) {
            LOG.log(Level.DEBUG, "The keyring's session was left open", e);
        }
    }

    private interface Operation<T> {
        T on(KeyringThread thread, KeyringSession open) throws Exception;
    }

    private <T> T call(String step, Operation<T> operation) throws StoreUnavailable {
        KeyringThread on = current();
        AtomicBoolean begun = new AtomicBoolean();
        FutureTask<T> task = new FutureTask<>(() -> {
            begun.set(true);
            return on.perform(step, open -> operation.on(on, open));
        });
        try {
            on.execute(task);
            return task.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            if (begun.get()) {
                late(on, task);
            } else {
                task.cancel(false);
            }
            throw StoreFailures.keyringWaiting(e);
        } catch (RejectedExecutionException e) {
            throw StoreFailures.keyringWaiting(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw StoreFailures.keyringFailing(step, e);
        } catch (ExecutionException e) {
            throw KeyringThread.explain(step, e.getCause());
        }
    }

    private synchronized void late(KeyringThread on, FutureTask<?> task) {
        if (on.equals(thread)) {
            overdue = task;
            givingUp = clock.instant().plus(deadline.multipliedBy(PATIENCE));
        }
    }

    /** The thread for the next call, unless the last one still waits for an answer of the keyring. */
    private synchronized KeyringThread current() throws StoreUnavailable {
        FutureTask<?> late = overdue;
        if (late == null) {
            return thread;
        }
        if (!late.isDone()) {
            if (clock.instant().isBefore(givingUp)) {
                throw StoreFailures.keyringWaiting(new TimeoutException("an earlier call is still waiting"));
            }
            thread.giveUp();
            thread = new KeyringThread(opener, clock);
        }
        overdue = null;
        return thread;
    }
}
