package dev.drawbridge.daemon.relay;

import dev.drawbridge.daemon.Hello;
import dev.drawbridge.daemon.SessionFace;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * An LSP server of a few lines: it answers every request with the request's own method, except {@code test/hang}, asks
 * the editor something on {@code test/ask}, and remembers all it was sent.
 */
final class ScriptedFace implements SessionFace {
    final List<String> received = new CopyOnWriteArrayList<>();
    final List<Hello> hellos = new CopyOnWriteArrayList<>();

    @Override
    public void serve(Hello hello, InputStream in, OutputStream out) throws IOException {
        hellos.add(hello);
        Framing framing = new LspFraming();
        FrameSource source = framing.source(in);
        while (source.next() instanceof Frame.Message(byte[] body)) {
            received.add(new String(body, StandardCharsets.UTF_8));
            Envelope message;
            try {
                message = Envelope.of(body);
            } catch (dev.drawbridge.mcp.json.JsonSlices.MalformedJson e) {
                throw new IOException(e);
            }
            if (message.method().equals("test/ask")) {
                write(framing, out, "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"window/showMessageRequest\"}");
            } else if (message.isRequest() && !message.method().equals("test/hang")) {
                write(
                        framing,
                        out,
                        "{\"jsonrpc\":\"2.0\",\"id\":" + message.id() + ",\"result\":\"" + message.method() + "\"}");
            }
        }
    }

    private static void write(Framing framing, OutputStream out, String body) throws IOException {
        framing.write(out, body.getBytes(StandardCharsets.UTF_8));
    }
}
