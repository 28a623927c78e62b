package dev.drawbridge.daemon.relay;

import dev.drawbridge.daemon.DaemonConnection;
import dev.drawbridge.mcp.json.JsonSlices;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** From one daemon to the editor, whose own requests each daemon numbers anew. */
final class Downlink extends DaemonReader {
    private final int generation;
    private final EditorEnd editor;
    private final PendingRequests pending;
    private final DaemonRequestIds daemonRequests;
    private final PrintStream diagnostics;

    Downlink(
            int generation,
            DaemonConnection connection,
            Framing framing,
            EditorEnd editor,
            PendingRequests pending,
            DaemonRequestIds daemonRequests,
            Outbox outbox,
            PrintStream diagnostics) {
        super(connection, framing, outbox, diagnostics);
        this.generation = generation;
        this.editor = editor;
        this.pending = pending;
        this.daemonRequests = daemonRequests;
        this.diagnostics = diagnostics;
    }

    @Override
    void carry(Envelope message) {
        if (message.isRequest()) {
            editor.send(message.withId(daemonRequests.toEditor(generation, message.id())));
        } else if (message.method().equals("$/cancelRequest")) {
            cancel(message);
        } else if (message.isNotification()) {
            editor.send(message.body());
        } else if (message.id().equals(INITIALIZE_ID)) {
            initialized(message);
        } else if (pending.remove(message.id())) {
            editor.send(message.body());
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
        greeted();
    }
}
