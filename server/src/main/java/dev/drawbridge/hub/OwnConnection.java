package dev.drawbridge.hub;

import dev.drawbridge.mcp.Connection;
import dev.drawbridge.mcp.Negotiated;
import dev.drawbridge.mcp.json.RawJson;

/** A session of one host's own, whose troubles with authorization are the shared server's. */
final class OwnConnection implements HostConnection {
    private final ServerCalls calls;
    private final Connection connection;

    OwnConnection(ServerCalls calls, Connection connection) {
        this.calls = calls;
        this.connection = connection;
    }

    @Override
    public Negotiated negotiated() {
        return connection.negotiated();
    }

    @Override
    public CallResult call(String method, RawJson params, CallOptions options) {
        return calls.callOver(connection, method, params, options);
    }

    @Override
    public boolean notify(String method, RawJson params) {
        return connection.notify(method, params);
    }

    @Override
    public void close() {
        connection.close();
    }
}
