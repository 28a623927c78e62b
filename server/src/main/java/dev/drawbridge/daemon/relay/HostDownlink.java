package dev.drawbridge.daemon.relay;

import dev.drawbridge.daemon.DaemonConnection;
import dev.drawbridge.mcp.json.JsonSlices;
import java.io.IOException;
import java.io.PrintStream;

/** From one daemon to the AI host: a thread per connection, which ends with it. */
final class HostDownlink implements Runnable {
    private static final String OPEN_BROWSER = "$/drawbridge/openBrowser";

    private final DaemonConnection connection;
    private final Framing framing;
    private final EditorEnd host;
    private final PendingRequests pending;
    private final Outbox outbox;
    private final PrintStream diagnostics;
    private final ProxyRelay.Browser browser;
    private boolean greeted;
    private boolean ended;

    HostDownlink(
            DaemonConnection connection,
            Framing framing,
            EditorEnd host,
            PendingRequests pending,
            Outbox outbox,
            PrintStream diagnostics,
            ProxyRelay.Browser browser) {
        this.connection = connection;
        this.framing = framing;
        this.host = host;
        this.pending = pending;
        this.outbox = outbox;
        this.diagnostics = diagnostics;
        this.browser = browser;
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

    /** Whether the daemon has answered the repeated greeting in time. */
    synchronized boolean awaitGreeted(long millis) throws InterruptedException {
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
        if (message.method().equals(OPEN_BROWSER)) {
            openBrowser(message);
        } else if (!message.method().isEmpty() || message.id().equals("null")) {
            host.send(body);
        } else if (message.id().equals(Downlink.INITIALIZE_ID)) {
            synchronized (this) {
                greeted = true;
                notifyAll();
            }
        } else if (pending.remove(message.id())) {
            host.send(body);
        }
    }

    private void openBrowser(Envelope message) {
        try {
            JsonSlices params = message.members().object("params").orElse(null);
            String url = params == null ? "" : params.string("url").orElse("");
            diagnostics.println("drawbridge: to sign in, open " + url);
            browser.open(url);
        } catch (JsonSlices.MalformedJson _) {
            diagnostics.println("drawbridge: the daemon wanted a page opened without saying which.");
        }
    }
}
