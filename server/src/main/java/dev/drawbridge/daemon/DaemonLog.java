package dev.drawbridge.daemon;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.logging.FileHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Sends the daemon's log to one bounded file in a private folder, and nothing to a console. */
public final class DaemonLog {
    private static final int MAX_BYTES = 2 << 20;

    private DaemonLog() {}

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
        createPrivate(file);
        // Two files at most: when the current one is full it becomes daemon.log.1.
        FileHandler handler = new FileHandler(file.toString().replace("%", "%%"), MAX_BYTES, 2, true);
        handler.setFormatter(new SimpleFormatter() {
            @Override
            public String format(java.util.logging.LogRecord entry) {
                StringBuilder line = new StringBuilder(160)
                        .append(entry.getInstant())
                        .append(' ')
                        .append(entry.getLevel().getName())
                        .append(' ')
                        .append(formatMessage(entry))
                        .append('\n');
                if (entry.getThrown() != null) {
                    java.io.StringWriter trace = new java.io.StringWriter();
                    entry.getThrown().printStackTrace(new java.io.PrintWriter(trace));
                    line.append(trace);
                }
                return line.toString();
            }
        });
        handler.setLevel(Level.INFO);
        root.addHandler(handler);
        root.setLevel(Level.INFO);
    }

    private static void createPrivate(Path file) throws IOException {
        try {
            if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
        } catch (FileAlreadyExistsException _) {
            return;
        }
    }
}
