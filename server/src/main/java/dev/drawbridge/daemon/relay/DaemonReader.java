package dev.drawbridge.daemon.relay;

import dev.drawbridge.daemon.DaemonConnection;
import dev.drawbridge.mcp.json.JsonSlices;
import java.io.IOException;
import java.io.PrintStream;

/** From one daemon to the relay's client: a thread per connection, which ends with it. */
abstract class DaemonReader implements Runnable {
    /** The id under which the relay repeats the client's first request; the answer to it goes no further. */
    static final String INITIALIZE_ID = "\"drawbridge-initialize\"";

    private final DaemonConnection connection;
    private final Framing framing;
    private final Outbox outbox;
    private final PrintStream diagnostics;
    private boolean greeted;
    private boolean ended;

    /** @param outbox is woken when the connection ends */
    DaemonReader(DaemonConnection connection, Framing framing, Outbox outbox, PrintStream diagnostics) {
        this.connection = connection;
        this.framing = framing;
        this.outbox = outbox;
        this.diagnostics = diagnostics;
    }

    /** Passes a message of the daemon on. */
    abstract void carry(Envelope message);

    @Override
    public final void run() {
        try {
            FrameSource source = framing.source(connection.in());
            while (true) {
                Frame frame = source.next();
                if (frame instanceof Frame.Message(byte[] body)) {
                    read(body);
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

    private void read(byte[] body) {
        Envelope message;
        try {
            message = Envelope.of(body);
        } catch (JsonSlices.MalformedJson e) {
            diagnostics.println("drawbridge: the daemon sent a message that is not JSON (" + e.getMessage() + ").");
            return;
        }
        carry(message);
    }

    /** The daemon has answered the first request. */
    final synchronized void greeted() {
        greeted = true;
        notifyAll();
    }

    /** Whether that has happened in time. */
    final synchronized boolean awaitGreeted(long millis) throws InterruptedException {
        long end = System.nanoTime() + millis * 1_000_000;
        while (!greeted && !ended) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return greeted && !ended;
    }

    final synchronized boolean hasEnded() {
        return ended;
    }
}
