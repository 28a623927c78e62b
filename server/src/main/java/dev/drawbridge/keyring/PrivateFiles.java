package dev.drawbridge.keyring;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** Files that only their owner can read, replaced as a whole: a reader or a crash sees the old content or the new. */
final class PrivateFiles {
    private static final Set<OpenOption> FRESH =
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
    private static final Set<OpenOption> LOCK = Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    private static final Duration LOCK_DEADLINE = Duration.ofSeconds(5);

    private PrivateFiles() {}

    /** Replaces a file. Two writers at once would share the new file's name: the caller holds {@link #lock}. */
    static void replace(Path file, byte[] content) throws IOException {
        Path folder = folderOf(file);
        createFolder(folder);
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try (FileChannel channel = FileChannel.open(fresh, FRESH, attributes(folder, "rw-------"))) {
            ByteBuffer rest = ByteBuffer.wrap(content);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Takes the lock file beside a file, which stands for the right to replace it; closing the channel gives it back. */
    static FileChannel lock(Path file) throws IOException {
        Path lock = file.resolveSibling(file.getFileName() + ".lock");
        Path folder = folderOf(lock);
        createFolder(folder);
        FileChannel channel = FileChannel.open(lock, LOCK, attributes(folder, "rw-------"));
        try {
            long end = System.nanoTime() + LOCK_DEADLINE.toNanos();
            while (!tryLock(channel)) {
                if (System.nanoTime() > end) {
                    throw new IOException("another process holds " + lock);
                }
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            }
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    @SuppressWarnings("resource") // The lock ends with its channel, which the caller closes.
    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException held) {
            return false;
        }
    }

    static boolean posix(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private static void createFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, attributes(folder, "rwx------"));
        }
    }

    private static Path folderOf(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IllegalArgumentException("a file has a folder: " + file);
        }
        return folder;
    }

    private static FileAttribute<?>[] attributes(Path folder, String permissions) {
        return posix(folder)
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
