package dev.drawbridge.daemon.relay;

import dev.drawbridge.daemon.DaemonConnection;
import dev.drawbridge.hub.Failure;
import dev.drawbridge.mcp.json.JsonSlices;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** From an AI host to the daemon; a new daemon is greeted as the host greeted the last one. */
final class HostUplink extends DaemonWriter {
    private final ProxyRelay.Browser browser;
    private final HostMemory memory = new HostMemory();

    HostUplink(
            Connector connector, Framing framing, EditorEnd host, PrintStream diagnostics, ProxyRelay.Browser browser) {
        super(connector, framing, host, diagnostics, new Manner("", Replies.INTERNAL_ERROR, 25, 1_000));
        this.browser = browser;
    }

    @Override
    DaemonReader reader(DaemonConnection connection) {
        return new HostDownlink(connection, framing(), client(), pending(), outbox(), diagnostics(), browser);
    }

    @Override
    boolean greet(OutputStream out, DaemonReader reader) throws IOException, InterruptedException {
        List<byte[]> greeting = memory.greeting();
        if (greeting.isEmpty()) {
            return true;
        }
        if (!greet(out, greeting.getFirst(), reader)) {
            return false;
        }
        for (byte[] message : memory.replay()) {
            framing().write(out, message);
        }
        return true;
    }

    @Override
    void forward(OutputStream out, Envelope message) throws IOException {
        framing().write(out, message.body());
        if (message.method().equals("notifications/cancelled")) {
            // By MCP nobody answers it now.
            cancelled(message);
        }
        note(message);
    }

    @Override
    void note(Envelope message) {
        memory.note(message);
    }

    /** What the next daemon can answer as well is not lost. */
    @Override
    void over() {
        memory.takeUnanswered(pending()).reversed().forEach(outbox()::putBack);
    }

    /** A host has no place for it but its log, where it is already. */
    @Override
    void complained(Failure failure) {}

    private void cancelled(Envelope message) {
        try {
            JsonSlices params = message.members().object("params").orElse(null);
            JsonSlices.Slice id =
                    params == null ? null : params.slice("requestId").orElse(null);
            if (id != null) {
                String text = new String(message.body(), id.from(), id.to() - id.from(), StandardCharsets.UTF_8);
                pending().remove(text);
                memory.noteCancelled(text);
            }
        } catch (JsonSlices.MalformedJson _) {
            return;
        }
    }
}
