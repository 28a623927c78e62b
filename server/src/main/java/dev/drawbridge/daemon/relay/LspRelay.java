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
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * {@code drawbridge lsp}: the editor's end. It answers {@code initialize} itself and at once, so that no editor ever
 * waits for a daemon to start, and carries everything else as bytes.
 *
 * <p>Every editor pays for this process's start, so the package keeps to what the JVM has loaded anyway: platform
 * threads, no JSON library, no reflection. {@link #run} is the thread that reads the editor.
 */
public final class LspRelay {
    /** What the daemon's LSP face answers to {@code initialize}; a test of that face keeps the two equal. */
    public static final String INITIALIZE_RESULT = "/dev/drawbridge/lsp/initialize-result.json";

    private static final String NO_ID = "null";

    private final InputStream in;
    private final EditorEnd editor;
    private final Connector connector;
    private final PrintStream diagnostics;
    private final Framing framing = new LspFraming();
    private Phase phase = Phase.NEW;
    private @Nullable Uplink uplink;

    /** The phases of an LSP server's life (LSP 3.17, lifecycle messages). */
    private enum Phase {
        NEW,
        RUNNING,
        SHUT_DOWN
    }

    LspRelay(InputStream in, OutputStream out, PrintStream diagnostics, Connector connector, RelayExit exit) {
        this.in = in;
        this.editor = new EditorEnd(framing, out, exit);
        this.diagnostics = diagnostics;
        this.connector = connector;
    }

    /** Serves the editor on standard input and output; the result is the process's exit code. */
    public static int main(List<String> args) {
        PrintStream diagnostics = System.err;
        // Whoever prints by mistake must not hit the wire.
        System.setOut(diagnostics);
        String name = "";
        for (int i = 0; i < args.size(); i++) {
            String arg = args.get(i);
            if (arg.equals("--client") && i + 1 < args.size()) {
                name = args.get(++i);
            } else if (!arg.equals("--stdio") && !arg.startsWith("--clientProcessId")) {
                diagnostics.println("drawbridge lsp: the argument " + arg + " is unknown and ignored.");
            }
        }
        RelayExit exit = new RelayExit() {
            @Override
            public void exit(int code) {
                Runtime.getRuntime().halt(code);
            }
        };
        ParentWatch.start(exit);
        return new LspRelay(
                        new FileInputStream(FileDescriptor.in),
                        new FileOutputStream(FileDescriptor.out),
                        diagnostics,
                        new StartingConnector(name, args),
                        exit)
                .run();
    }

    /** Connects to the user's daemon, started if need be. */
    private record StartingConnector(String name, List<String> args) implements Connector {
        @Override
        public Outcome<DaemonConnection> connect(String client) {
            return DaemonConnection.open(Hello.ofThisProcess(Role.LSP, name.isEmpty() ? client : name, args));
        }
    }

    /** Reads until the editor exits or closes its end. */
    int run() {
        try {
            FrameSource source = framing.source(in);
            while (true) {
                Frame frame = source.next();
                if (frame instanceof Frame.Message(byte[] body)) {
                    Envelope message = parse(body);
                    if (message != null
                            && message.isNotification()
                            && message.method().equals("exit")) {
                        return phase == Phase.SHUT_DOWN ? 0 : 1;
                    }
                    if (message != null) {
                        accept(message);
                    }
                } else if (frame instanceof Frame.Malformed(String why)) {
                    diagnostics.println("drawbridge lsp: the editor sent " + why + ".");
                    refuse(NO_ID, Replies.PARSE_ERROR, "lsp.malformedFrame", "Drawbridge received " + why + ".");
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

    private @Nullable Envelope parse(byte[] body) {
        try {
            return Envelope.of(body);
        } catch (JsonSlices.MalformedJson e) {
            diagnostics.println(
                    "drawbridge lsp: the editor sent a message that is not a JSON object (" + e.getMessage() + ").");
            refuse(
                    NO_ID,
                    Replies.PARSE_ERROR,
                    "lsp.malformedJson",
                    "The message is not a JSON object: " + e.getMessage() + ".");
            return null;
        }
    }

    private void accept(Envelope message) throws InterruptedException {
        switch (phase) {
            case NEW -> {
                if (message.isRequest() && message.method().equals("initialize")) {
                    begin(message);
                } else if (message.isRequest()) {
                    refuse(
                            message.id(),
                            Replies.SERVER_NOT_INITIALIZED,
                            "lsp.notInitialized",
                            "The first request must be initialize.");
                }
            }
            case RUNNING -> {
                if (message.isRequest() && message.method().equals("initialize")) {
                    refuse(
                            message.id(),
                            Replies.INVALID_REQUEST,
                            "lsp.initializedTwice",
                            "initialize was sent before.");
                } else if (message.isRequest() && message.method().equals("shutdown")) {
                    phase = Phase.SHUT_DOWN;
                    editor.send(Replies.result(message.id(), "null"));
                } else if (message.isRequest() || message.isNotification() || message.isResponse()) {
                    Objects.requireNonNull(uplink).send(message);
                } else {
                    refuse(
                            NO_ID,
                            Replies.INVALID_REQUEST,
                            "lsp.noMessage",
                            "The message has neither a method nor an id.");
                }
            }
            case SHUT_DOWN -> {
                if (message.isRequest()) {
                    refuse(message.id(), Replies.INVALID_REQUEST, "lsp.shutDown", "shutdown was sent before.");
                }
            }
        }
    }

    private void begin(Envelope initialize) {
        editor.send(Replies.result(initialize.id(), initializeResult()));
        phase = Phase.RUNNING;
        Uplink begun = new Uplink(connector, framing, editor, diagnostics, initialize, clientName(initialize));
        uplink = begun;
        Thread thread = new Thread(null, begun, "uplink", 256 << 10);
        thread.setDaemon(true);
        thread.start();
    }

    private void refuse(String id, int code, String name, String message) {
        editor.send(Replies.error(
                id, code, new Failure(name, message, "Report this to the author of the editor's client.")));
    }

    private static String clientName(Envelope initialize) {
        try {
            JsonSlices params = initialize.members().object("params").orElse(null);
            JsonSlices client =
                    params == null ? null : params.object("clientInfo").orElse(null);
            if (client == null) {
                return "";
            }
            return (client.string("name").orElse("") + " "
                            + client.string("version").orElse(""))
                    .trim();
        } catch (JsonSlices.MalformedJson _) {
            return "";
        }
    }

    private static String initializeResult() {
        try (InputStream resource = LspRelay.class.getResourceAsStream(INITIALIZE_RESULT)) {
            if (resource == null) {
                throw new IllegalStateException(INITIALIZE_RESULT + " is missing from the jar");
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8).trim();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
