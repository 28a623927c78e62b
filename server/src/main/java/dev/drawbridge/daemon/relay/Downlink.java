package dev.drawbridge.daemon.relay;

import dev.drawbridge.daemon.DaemonConnection;
import dev.drawbridge.mcp.json.JsonSlices;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** From one daemon to the editor: a thread per connection, which ends with it. */
final class Downlink implements Runnable {
    /** The id under which the relay repeats the editor's {@code initialize}; the answer to it goes no further. */
    static final String INITIALIZE_ID = "\"drawbridge-initialize\"";

    private final int generation;
    private final DaemonConnection connection;
    private final Framing framing;
    private final EditorEnd editor;
    private final PendingRequests pending;
    private final DaemonRequestIds daemonRequests;
    private final Outbox outbox;
    private final PrintStream diagnostics;
    private boolean initialized;
    private boolean ended;

    Downlink(
            int generation,
            DaemonConnection connection,
            Framing framing,
            EditorEnd editor,
            PendingRequests pending,
            DaemonRequestIds daemonRequests,
            Outbox outbox,
            PrintStream diagnostics) {
        this.generation = generation;
        this.connection = connection;
        this.framing = framing;
        this.editor = editor;
        this.pending = pending;
        this.daemonRequests = daemonRequests;
        this.outbox = outbox;
        this.diagnostics = diagnostics;
    }

    @Override
    public void run() {
        try {
            FrameSource source = framing.source(connection.in());
            while (true) {
                Frame frame = source.next();
                if (frame instanceof Frame.Message(byte[] body)) {
                    carry(body);
                } else if (frame instanceof Frame.Malformed(String why)) {
                    diagnostics.println("drawbridge: the daemon sent " + why + "; it is left out.");
                } else {
                    return;
                }
            }
        } catch (IOException _) {
            return;
        } finally {
            synchronized (this) {
                ended = true;
                notifyAll();
            }
            outbox.interrupt();
        }
    }

    /** Whether the daemon has answered {@code initialize} in time. */
    synchronized boolean awaitInitialized(long millis) throws InterruptedException {
        long end = System.nanoTime() + millis * 1_000_000;
        while (!initialized && !ended) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return initialized && !ended;
    }

    synchronized boolean hasEnded() {
        return ended;
    }

    private void carry(byte[] body) {
        Envelope message;
        try {
            message = Envelope.of(body);
        } catch (JsonSlices.MalformedJson e) {
            diagnostics.println("drawbridge: the daemon sent a message that is not JSON (" + e.getMessage() + ").");
            return;
        }
        if (message.isRequest()) {
            editor.send(message.withId(daemonRequests.toEditor(generation, message.id())));
        } else if (message.method().equals("$/cancelRequest")) {
            cancel(message);
        } else if (message.isNotification()) {
            editor.send(body);
        } else if (message.id().equals(INITIALIZE_ID)) {
            initialized(message);
        } else if (pending.remove(message.id())) {
            editor.send(body);
        }
    }

    private void cancel(Envelope message) {
        try {
            JsonSlices params = message.members().object("params").orElse(null);
            JsonSlices.Slice id = params == null ? null : params.slice("id").orElse(null);
            if (id != null) {
                String text = new String(message.body(), id.from(), id.to() - id.from(), StandardCharsets.UTF_8);
                editor.send(Replies.cancel(DaemonRequestIds.naming(generation, text)));
            }
        } catch (JsonSlices.MalformedJson _) {
            diagnostics.println("drawbridge: the daemon cancelled something without a name.");
        }
    }

    private void initialized(Envelope answer) {
        if (answer.members().has("error")) {
            diagnostics.println(
                    "drawbridge: the daemon refused initialize: " + new String(answer.body(), StandardCharsets.UTF_8));
        }
        synchronized (this) {
            initialized = true;
            notifyAll();
        }
    }
}
