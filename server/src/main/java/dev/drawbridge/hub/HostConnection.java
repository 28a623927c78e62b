package dev.drawbridge.hub;

import dev.drawbridge.mcp.Negotiated;
import dev.drawbridge.mcp.json.RawJson;

/** A host's own MCP session with its server; the credential is the machine's. Safe for any number of threads; blocking. */
public interface HostConnection extends AutoCloseable {
    Negotiated negotiated();

    /** Makes one request. A refusal for want of a sign-in is told to the editors, too. */
    CallResult call(String method, RawJson params, CallOptions options);

    /** Sends a notification; whether the server took it. */
    boolean notify(String method, RawJson params);

    @Override
    void close();
}
