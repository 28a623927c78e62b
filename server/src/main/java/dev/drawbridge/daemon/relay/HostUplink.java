package dev.drawbridge.daemon.relay;

import dev.drawbridge.daemon.DaemonConnection;
import dev.drawbridge.hub.Failure;
import dev.drawbridge.hub.Outcome;
import dev.drawbridge.mcp.json.JsonSlices;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * From an AI host to the daemon, across daemons: connects, greets the new daemon as the host greeted the last one, and
 * forwards. A request that a daemon took with it gets an error; one that had not left waits for the next daemon.
 */
final class HostUplink implements Runnable {
    private static final long GREETING_MILLIS = 10_000;
    private static final long STABLE_NANOS = 2_000_000_000L;
    private static final long MAX_PAUSE_MILLIS = 1_000;
    private static final Failure LOST = new Failure(
            "daemon.lost",
            "The Drawbridge daemon stopped while this request was running.",
            "It is being started again: try again.");
    private static final Failure TOO_MANY = new Failure(
            "daemon.tooManyRequests", "Too many requests are waiting for an answer.", "Wait for some of them.");

    private final Connector connector;
    private final Framing framing;
    private final EditorEnd host;
    private final PrintStream diagnostics;
    private final ProxyRelay.Browser browser;
    private final Outbox outbox = new Outbox();
    private final HostMemory memory = new HostMemory();
    private final PendingRequests pending = new PendingRequests();
    private String lastComplaint = "";

    HostUplink(
            Connector connector, Framing framing, EditorEnd host, PrintStream diagnostics, ProxyRelay.Browser browser) {
        this.connector = connector;
        this.framing = framing;
        this.host = host;
        this.diagnostics = diagnostics;
        this.browser = browser;
    }

    /** Takes a message of the host; blocks while too much is waiting. */
    void send(Envelope message) throws InterruptedException {
        outbox.put(message);
    }

    @Override
    public void run() {
        int failures = 0;
        try {
            while (true) {
                Outcome<DaemonConnection> outcome = connector.connect("");
                long began = System.nanoTime();
                if (outcome instanceof Outcome.Success<DaemonConnection>(DaemonConnection connection)) {
                    converse(connection);
                    for (String id : pending.removeAll()) {
                        host.send(Replies.error(id, Replies.INTERNAL_ERROR, LOST));
                    }
                    failures = System.nanoTime() - began < STABLE_NANOS ? failures + 1 : 0;
                } else if (outcome instanceof Outcome.Failed<DaemonConnection>(Failure failure)) {
                    complain(failure);
                    refuseWaiting(failure);
                    failures++;
                }
                if (failures > 0) {
                    Thread.sleep(Math.min(25L << Math.min(failures, 6), MAX_PAUSE_MILLIS));
                }
            }
        } catch (InterruptedException _) {
            return;
        }
    }

    private void converse(DaemonConnection connection) throws InterruptedException {
        HostDownlink downlink = new HostDownlink(connection, framing, host, pending, outbox, diagnostics, browser);
        Thread thread = new Thread(null, downlink, "downlink", 256 << 10);
        thread.setDaemon(true);
        thread.start();
        try {
            OutputStream out = connection.out();
            List<byte[]> greeting = memory.greeting();
            if (!greeting.isEmpty()) {
                framing.write(out, greeting.getFirst());
                if (!downlink.awaitGreeted(GREETING_MILLIS)) {
                    return;
                }
                for (byte[] message : memory.replay()) {
                    framing.write(out, message);
                }
            }
            lastComplaint = "";
            while (!downlink.hasEnded()) {
                for (Envelope message : outbox.take()) {
                    if (!forward(out, message)) {
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
            sendGreetingAgain();
        }
    }

    /** The host still waits for its first answer: the next daemon gives it. */
    private void sendGreetingAgain() {
        for (Envelope initialize : memory.takeUnanswered(pending)) {
            outbox.putBack(initialize);
        }
    }

    /** False when the connection broke; the message is kept then. */
    private boolean forward(OutputStream out, Envelope message) {
        try {
            if (message.isRequest() && !pending.add(message.id())) {
                host.send(Replies.error(message.id(), Replies.INTERNAL_ERROR, TOO_MANY));
                return true;
            }
            framing.write(out, message.body());
            if (message.method().equals("notifications/cancelled")) {
                // By MCP nobody answers it now.
                cancelled(message);
            }
            memory.note(message);
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

    private void cancelled(Envelope message) {
        try {
            JsonSlices params = message.members().object("params").orElse(null);
            JsonSlices.Slice id =
                    params == null ? null : params.slice("requestId").orElse(null);
            if (id != null) {
                pending.remove(new String(message.body(), id.from(), id.to() - id.from(), StandardCharsets.UTF_8));
            }
        } catch (JsonSlices.MalformedJson _) {
            return;
        }
    }

    private void refuseWaiting(Failure failure) {
        for (Envelope message : outbox.drain()) {
            if (message.isRequest()) {
                host.send(Replies.error(message.id(), Replies.INTERNAL_ERROR, failure));
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
        }
    }
}
