package dev.drawbridge.proxy;

import dev.drawbridge.hub.HostSession;
import dev.drawbridge.hub.HostTarget;
import dev.drawbridge.hub.Hub;
import dev.drawbridge.hub.SessionContext;
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
 * The daemon's face towards an AI host: one MCP server over a stream of lines, in whichever era the host speaks. It is
 * transparent: what it does not know it carries unchanged. It never lets the host wait for a person or a dead server.
 */
public final class ProxyFace {
    private static final int MAX_MESSAGE = 64 << 20;

    private final Hub hub;

    public ProxyFace(Hub hub) {
        this.hub = hub;
    }

    /** Serves one host until its input ends. */
    public void serve(InputStream in, OutputStream out, SessionContext context, HostTarget target, HostOptions options)
            throws IOException {
        HostWire wire = new HostWire(out);
        HostRequests requests = new HostRequests(wire);
        HubEar ear = new HubEar();
        try (HostSession session = hub.attachHost(context, target, ear)) {
            ServerSide server = new ServerSide(wire, requests, session, target.server(), options);
            ear.tell(server);
            HostConversation conversation = new HostConversation(wire, requests, server);
            try {
                read(in, wire, conversation);
            } finally {
                conversation.close();
            }
        }
    }

    private static void read(InputStream in, HostWire wire, HostConversation conversation) throws IOException {
        LineReader lines = new LineReader(in, MAX_MESSAGE);
        Optional<LineReader.Line> next = lines.next();
        while (next.isPresent()) {
            LineReader.Line line = next.get();
            if (line.cut()) {
                wire.error(RawJson.NULL, -32600, "The message is longer than 64 MiB", Optional.empty());
            } else if (!isBlank(line.text())) {
                for (RpcMessage message : parse(line.text(), wire)) {
                    conversation.heard(message);
                }
            }
            next = lines.next();
        }
    }

    private static List<RpcMessage> parse(byte[] text, HostWire wire) {
        try {
            return RpcMessage.parse(text);
        } catch (MalformedJson e) {
            wire.error(RawJson.NULL, -32700, "Parse error: " + e.getMessage(), Optional.empty());
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
