package dev.drawbridge.keyring;

import dev.drawbridge.keyring.KeyringSession.EntryNotFound;
import dev.drawbridge.oauth.token.StoreUnavailable;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The operating system's keyring, made safe to call: opened at the first use, on a thread of its own because a prompt
 * can block it for minutes, every call with a deadline. A write-read-delete round trip comes first, and whenever the
 * keyring claims to have no entry: the library below also says so when the keyring is locked or has gone away, and that
 * must never look like lost sign-ins.
 *
 * <p>The session belongs to the keyring thread; callers only wait for it.
 */
final class OsKeyring implements AutoCloseable {
    private static final Logger LOG = System.getLogger(OsKeyring.class.getName());
    private static final int WAITING_CALLS = 256;

    /** How long a failure to open is repeated to others before the keyring is asked again. */
    private static final Duration FAILURE_HOLDS = Duration.ofSeconds(1);

    private final KeyringSession.Opener opener;
    private final Duration deadline;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private final AtomicReference<@Nullable FutureTask<?>> overdue = new AtomicReference<>();
    private final ThreadPoolExecutor thread;

    private @Nullable KeyringSession session;
    private @Nullable StoreUnavailable failure;
    private Instant failedAt = Instant.MIN;

    OsKeyring(KeyringSession.Opener opener, Duration deadline, InstantSource clock) {
        this.opener = opener;
        this.deadline = deadline;
        this.clock = clock;
        this.thread = new ThreadPoolExecutor(
                1,
                1,
                10,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(WAITING_CALLS),
                Thread.ofPlatform().daemon().name("drawbridge-keyring").factory());
        this.thread.allowCoreThreadTimeOut(true);
    }

    static OsKeyring ofThisMachine(String service, Duration deadline, InstantSource clock) {
        return new OsKeyring(() -> JavaKeyringSession.open(service), deadline, clock);
    }

    /** The value of an entry; empty only if the keyring works and has none. */
    Optional<String> read(String account) throws StoreUnavailable {
        return call("give a value", open -> {
            try {
                return Optional.of(open.read(account));
            } catch (EntryNotFound absent) {
                roundTrip(open);
                return Optional.empty();
            }
        });
    }

    /** Stores an entry and reads it back, because a keyring may drop or cut a value without saying so. */
    void write(String account, String value) throws StoreUnavailable {
        call("take a value", open -> {
            open.write(account, value);
            if (!value.equals(readBack(open, account))) {
                throw StoreFailures.valueTooLarge(value.length(), new IllegalStateException("read back differently"));
            }
            return true;
        });
    }

    /** Removes an entry; it is no failure if there is none. */
    void delete(String account) throws StoreUnavailable {
        call("remove a value", open -> {
            try {
                open.delete(account);
            } catch (EntryNotFound absent) {
                roundTrip(open);
            }
            return true;
        });
    }

    @Override
    public void close() {
        try {
            FutureTask<Boolean> closing = new FutureTask<>(() -> {
                closeSession();
                return true;
            });
            thread.execute(closing);
            closing.get(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | RejectedExecutionException e) {
            LOG.log(Level.DEBUG, "The keyring's session was left open", e);
        } finally {
            thread.shutdown();
        }
    }

    private interface Operation<T> {
        T on(KeyringSession open) throws Exception;
    }

    private <T> T call(String step, Operation<T> operation) throws StoreUnavailable {
        FutureTask<?> late = overdue.get();
        if (late != null && !late.isDone()) {
            throw StoreFailures.keyringWaiting(new TimeoutException("an earlier call is still waiting"));
        }
        AtomicBoolean begun = new AtomicBoolean();
        FutureTask<T> task = new FutureTask<>(() -> {
            begun.set(true);
            return perform(step, operation);
        });
        try {
            thread.execute(task);
            return task.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            if (begun.get()) {
                overdue.set(task);
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
            throw explain(step, e.getCause());
        }
    }

    private <T> T perform(String step, Operation<T> operation) throws StoreUnavailable {
        boolean fresh = session == null;
        KeyringSession open = openSession();
        try {
            return operation.on(open);
        } catch (StoreUnavailable known) {
            throw known;
        } catch (Throwable broken) {
            closeSession();
            if (fresh) {
                throw explain(step, broken);
            }
            return retry(step, operation);
        }
    }

    /** A keyring that was restarted or locked meanwhile deserves one new session before it is called broken. */
    private <T> T retry(String step, Operation<T> operation) throws StoreUnavailable {
        try {
            return operation.on(openSession());
        } catch (StoreUnavailable known) {
            throw known;
        } catch (Throwable broken) {
            closeSession();
            throw explain(step, broken);
        }
    }

    private KeyringSession openSession() throws StoreUnavailable {
        KeyringSession current = session;
        if (current != null) {
            return current;
        }
        StoreUnavailable recent = failure;
        if (recent != null && clock.instant().isBefore(failedAt.plus(FAILURE_HOLDS))) {
            throw recent;
        }
        try {
            KeyringSession opened = opener.open();
            session = opened;
            roundTrip(opened);
            failure = null;
            return opened;
        } catch (Throwable broken) {
            closeSession();
            StoreUnavailable unavailable = explain("open", broken);
            failure = unavailable;
            failedAt = clock.instant();
            throw unavailable;
        }
    }

    private void roundTrip(KeyringSession open) throws Exception {
        String account = "probe-" + ProcessHandle.current().pid();
        String value = HexFormat.of().toHexDigits(random.nextLong());
        open.write(account, value);
        if (!value.equals(readBack(open, account))) {
            throw new IllegalStateException("a value came back changed");
        }
        open.delete(account);
    }

    private static String readBack(KeyringSession open, String account) throws Exception {
        try {
            return open.read(account);
        } catch (EntryNotFound lost) {
            throw new IllegalStateException("a value that was just stored is not there", lost);
        }
    }

    private static StoreUnavailable explain(String step, @Nullable Throwable broken) {
        return switch (broken) {
            case StoreUnavailable known -> known;
            case null -> StoreFailures.keyringFailing(step, new IllegalStateException("no cause"));
            case NullPointerException locked -> StoreFailures.keyringLocked(locked);
            case Throwable other -> StoreFailures.keyringFailing(step, other);
        };
    }

    private void closeSession() {
        KeyringSession current = session;
        session = null;
        if (current != null) {
            try {
                current.close();
            } catch (Exception e) {
                LOG.log(Level.DEBUG, "The keyring's session did not close cleanly", e);
            }
        }
    }
}
