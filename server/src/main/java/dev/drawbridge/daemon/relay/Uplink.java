package dev.drawbridge.daemon.relay;

import dev.drawbridge.daemon.DaemonConnection;
import dev.drawbridge.hub.Failure;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;

/** From the editor to the daemon. Everything the editor is owed an answer to gets one. */
final class Uplink extends DaemonWriter {
    private final Envelope initialize;
    private final SessionMemory memory = new SessionMemory();
    private final DaemonRequestIds daemonRequests = new DaemonRequestIds();
    private int generation;

    Uplink(
            Connector connector,
            Framing framing,
            EditorEnd editor,
            PrintStream diagnostics,
            Envelope initialize,
            String client) {
        super(connector, framing, editor, diagnostics, new Manner(client, Replies.REQUEST_FAILED, 50, 2_000));
        this.initialize = initialize;
    }

    @Override
    DaemonReader reader(DaemonConnection connection) {
        generation++;
        return new Downlink(
                generation, connection, framing(), client(), pending(), daemonRequests, outbox(), diagnostics());
    }

    @Override
    boolean greet(OutputStream out, DaemonReader reader) throws IOException, InterruptedException {
        if (!greet(out, initialize.withId(DaemonReader.INITIALIZE_ID), reader)) {
            diagnostics().println("drawbridge: the daemon did not answer initialize.");
            return false;
        }
        for (byte[] message : memory.replay()) {
            framing().write(out, message);
        }
        if (generation > 1) {
            client().send(Replies.log("Drawbridge: connected to a new daemon; everything open was told to it again."));
        }
        return true;
    }

    @Override
    void forward(OutputStream out, Envelope message) throws IOException {
        if (message.isNotification()) {
            framing().write(out, message.body());
            note(message);
        } else {
            String id = daemonRequests.toDaemon(generation, Envelope.canonicalId(message.id()));
            if (!id.isEmpty()) {
                framing().write(out, message.withId(id));
            }
        }
    }

    @Override
    void note(Envelope message) {
        if (message.isNotification()) {
            memory.note(message);
        }
    }

    @Override
    void over() {
        for (String id : daemonRequests.forgetAll()) {
            client().send(Replies.cancel(id));
        }
    }

    @Override
    void complained(Failure failure) {
        client().send(Replies.showError("Drawbridge: " + failure.message() + " " + failure.action()));
    }
}
