package dev.drawbridge.proxy;

import dev.drawbridge.hub.HostTarget;
import dev.drawbridge.hub.Hub;
import dev.drawbridge.hub.SessionContext;
import dev.drawbridge.mcp.Cancellation;
import dev.drawbridge.mcp.json.JsonSlices.MalformedJson;
import dev.drawbridge.mcp.json.RawJson;
import dev.drawbridge.mcp.rpc.RpcMessage;
import dev.drawbridge.mcp.stdio.LineReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/**
 * The daemon's face towards an AI host: one MCP server, or all as one, over a stream of lines, in whichever era the host speaks. It is
 * transparent: what it does not know it carries unchanged. It never lets the host wait for a person or a dead server.
 */
public final class ProxyFace {
    private static final int MAX_MESSAGE = 64 << 20;

    private final Hub hub;

    public ProxyFace(Hub hub) {
        this.hub = hub;
    }

    /**
     * Serves one host until its input ends.
     *
     * @param target the server it wants; none for all of them as one
     */
    public void serve(
            InputStream in, OutputStream out, SessionContext context, Optional<HostTarget> target, HostOptions options)
            throws IOException {
        LineWire wire = new LineWire(out);
        try (HostConversation conversation = HostConversation.open(hub, context, target, options, wire)) {
            read(in, wire, conversation);
        }
    }

    private static void read(InputStream in, LineWire wire, HostConversation conversation) throws IOException {
        LineReader lines = new LineReader(in, MAX_MESSAGE);
        Optional<LineReader.Line> next = lines.next();
        while (next.isPresent()) {
            LineReader.Line line = next.get();
            if (line.cut()) {
                refuse(wire, -32600, "The message is longer than 64 MiB");
            } else if (!isBlank(line.text())) {
                for (RpcMessage message : parse(line.text(), wire)) {
                    heard(message, wire, conversation);
                }
            }
            next = lines.next();
        }
    }

    private static void heard(RpcMessage message, LineWire wire, HostConversation conversation) {
        switch (message) {
            case RpcMessage.Response response -> conversation.told(response);
            case RpcMessage.Notification notification -> conversation.told(notification);
            case RpcMessage.Request request ->
                conversation.asked(request, new Cancellation(), reply -> wire.reply(request.id(), reply));
        }
    }

    private static void refuse(LineWire wire, long code, String message) {
        wire.reply(RawJson.NULL, new Reply.Refusal(code, message, Optional.empty()));
    }

    private static List<RpcMessage> parse(byte[] text, LineWire wire) {
        try {
            return RpcMessage.parse(text);
        } catch (MalformedJson e) {
            refuse(wire, -32700, "Parse error: " + e.getMessage());
            return List.of();
        }
    }

    private static boolean isBlank(byte[] text) {
        for (byte b : text) {
            if (b > ' ' || b < 0) {
                return false;
            }
        }
        return true;
    }
}
