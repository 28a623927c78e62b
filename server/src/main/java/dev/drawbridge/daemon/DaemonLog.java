package dev.drawbridge.daemon;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * Sends the daemon's log to one bounded file that only its user can read, and nothing to a console. When the file is
 * full it gets the ending {@code .1} and a new one begins. The JDK's own file handler would make files that others can
 * read, and a second name for a daemon that is just leaving.
 */
public final class DaemonLog extends Handler {
    private static final long MAX_BYTES = 2 << 20;

    private final Path file;
    private final SimpleFormatter messages = new SimpleFormatter();
    private OutputStream out;
    private long size;

    DaemonLog(Path file) throws IOException {
        this.file = file;
        this.out = append(file);
        this.size = Files.size(file);
    }

    /** Keeps its handlers when the JVM ends: the reason of the stop is the log's last and most wanted line. */
    public static final class LastingLogManager extends LogManager {
        @Override
        public void reset() {}
    }

    /** Must run before anything else has logged. */
    static void open(Path file) throws IOException {
        System.setProperty("java.util.logging.manager", LastingLogManager.class.getName());
        Logger root = LogManager.getLogManager().getLogger("");
        for (Handler handler : root.getHandlers()) {
            root.removeHandler(handler);
        }
        root.addHandler(new DaemonLog(file));
        root.setLevel(Level.INFO);
    }

    @Override
    public synchronized void publish(LogRecord entry) {
        StringBuilder line = new StringBuilder(160)
                .append(entry.getInstant())
                .append(' ')
                .append(entry.getLevel().getName())
                .append(' ')
                .append(messages.formatMessage(entry))
                .append('\n');
        if (entry.getThrown() != null) {
            StringWriter trace = new StringWriter();
            entry.getThrown().printStackTrace(new PrintWriter(trace));
            line.append(trace);
        }
        byte[] bytes = line.toString().getBytes(StandardCharsets.UTF_8);
        try {
            if (size + bytes.length > MAX_BYTES) {
                out.close();
                Files.move(file, file.resolveSibling(file.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
                out = append(file);
                size = 0;
            }
            out.write(bytes);
            size += bytes.length;
        } catch (IOException e) {
            // A full disk must not stop the daemon; whoever looks into the JVM's own output finds this.
            System.err.println("drawbridge: the log cannot be written (" + e + ").");
        }
    }

    @Override
    public void flush() {
        // Every line is written at once.
    }

    @Override
    public synchronized void close() {
        Closing.quietly(out);
    }

    private static OutputStream append(Path file) throws IOException {
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        FileAttribute<?>[] attributes =
                file.getFileSystem().supportedFileAttributeViews().contains("posix")
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                        }
                        : new FileAttribute<?>[0];
        return Channels.newOutputStream(Files.newByteChannel(file, options, attributes));
    }
}
