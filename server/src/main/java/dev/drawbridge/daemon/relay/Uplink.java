package dev.drawbridge.daemon.relay;

import dev.drawbridge.daemon.DaemonConnection;
import dev.drawbridge.hub.Failure;
import dev.drawbridge.hub.Outcome;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;

/**
 * From the editor to the daemon, across daemons: one thread that connects, brings the new daemon up to date, forwards
 * what the editor sends, and starts over when the connection ends. Everything the editor is owed an answer to gets one.
 */
final class Uplink implements Runnable {
    private static final long INITIALIZE_MILLIS = 10_000;
    private static final long STABLE_NANOS = 2_000_000_000L;
    private static final long MAX_PAUSE_MILLIS = 2_000;
    private static final Failure LOST = new Failure(
            "daemon.lost",
            "The Drawbridge daemon stopped while this request was running.",
            "It is being started again: try again.");
    private static final Failure TOO_MANY = new Failure(
            "daemon.tooManyRequests", "Too many requests are waiting for an answer.", "Wait for some of them.");

    private final Connector connector;
    private final Framing framing;
    private final EditorEnd editor;
    private final PrintStream diagnostics;
    private final Envelope initialize;
    private final String client;
    private final Outbox outbox = new Outbox();
    private final SessionMemory memory = new SessionMemory();
    private final PendingRequests pending = new PendingRequests();
    private final DaemonRequestIds daemonRequests = new DaemonRequestIds();
    private int generation;
    private String lastComplaint = "";

    Uplink(
            Connector connector,
            Framing framing,
            EditorEnd editor,
            PrintStream diagnostics,
            Envelope initialize,
            String client) {
        this.connector = connector;
        this.framing = framing;
        this.editor = editor;
        this.diagnostics = diagnostics;
        this.initialize = initialize;
        this.client = client;
    }

    /** Takes a message of the editor; blocks while too much is waiting. */
    void send(Envelope message) throws InterruptedException {
        outbox.put(message);
    }

    @Override
    public void run() {
        int failures = 0;
        try {
            while (true) {
                Outcome<DaemonConnection> outcome = connector.connect(client);
                long began = System.nanoTime();
                if (outcome instanceof Outcome.Success<DaemonConnection>(DaemonConnection connection)) {
                    converse(connection);
                    giveUpOpenRequests();
                    failures = System.nanoTime() - began < STABLE_NANOS ? failures + 1 : 0;
                } else if (outcome instanceof Outcome.Failed<DaemonConnection>(Failure failure)) {
                    complain(failure);
                    refuseWaiting(failure);
                    failures++;
                }
                if (failures > 0) {
                    Thread.sleep(Math.min(50L << Math.min(failures, 6), MAX_PAUSE_MILLIS));
                }
            }
        } catch (InterruptedException _) {
            return;
        }
    }

    private void converse(DaemonConnection connection) throws InterruptedException {
        generation++;
        Downlink downlink =
                new Downlink(generation, connection, framing, editor, pending, daemonRequests, outbox, diagnostics);
        Thread thread = new Thread(null, downlink, "downlink-" + generation, 256 << 10);
        thread.setDaemon(true);
        thread.start();
        try {
            OutputStream out = connection.out();
            framing.write(out, initialize.withId(Downlink.INITIALIZE_ID));
            if (!downlink.awaitInitialized(INITIALIZE_MILLIS)) {
                diagnostics.println("drawbridge: the daemon did not answer initialize.");
                return;
            }
            for (byte[] message : memory.replay()) {
                framing.write(out, message);
            }
            lastComplaint = "";
            if (generation > 1) {
                editor.send(
                        Replies.log("Drawbridge: connected to a new daemon; everything open was told to it again."));
            }
            forward(out, downlink);
        } catch (IOException _) {
            return;
        } finally {
            connection.close();
            // No answer may follow the error that its request is about to get.
            thread.join();
        }
    }

    private void forward(OutputStream out, Downlink downlink) throws InterruptedException {
        while (!downlink.hasEnded()) {
            for (Envelope message : outbox.take()) {
                try {
                    forward(out, message);
                } catch (IOException _) {
                    // It did not arrive whole, so the next daemon can have it without anything happening twice.
                    if (message.isRequest()) {
                        pending.remove(message.id());
                    }
                    outbox.putBack(message);
                    return;
                }
            }
        }
    }

    private void forward(OutputStream out, Envelope message) throws IOException {
        if (message.isRequest()) {
            if (pending.add(message.id())) {
                framing.write(out, message.body());
            } else {
                editor.send(Replies.error(message.id(), Replies.REQUEST_FAILED, TOO_MANY));
            }
        } else if (message.isNotification()) {
            framing.write(out, message.body());
            memory.note(message);
        } else {
            String id = daemonRequests.toDaemon(generation, Envelope.canonicalId(message.id()));
            if (!id.isEmpty()) {
                framing.write(out, message.withId(id));
            }
        }
    }

    private void giveUpOpenRequests() {
        for (String id : pending.removeAll()) {
            editor.send(Replies.error(id, Replies.REQUEST_FAILED, LOST));
        }
        for (String id : daemonRequests.forgetAll()) {
            editor.send(Replies.cancel(id));
        }
    }

    private void refuseWaiting(Failure failure) {
        List<Envelope> waiting = outbox.drain();
        for (Envelope message : waiting) {
            if (message.isRequest()) {
                editor.send(Replies.error(message.id(), Replies.REQUEST_FAILED, failure));
            } else if (message.isNotification()) {
                memory.note(message);
            }
        }
    }

    /** Says the same thing once, not at every try. */
    private void complain(Failure failure) {
        if (!failure.message().equals(lastComplaint)) {
            lastComplaint = failure.message();
            diagnostics.println("drawbridge: " + failure.message() + " " + failure.action());
            editor.send(Replies.showError("Drawbridge: " + failure.message() + " " + failure.action()));
        }
    }
}
