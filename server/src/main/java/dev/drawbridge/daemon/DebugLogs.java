package dev.drawbridge.daemon;

import dev.drawbridge.hub.Failure;
import dev.drawbridge.hub.HostTarget;
import dev.drawbridge.hub.Outcome;
import dev.drawbridge.mcp.Trace;
import dev.drawbridge.mcp.json.JsonText;
import dev.drawbridge.mcp.json.RawJson;
import dev.drawbridge.mcp.rpc.RpcText;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What {@code drawbridge proxy --debug} asks for: while such a proxy is attached, the {@link Trace} of its server goes to a
 * file of its own, bounded and readable by its user only. Proxies of one server share the file. Thread-safe.
 */
final class DebugLogs {
    /** The relay prints the text on its standard error; a host never sees it. */
    private static final String SAY = "$/drawbridge/say";

    private final Path folder;
    private final Map<String, Open> open = new HashMap<>();
    private final Logger all = Logger.getLogger(Trace.ALL);

    /** A file that is written; the logger is held, for the JDK forgets loggers that nobody holds. */
    private record Open(Logger logger, Handler handler, int users) {}

    DebugLogs(Path folder) {
        this.folder = folder;
        // The daemon's own log stays readable.
        all.setUseParentHandlers(false);
    }

    /** A proxy's wish, which ends with its session. */
    interface Wish extends AutoCloseable {
        Wish NONE = () -> {};

        @Override
        void close();
    }

    /** Begins to write, and tells the proxy where, or why not. */
    Wish begin(Optional<HostTarget> target, OutputStream proxy) throws IOException {
        String server = target.map(wanted -> wanted.server().value()).orElse("");
        String logger = target.isPresent() ? Trace.loggerName(server) : Trace.ALL;
        Path file = folder.resolve((target.isPresent() ? Trace.stem(server) : "all-servers") + ".log");
        Optional<String> wrong = use(logger, file);
        say(proxy, wrong.isPresent() ? "no debug log: " + wrong.get() : "the debug log is " + file);
        return wrong.isPresent() ? Wish.NONE : () -> leave(logger);
    }

    private synchronized Optional<String> use(String name, Path file) {
        Open known = open.get(name);
        if (known != null) {
            open.put(name, new Open(known.logger(), known.handler(), known.users() + 1));
            return Optional.empty();
        }
        if (PrivateFolder.open(folder) instanceof Outcome.Failed<Path>(Failure failure)) {
            return Optional.of(failure.message());
        }
        try {
            Handler handler = new DaemonLog(file);
            Logger logger = Logger.getLogger(name);
            logger.addHandler(handler);
            logger.setLevel(Level.FINE);
            open.put(name, new Open(logger, handler, 1));
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(file + " cannot be written (" + e.getMessage() + ")");
        }
    }

    private synchronized void leave(String name) {
        Open known = open.get(name);
        if (known == null) {
            return;
        }
        if (known.users() > 1) {
            open.put(name, new Open(known.logger(), known.handler(), known.users() - 1));
            return;
        }
        open.remove(name);
        known.logger().setLevel(null);
        known.logger().removeHandler(known.handler());
        known.handler().close();
    }

    private static void say(OutputStream proxy, String text) throws IOException {
        byte[] message = RpcText.notification(SAY, RawJson.of("{\"text\":" + JsonText.quote(text) + "}"));
        byte[] line = Arrays.copyOf(message, message.length + 1);
        line[message.length] = '\n';
        proxy.write(line);
        proxy.flush();
    }
}
