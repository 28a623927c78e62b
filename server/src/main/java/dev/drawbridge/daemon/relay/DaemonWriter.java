package dev.drawbridge.daemon.relay;

import dev.drawbridge.daemon.DaemonConnection;
import dev.drawbridge.hub.Failure;
import dev.drawbridge.hub.Outcome;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;

/**
 * From the relay's client to the daemon, across daemons: one thread that connects, brings the new daemon up to date,
 * forwards what the client sends, and starts over when the connection ends. A request that a daemon took with it gets an
 * error; one that had not left waits for the next daemon.
 */
abstract class DaemonWriter implements Runnable {
    private static final long GREETING_MILLIS = 10_000;
    private static final long STABLE_NANOS = 2_000_000_000L;
    private static final Failure LOST = new Failure(
            "daemon.lost",
            "The Drawbridge daemon stopped while this request was running.",
            "It is being started again: try again.");
    private static final Failure TOO_MANY = new Failure(
            "daemon.tooManyRequests", "Too many requests are waiting for an answer.", "Wait for some of them.");

    private final Connector connector;
    private final Framing framing;
    private final EditorEnd client;
    private final PrintStream diagnostics;
    private final Manner manner;
    private final Outbox outbox = new Outbox();
    private final PendingRequests pending = new PendingRequests();
    private String lastComplaint = "";

    /**
     * How the client's protocol wants it.
     *
     * @param name the client's, for the daemon
     * @param errorCode of requests that fail here
     * @param firstPauseMillis before the second attempt to connect; each is twice as long as the one before
     */
    record Manner(String name, int errorCode, long firstPauseMillis, long longestPauseMillis) {}

    DaemonWriter(Connector connector, Framing framing, EditorEnd client, PrintStream diagnostics, Manner manner) {
        this.connector = connector;
        this.framing = framing;
        this.client = client;
        this.diagnostics = diagnostics;
        this.manner = manner;
    }

    /** What reads a connection that has just been made. */
    abstract DaemonReader reader(DaemonConnection connection);

    /** Makes the daemon's acquaintance; false when it does not answer in time. */
    abstract boolean greet(OutputStream out, DaemonReader reader) throws IOException, InterruptedException;

    /** Sends one message that is no request, and does what follows from it. */
    abstract void forward(OutputStream out, Envelope message) throws IOException;

    /** A message reached a daemon, or is a notification that a later one must know of. */
    abstract void note(Envelope message);

    /** The connection is over, and nothing more will come from it. */
    abstract void over();

    /** There is no daemon; said once for each reason. */
    abstract void complained(Failure failure);

    final Framing framing() {
        return framing;
    }

    final EditorEnd client() {
        return client;
    }

    final PrintStream diagnostics() {
        return diagnostics;
    }

    final Outbox outbox() {
        return outbox;
    }

    final PendingRequests pending() {
        return pending;
    }

    /** Takes a message of the client; blocks while too much is waiting. */
    final void send(Envelope message) throws InterruptedException {
        outbox.put(message);
    }

    @Override
    public final void run() {
        int failures = 0;
        try {
            while (true) {
                Outcome<DaemonConnection> outcome = connector.connect(manner.name());
                long began = System.nanoTime();
                if (outcome instanceof Outcome.Success<DaemonConnection>(DaemonConnection connection)) {
                    converse(connection);
                    for (String id : pending.removeAll()) {
                        client.send(Replies.error(id, manner.errorCode(), LOST));
                    }
                    failures = System.nanoTime() - began < STABLE_NANOS ? failures + 1 : 0;
                } else if (outcome instanceof Outcome.Failed<DaemonConnection>(Failure failure)) {
                    complain(failure);
                    refuseWaiting(failure);
                    failures++;
                }
                if (failures > 0) {
                    Thread.sleep(
                            Math.min(manner.firstPauseMillis() << Math.min(failures, 6), manner.longestPauseMillis()));
                }
            }
        } catch (InterruptedException _) {
            return;
        }
    }

    private void converse(DaemonConnection connection) throws InterruptedException {
        DaemonReader reader = reader(connection);
        Thread thread = new Thread(null, reader, "downlink", 256 << 10);
        thread.setDaemon(true);
        thread.start();
        try {
            OutputStream out = connection.out();
            if (!greet(out, reader)) {
                return;
            }
            lastComplaint = "";
            while (!reader.hasEnded()) {
                for (Envelope message : outbox.take()) {
                    if (!offer(out, message)) {
                        return;
                    }
                }
            }
        } catch (IOException _) {
            return;
        } finally {
            connection.close();
            // No answer may follow the error that its request is about to get.
            thread.join();
            over();
        }
    }

    /** Sends the first request and waits for its answer. */
    final boolean greet(OutputStream out, byte[] initialize, DaemonReader reader)
            throws IOException, InterruptedException {
        framing.write(out, initialize);
        return reader.awaitGreeted(GREETING_MILLIS);
    }

    /** False when the connection broke; the message is kept then. */
    private boolean offer(OutputStream out, Envelope message) {
        try {
            if (!message.isRequest()) {
                forward(out, message);
            } else if (pending.add(message.id())) {
                framing.write(out, message.body());
                note(message);
            } else {
                client.send(Replies.error(message.id(), manner.errorCode(), TOO_MANY));
            }
            return true;
        } catch (IOException _) {
            // It did not arrive whole, so the next daemon can have it without anything happening twice.
            if (message.isRequest()) {
                pending.remove(message.id());
            }
            outbox.putBack(message);
            return false;
        }
    }

    private void refuseWaiting(Failure failure) {
        for (Envelope message : outbox.drain()) {
            if (message.isRequest()) {
                client.send(Replies.error(message.id(), manner.errorCode(), failure));
            } else if (message.isNotification()) {
                note(message);
            }
        }
    }

    /** Says the same thing once, not at every try. */
    private void complain(Failure failure) {
        if (!failure.message().equals(lastComplaint)) {
            lastComplaint = failure.message();
            diagnostics.println("drawbridge: " + failure.message() + " " + failure.action());
            complained(failure);
        }
    }
}
