package dev.drawbridge.proxy;

import dev.drawbridge.mcp.ServerRequest;
import dev.drawbridge.mcp.json.RawJson;
import dev.drawbridge.mcp.rpc.RpcText;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/** The stream to the host: one JSON-RPC message a line (MCP, stdio transport). Shared by the threads that write to it. */
final class HostWire {
    /** Between the face and its relay; a host never sees it. */
    static final String OPEN_BROWSER = "$/drawbridge/openBrowser";

    private final OutputStream out;
    private boolean closed;

    HostWire(OutputStream out) {
        this.out = out;
    }

    void result(RawJson id, RawJson result) {
        send(RpcText.answer(id, new ServerRequest.Answer.Result(result)));
    }

    void error(RawJson id, long code, String message, Optional<RawJson> data) {
        send(RpcText.answer(id, new ServerRequest.Answer.Refusal(code, message, data)));
    }

    void request(String id, String method, RawJson params) {
        send(RpcText.request(id, method, params));
    }

    void notification(String method, RawJson params) {
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
