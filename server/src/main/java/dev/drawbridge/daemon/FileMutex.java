package dev.drawbridge.daemon;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** An operating-system lock on a file. It ends with the process, however that ends, so no stale one needs deleting. */
final class FileMutex implements Closeable {
    private final FileChannel channel;

    private FileMutex(FileChannel channel) {
        this.channel = channel;
    }

    /** The lock, unless another process, or another part of this one, holds it. */
    static Optional<FileMutex> tryAcquire(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return Optional.of(new FileMutex(channel));
            }
        } catch (OverlappingFileLockException _) {
            // Held within this process, which the operating system does not tell apart.
            Closing.quietly(channel);
            return Optional.empty();
        } catch (IOException e) {
            Closing.quietly(channel);
            throw e;
        }
        Closing.quietly(channel);
        return Optional.empty();
    }

    @Override
    public void close() {
        Closing.quietly(channel);
    }
}
