package dev.drawbridge.hub;

import dev.drawbridge.config.CacheFolder;
import dev.drawbridge.mcp.LastKnown;
import dev.drawbridge.oauth.Target;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What was last known of each server, kept in the user's cache folder so that it outlives the daemon. Kept for one account
 * of one definition, whose hash is all that a file's name says, and forgotten with the sign-in.
 *
 * <p>Thread-safe. {@link #keep} never blocks: one thread writes, newest first come, and what is replaced before its turn is
 * never written. A disk that refuses costs only the memory.
 */
final class ServerMemory implements AutoCloseable {
    private static final Logger LOG = System.getLogger(ServerMemory.class.getName());

    /** Servers with something new to be written, beyond which a newcomer waits for its next change. */
    private static final int MOST_WAITING = 512;

    private static final int CREDENTIAL_DIGITS = 32;
    private static final Duration LAST_WRITES = Duration.ofSeconds(2);

    private final Optional<CacheFolder> folder;
    private final Map<Key, LastKnown> waiting = new LinkedHashMap<>();
    private final ReentrantLock disk = new ReentrantLock();
    private final AtomicBoolean complained = new AtomicBoolean();
    private boolean writing;

    /** @param folder empty when there is no place that is the user's alone; then nothing is kept */
    ServerMemory(Optional<CacheFolder> folder) {
        this.folder = folder;
    }

    /** What a server is known by: the name of the credential it is asked with, and its definition's identity. */
    record Key(String credential, String identity) {
        static Key of(Optional<Target> target, String identity) {
            return new Key(target.map(Key::credential).orElse("none"), identity);
        }

        private static String credential(Target target) {
            return CacheFolder.hash(target.credential().value()).substring(0, CREDENTIAL_DIGITS);
        }

        String file() {
            return credential + "-" + identity;
        }
    }

    /** Reads what is kept of a server. Blocks for as long as the disk takes. */
    Optional<LastKnown> recall(Key key) {
        return folder.flatMap(files -> files.read(key.file())).flatMap(bytes -> {
            Optional<LastKnown> known = LastKnown.of(key.file(), bytes);
            if (known.isEmpty()) {
                LOG.log(Level.INFO, "What was kept of a server cannot be read any more and is written anew.");
            }
            return known;
        });
    }

    /** Has something written soon. */
    void keep(Key key, LastKnown known) {
        if (folder.isEmpty()) {
            return;
        }
        synchronized (this) {
            if (waiting.size() >= MOST_WAITING && !waiting.containsKey(key)) {
                return;
            }
            waiting.put(key, known);
            if (writing) {
                return;
            }
            writing = true;
        }
        Thread.ofVirtual().name("server-memory").start(() -> writeWaiting(folder.get()));
    }

    private void writeWaiting(CacheFolder files) {
        boolean more = true;
        while (more) {
            // Taken and written under one lock, so that what is forgotten meanwhile does not come back.
            disk.lock();
            try {
                more = writeNext(files);
            } finally {
                disk.unlock();
            }
        }
    }

    private boolean writeNext(CacheFolder files) {
        Key key;
        LastKnown known;
        synchronized (this) {
            Iterator<Map.Entry<Key, LastKnown>> first = waiting.entrySet().iterator();
            if (!first.hasNext()) {
                writing = false;
                notifyAll();
                return false;
            }
            Map.Entry<Key, LastKnown> next = first.next();
            key = next.getKey();
            known = next.getValue();
            first.remove();
        }
        try {
            Optional<byte[]> bytes = known.toBytes(key.file(), files.entryLimit());
            if (bytes.isPresent()) {
                files.write(key.file(), bytes.get());
            } else {
                files.removeAll(key.file());
            }
        } catch (IOException | RuntimeException e) {
            complain(e);
        }
        return true;
    }

    /** Forgets all that was learnt with a credential. Blocks until it is gone from the disk. */
    void forget(Target target) {
        String credential = Key.credential(target);
        folder.ifPresent(files -> {
            disk.lock();
            try {
                synchronized (this) {
                    waiting.keySet().removeIf(key -> key.credential().equals(credential));
                }
                files.removeAll(credential + "-");
            } catch (IOException e) {
                complain(e);
            } finally {
                disk.unlock();
            }
        });
    }

    /** Said once: a full disk is noticed elsewhere too, and nothing depends on this. */
    private void complain(Exception why) {
        if (complained.compareAndSet(false, true)) {
            LOG.log(
                    Level.WARNING,
                    "What is known of the servers cannot be kept for the next start: {0}",
                    why.toString());
        }
    }

    /** Waits a moment for what is still to be written. */
    @Override
    public void close() {
        long end = System.nanoTime() + LAST_WRITES.toNanos();
        synchronized (this) {
            try {
                for (long left = LAST_WRITES.toMillis(); writing && left > 0; ) {
                    wait(left);
                    left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
