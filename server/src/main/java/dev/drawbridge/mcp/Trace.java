package dev.drawbridge.mcp;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.CRC32;

/**
 * The verbose record of what is done for one server: debug lines of a logger of its own, which somebody has to switch on.
 * Whoever writes a line leaves out what could be a secret: bodies, header values, queries.
 */
public final class Trace {
    /** The loggers of all servers lie below this one. */
    public static final String ALL = "dev.drawbridge.trace";

    private static final int LONGEST_LINE = 2_000;
    private static final int LONGEST_STEM = 60;

    private final System.Logger logger;

    private Trace(String logger) {
        this.logger = System.getLogger(logger);
    }

    /** The record of a server by its name. */
    public static Trace of(String server) {
        return new Trace(loggerName(server));
    }

    /** The record of what concerns no single server. */
    public static Trace ofAll() {
        return new Trace(ALL);
    }

    public static String loggerName(String server) {
        return ALL + "." + stem(server).replace('.', '_');
    }

    /** The server's name as a file may be called, told apart from similar ones. */
    public static String stem(String server) {
        CRC32 sum = new CRC32();
        sum.update(server.getBytes(StandardCharsets.UTF_8));
        String plain = server.replaceAll("[^A-Za-z0-9._-]", "_");
        return plain.substring(0, Math.min(LONGEST_STEM, plain.length()))
                + String.format(Locale.ROOT, "-%08x", sum.getValue());
    }

    public boolean isOn() {
        return logger.isLoggable(System.Logger.Level.DEBUG);
    }

    /** Writes a line, if anybody reads it; asking {@link #isOn} first saves making it. */
    public void note(String line) {
        if (isOn()) {
            String one = line.replaceAll("\\p{Cntrl}", " ");
            logger.log(
                    System.Logger.Level.DEBUG,
                    one.length() > LONGEST_LINE ? one.substring(0, LONGEST_LINE) + "…" : one);
        }
    }
}
