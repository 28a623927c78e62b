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
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One thread that owns one session with the keyring: opens it at the first operation, proves it by a write-read-delete
 * round trip, and opens it anew when it broke. A prompt can block the thread for minutes; {@link OsKeyring} then gives
 * it up, and what it was about to change stays unchanged.
 */
final class KeyringThread {
    private static final Logger LOG = System.getLogger(KeyringThread.class.getName());
    private static final int WAITING_CALLS = 256;

    /** How long a failure to open is repeated to others before the keyring is asked again. */
    private static final Duration FAILURE_HOLDS = Duration.ofSeconds(1);

    private final KeyringSession.Opener opener;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private final ThreadPoolExecutor thread;
    private volatile boolean givenUp;

    private @Nullable KeyringSession session;
    private @Nullable StoreUnavailable failure;
    private Instant failedAt = Instant.MIN;

    KeyringThread(KeyringSession.Opener opener, InstantSource clock) {
        this.opener = opener;
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

    /** What is done with an open session. */
    interface Operation<T> {
        T on(KeyringSession open) throws Exception;
    }

    void execute(FutureTask<?> task) {
        thread.execute(task);
    }

    /** Leaves the thread to end by itself; nothing that waits on it is begun any more. */
    void giveUp() {
        givenUp = true;
        thread.shutdownNow();
    }

    /** Ends the session after what is under way, then the thread. */
    FutureTask<Boolean> close() {
        FutureTask<Boolean> closing = new FutureTask<>(() -> {
            closeSession();
            return true;
        });
        thread.execute(closing);
        thread.shutdown();
        return closing;
    }

    /** Called on the thread: does an operation, with one new session if the old one turns out broken. */
    <T> T perform(String step, Operation<T> operation) throws StoreUnavailable {
        boolean fresh = session == null;
        try {
            return operation.on(openSession());
        } catch (StoreUnavailable known) {
            throw known;
        } catch (Throwable broken) {
            closeSession();
            if (fresh || givenUp) {
                throw explain(step, broken);
            }
            return perform(step, operation);
        }
    }

    /** Called on the thread: proves that the keyring works, by an entry that is gone again afterwards. */
    void roundTrip(KeyringSession open) throws Exception {
        String account = "probe-" + ProcessHandle.current().pid();
        String value = HexFormat.of().toHexDigits(random.nextLong());
        open.write(account, value);
        if (!value.equals(readBack(open, account))) {
            throw new IllegalStateException("a value came back changed");
        }
        open.delete(account);
    }

    /**
     * Called on the thread before it changes an entry: makes the keyring show that it is unlocked by a call that changes
     * nothing. A change that came minutes late, after its caller was told that it failed, could undo a newer one.
     */
    void beforeChange(KeyringSession open, String account) throws Exception {
        try {
            open.read(account);
        } catch (EntryNotFound absent) {
            LOG.log(Level.TRACE, "A new entry");
        }
        if (givenUp) {
            throw new IllegalStateException("the keyring answered too late");
        }
    }

    static String readBack(KeyringSession open, String account) throws Exception {
        try {
            return open.read(account);
        } catch (EntryNotFound lost) {
            throw new IllegalStateException("a value that was just stored is not there", lost);
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

    static StoreUnavailable explain(String step, @Nullable Throwable broken) {
        return switch (broken) {
            case null -> StoreFailures.keyringFailing(step, new IllegalStateException("no cause"));
            case StoreUnavailable known -> known;
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
