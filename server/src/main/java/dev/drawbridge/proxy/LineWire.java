package dev.drawbridge.proxy;

import dev.drawbridge.mcp.Cancellation;
import dev.drawbridge.mcp.json.RawJson;
import dev.drawbridge.mcp.rpc.RpcText;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/** A host at the other end of a stream: one JSON-RPC message a line (MCP, stdio transport). Shared by the threads that write. */
final class LineWire implements HostWire {
    private final OutputStream out;
    private boolean closed;

    LineWire(OutputStream out) {
        this.out = out;
    }

    /** The end of a request. */
    void reply(RawJson id, Reply reply) {
        reply.text(id).ifPresent(this::send);
    }

    @Override
    public void request(String id, String method, RawJson params, Optional<Cancellation> within) {
        send(RpcText.request(id, method, params));
    }

    @Override
    public void notification(String method, RawJson params, Optional<Cancellation> within) {
        send(RpcText.notification(method, params));
    }

    /** Blocks while the host does not read; the daemon ends a session whose client stays away. */
    private synchronized void send(byte[] message) {
        if (closed) {
            return;
        }
        // A server may spread its JSON over lines; inside a string a line break is always escaped.
        byte[] line = new byte[message.length + 1];
        for (int i = 0; i < message.length; i++) {
            line[i] = message[i] == '\n' || message[i] == '\r' ? (byte) ' ' : message[i];
        }
        line[message.length] = '\n';
        try {
            out.write(line);
            out.flush();
        } catch (IOException e) {
            // The reading end notices, too, and ends the session.
            closed = true;
        }
    }
}
