package dev.drawbridge.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * Writes configuration files, one writer at a time across threads and processes of Drawbridge. The lock files live in a
 * folder of their own, so that no workspace is littered. Editors know nothing of the lock, so a file that is no longer what
 * was read is not written.
 */
public final class ConfigFileWriter {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long BETWEEN_TRIES = TimeUnit.MILLISECONDS.toNanos(20);

    /** One process' threads share this: a file lock belongs to the whole process. */
    private static final ReentrantLock IN_PROCESS = new ReentrantLock();

    private final Path lockFolder;

    /** @param lockFolder may not exist yet; {@code locks} in the state folder */
    public ConfigFileWriter(Path lockFolder) {
        this.lockFolder = lockFolder;
    }

    /** How writing ended. */
    public sealed interface Outcome {
        /** @param text what the file holds now */
        record Written(String text) implements Outcome {}

        /** Nothing was written; a code, one sentence with what to do. */
        record Failed(String code, String message) implements Outcome {}
    }

    /** Reads, edits and writes under the lock; a file that does not exist is edited as an empty text. */
    public Outcome update(Path file, Function<String, EditResult> edit) {
        return locked(file, () -> {
            String before = read(file).orElse("");
            return switch (edit.apply(before)) {
                case EditResult.Refused(String code, String message) -> new Outcome.Failed(code, message);
                case EditResult.Edited(TextEdit change) -> {
                    String after = change.applyTo(before);
                    if (!change.isNothing()) {
                        AtomicFile.write(file, after.getBytes(StandardCharsets.UTF_8), false);
                    }
                    yield new Outcome.Written(after);
                }
            };
        });
    }

    /** Writes unless the file has changed since {@code readText} was read; empty stands for no file. */
    public Outcome write(Path file, Optional<String> readText, String newText) {
        return locked(file, () -> {
            if (!read(file).equals(readText)) {
                return new Outcome.Failed(
                        "config.changedMeanwhile",
                        "The file was changed by someone else meanwhile; look at it and try again.");
            }
            AtomicFile.write(file, newText.getBytes(StandardCharsets.UTF_8), false);
            return new Outcome.Written(newText);
        });
    }

    private interface Work {
        Outcome run() throws IOException;
    }

    private Outcome locked(Path file, Work work) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try {
            if (!IN_PROCESS.tryLock(PATIENCE.toNanos(), TimeUnit.NANOSECONDS)) {
                return busy();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return busy();
        }
        try (FileChannel channel = openLock(file)) {
            while (System.nanoTime() < deadline) {
                try (FileLock lock = channel.tryLock()) {
                    if (lock != null) {
                        return work.run();
                    }
                }
                LockSupport.parkNanos(BETWEEN_TRIES);
            }
            return busy();
        } catch (CharacterCodingException e) {
            return new Outcome.Failed("config.encoding", "The file is not UTF-8; save it in that encoding first.");
        } catch (IOException e) {
            return new Outcome.Failed(
                    "config.unwritable", "The file " + file + " cannot be written: " + FileFailures.sentence(e) + ".");
        } finally {
            IN_PROCESS.unlock();
        }
    }

    private FileChannel openLock(Path file) throws IOException {
        Files.createDirectories(lockFolder);
        String name =
                Sha256.hex(AtomicFile.target(file).toAbsolutePath().normalize().toString());
        return FileChannel.open(
                lockFolder.resolve("config-" + name.substring(0, 16) + ".lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
    }

    private static Outcome busy() {
        return new Outcome.Failed("config.busy", "Another Drawbridge is writing this file; try again.");
    }

    private static Optional<String> read(Path file) throws IOException {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
            return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }
}
