package dev.drawbridge.daemon.relay;

import dev.drawbridge.daemon.DaemonConnection;
import dev.drawbridge.daemon.Hello;
import dev.drawbridge.daemon.Role;
import dev.drawbridge.hub.Failure;
import dev.drawbridge.hub.Outcome;
import dev.drawbridge.mcp.json.JsonSlices;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * {@code drawbridge proxy}: an AI host's end. It carries lines between the host and the daemon and outlives daemons. Every
 * host pays for this process's start, once per server, so it keeps to what the JVM has loaded anyway.
 */
public final class ProxyRelay {
    /** Shows a page to the person whose host asked for that. */
    public interface Browser {
        void open(String url);
    }

    private static final String NO_ID = "null";

    private final InputStream in;
    private final Framing framing = new LineFraming();
    private final EditorEnd host;
    private final HostUplink uplink;

    ProxyRelay(
            InputStream in,
            OutputStream out,
            PrintStream diagnostics,
            Connector connector,
            RelayExit exit,
            Browser browser) {
        this.in = in;
        this.host = new EditorEnd(framing, out, exit);
        this.uplink = new HostUplink(connector, framing, host, diagnostics, browser);
    }

    /**
     * Serves the host on standard input and output; the result is the process's exit code.
     *
     * @param browser opens a web page, for who asked for that
     */
    public static int main(List<String> args, Browser browser) {
        PrintStream stderr = System.err;
        // Whoever prints by mistake must not hit the wire.
        System.setOut(stderr);
        ProxyArguments arguments;
        try {
            arguments = ProxyArguments.parse(args, System.getenv());
        } catch (ProxyArguments.BadArguments e) {
            stderr.println("drawbridge proxy: " + e.getMessage());
            return 2;
        }
        PrintStream diagnostics = arguments.silent() ? new PrintStream(OutputStream.nullOutputStream()) : stderr;
        for (String remark : arguments.remarks()) {
            diagnostics.println("drawbridge proxy: " + remark);
        }
        RelayExit exit = new RelayExit() {
            @Override
            public void exit(int code) {
                Runtime.getRuntime().halt(code);
            }
        };
        ParentWatch.start(exit);
        return new ProxyRelay(
                        new FileInputStream(FileDescriptor.in),
                        new FileOutputStream(FileDescriptor.out),
                        diagnostics,
                        new StartingConnector(arguments.forDaemon()),
                        exit,
                        browser)
                .run();
    }

    /** Connects to the user's daemon, started if need be. */
    private record StartingConnector(List<String> args) implements Connector {
        @Override
        public Outcome<DaemonConnection> connect(String client) {
            return DaemonConnection.open(Hello.ofThisProcess(Role.PROXY, "drawbridge proxy", args));
        }
    }

    /** Reads until the host closes its end. */
    int run() {
        Thread thread = new Thread(null, uplink, "uplink", 256 << 10);
        thread.setDaemon(true);
        thread.start();
        try {
            FrameSource source = framing.source(in);
            while (true) {
                Frame frame = source.next();
                if (frame instanceof Frame.Message(byte[] body)) {
                    accept(body);
                } else if (frame instanceof Frame.Malformed(String why)) {
                    refuse(Replies.INVALID_REQUEST, "proxy.malformedLine", "Drawbridge received " + why + ".");
                } else {
                    return 0;
                }
            }
        } catch (IOException _) {
            return 0;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    private void accept(byte[] body) throws InterruptedException {
        try {
            List<Envelope> messages = messages(body);
            if (messages.isEmpty()) {
                refuse(Replies.INVALID_REQUEST, "proxy.noMessage", "The batch holds no message.");
            }
            for (Envelope message : messages) {
                if (message.method().isEmpty() && message.id().isEmpty()) {
                    refuse(Replies.INVALID_REQUEST, "proxy.noMessage", "The message has neither a method nor an id.");
                } else {
                    uplink.send(message);
                }
            }
        } catch (JsonSlices.MalformedJson e) {
            refuse(
                    Replies.PARSE_ERROR,
                    "proxy.malformedJson",
                    "The line is not a JSON-RPC message: " + e.getMessage() + ".");
        }
    }

    /** One message, or those of a batch (2025-03-26). */
    private static List<Envelope> messages(byte[] body) throws JsonSlices.MalformedJson {
        int start = 0;
        while (start < body.length && body[start] <= ' ' && body[start] >= 0) {
            start++;
        }
        if (start == body.length || body[start] != '[') {
            return List.of(Envelope.of(body));
        }
        List<Envelope> messages = new ArrayList<>();
        for (JsonSlices.Slice slice : JsonSlices.ofArray(body)) {
            messages.add(Envelope.of(Arrays.copyOfRange(body, slice.from(), slice.to())));
        }
        return messages;
    }

    private void refuse(int code, String name, String message) {
        host.send(Replies.error(NO_ID, code, new Failure(name, message, "Report this to the makers of the AI host.")));
    }
}
