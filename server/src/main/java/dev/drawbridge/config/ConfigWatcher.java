package dev.drawbridge.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Tells when files change, appear or vanish, at most 200 ms after the last of a burst of changes. Folders are watched rather
 * than files, so that a save by renaming is seen; of a folder that does not exist, the nearest one that does. Once in two
 * seconds the files are looked at besides, for what the system does not report: network file systems, a link's target.
 *
 * <p>One thread owns the watch service; {@code watch} and {@code unwatch} may be called from any. The listener is called on
 * the watcher's thread and should only enqueue.
 */
public final class ConfigWatcher implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ConfigWatcher.class.getName());
    private static final long SETTLE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long LONGEST_BURST_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final Consumer<Path> changed;
    private final WatchService service;
    private final Thread thread;

    /** Guarded by this, as all the maps below: the watched files with how they last looked. */
    private final Map<Path, Look> files = new HashMap<>();

    private final Map<Path, WatchKey> folders = new HashMap<>();
    private final Map<Path, Burst> bursts = new HashMap<>();
    private volatile boolean closed;

    public ConfigWatcher(Consumer<Path> changed) {
        this.changed = changed;
        try {
            this.service = FileSystems.getDefault().newWatchService();
        } catch (IOException e) {
            throw new UncheckedIOException("the system has no watch service left", e);
        }
        this.thread = Thread.ofPlatform().daemon().name("config-watcher").start(this::run);
    }

    /** How a file looks without reading it; empty when there is none. */
    private record Look(Optional<Object> inode, long modified, long size) {
        static Look at(Path file) {
            try {
                BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                return new Look(
                        Optional.ofNullable(attributes.fileKey()),
                        attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS),
                        attributes.size());
            } catch (IOException e) {
                return new Look(Optional.empty(), 0, -1);
            }
        }
    }

    private record Burst(long first, long last) {
        long due() {
            return Math.min(first + LONGEST_BURST_NANOS, last + SETTLE_NANOS);
        }
    }

    /** Starts to watch a file that may not exist; twice is the same as once. */
    public synchronized void watch(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        if (!closed && !files.containsKey(absolute)) {
            // Registered first: a change between the look and the registration would be lost the other way round.
            register(absolute);
            files.put(absolute, Look.at(absolute));
        }
    }

    public synchronized void unwatch(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        files.remove(absolute);
        bursts.remove(absolute);
        dropUnneeded();
    }

    @Override
    public void close() {
        closed = true;
        try {
            service.close();
            if (!Thread.currentThread().equals(thread)) {
                thread.join(TimeUnit.SECONDS.toMillis(2));
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "The watch service did not close.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        long nextLook = System.nanoTime() + LOOK_NANOS;
        while (!closed) {
            try {
                WatchKey key = service.poll(untilNext(nextLook), TimeUnit.NANOSECONDS);
                if (key != null) {
                    take(key);
                }
            } catch (ClosedWatchServiceException e) {
                return;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            if (System.nanoTime() - nextLook >= 0) {
                lookAround();
                nextLook = System.nanoTime() + LOOK_NANOS;
            }
            for (Path file : due()) {
                tell(file);
            }
        }
    }

    private synchronized long untilNext(long nextLook) {
        long now = System.nanoTime();
        long wait = nextLook - now;
        for (Burst burst : bursts.values()) {
            wait = Math.min(wait, burst.due() - now);
        }
        return Math.max(0, wait);
    }

    private synchronized void take(WatchKey key) {
        Path folder = (Path) key.watchable();
        Set<Path> named = new HashSet<>();
        for (WatchEvent<?> event : key.pollEvents()) {
            if (event.context() instanceof Path name) {
                named.add(folder.resolve(name));
            }
        }
        for (Path file : files.keySet()) {
            if (named.contains(file) || named.contains(target(file))) {
                note(file);
            }
        }
        if (!key.reset()) {
            folders.remove(folder, key);
        }
        registerAll();
        // A file may have come into a new folder before that was watched.
        noteDifferences();
    }

    private synchronized void lookAround() {
        folders.values().removeIf(key -> !key.isValid());
        registerAll();
        noteDifferences();
        dropUnneeded();
    }

    private void registerAll() {
        files.keySet().forEach(this::register);
    }

    private void noteDifferences() {
        for (Map.Entry<Path, Look> file : files.entrySet()) {
            Look now = Look.at(file.getKey());
            if (!now.equals(file.getValue())) {
                file.setValue(now);
                note(file.getKey());
            }
        }
    }

    private void note(Path file) {
        long now = System.nanoTime();
        bursts.merge(file, new Burst(now, now), (old, fresh) -> new Burst(old.first(), now));
    }

    private synchronized Set<Path> due() {
        long now = System.nanoTime();
        Set<Path> due = new HashSet<>();
        bursts.forEach((file, burst) -> {
            if (burst.due() - now <= 0) {
                due.add(file);
            }
        });
        bursts.keySet().removeAll(due);
        return due;
    }

    private void tell(Path file) {
        try {
            changed.accept(file);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "A listener for changes of " + file + " failed.", e);
        }
    }

    /** Watches the folder of the file, and of the file that a link leads to. */
    private void register(Path file) {
        registerFolder(nearestFolder(file));
        registerFolder(nearestFolder(target(file)));
    }

    private void registerFolder(Path folder) {
        if (folders.containsKey(folder)) {
            return;
        }
        try {
            folders.put(
                    folder,
                    folder.register(
                            service,
                            StandardWatchEventKinds.ENTRY_CREATE,
                            StandardWatchEventKinds.ENTRY_MODIFY,
                            StandardWatchEventKinds.ENTRY_DELETE));
        } catch (IOException | ClosedWatchServiceException e) {
            // The regular look at the file does without.
            LOG.log(System.Logger.Level.DEBUG, "The folder " + folder + " cannot be watched.", e);
        }
    }

    private void dropUnneeded() {
        Set<Path> needed = new HashSet<>();
        for (Path file : files.keySet()) {
            needed.add(nearestFolder(file));
            needed.add(nearestFolder(target(file)));
        }
        folders.entrySet().removeIf(folder -> {
            if (needed.contains(folder.getKey())) {
                return false;
            }
            folder.getValue().cancel();
            return true;
        });
    }

    private static Path target(Path file) {
        try {
            return AtomicFile.target(file).toAbsolutePath().normalize();
        } catch (IOException e) {
            return file;
        }
    }

    private static Path nearestFolder(Path file) {
        Path folder = Optional.ofNullable(file.getParent()).orElse(file);
        while (!Files.isDirectory(folder)) {
            Path parent = folder.getParent();
            if (parent == null) {
                return folder;
            }
            folder = parent;
        }
        return folder;
    }
}
