package dev.drawbridge.daemon.relay;

import dev.drawbridge.daemon.DaemonConnection;
import dev.drawbridge.mcp.json.JsonSlices;
import java.io.PrintStream;

/** From one daemon to the AI host; what is meant for the relay itself stays here. */
final class HostDownlink extends DaemonReader {
    private static final String OPEN_BROWSER = "$/drawbridge/openBrowser";
    private static final String SAY = "$/drawbridge/say";

    private final EditorEnd host;
    private final PendingRequests pending;
    private final PrintStream diagnostics;
    private final ProxyRelay.Browser browser;

    HostDownlink(
            DaemonConnection connection,
            Framing framing,
            EditorEnd host,
            PendingRequests pending,
            Outbox outbox,
            PrintStream diagnostics,
            ProxyRelay.Browser browser) {
        super(connection, framing, outbox, diagnostics);
        this.host = host;
        this.pending = pending;
        this.diagnostics = diagnostics;
        this.browser = browser;
    }

    @Override
    void carry(Envelope message) {
        if (message.method().equals(OPEN_BROWSER)) {
            openBrowser(message);
        } else if (message.method().equals(SAY)) {
            diagnostics.println("drawbridge: " + param(message, "text") + ".");
        } else if (!message.method().isEmpty() || message.id().equals("null")) {
            host.send(message.body());
        } else if (message.id().equals(INITIALIZE_ID)) {
            greeted();
        } else if (pending.remove(message.id())) {
            host.send(message.body());
        }
    }

    private void openBrowser(Envelope message) {
        String url = param(message, "url");
        if (url.isEmpty()) {
            diagnostics.println("drawbridge: the daemon wanted a page opened without saying which.");
        } else {
            diagnostics.println("drawbridge: to sign in, open " + url);
            browser.open(url);
        }
    }

    private static String param(Envelope message, String name) {
        try {
            JsonSlices params = message.members().object("params").orElse(null);
            return params == null ? "" : params.string(name).orElse("");
        } catch (JsonSlices.MalformedJson _) {
            return "";
        }
    }
}
