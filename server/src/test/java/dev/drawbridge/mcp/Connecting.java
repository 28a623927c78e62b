package dev.drawbridge.mcp;

import dev.drawbridge.mcp.json.RawJson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The client's half of a test: one connector, what was connected with it, and short words for calls. */
public final class Connecting implements AutoCloseable {
    static final ClientProfile PROFILE = ClientProfile.of("test", "1", RawJson.of("{\"elicitation\":{}}"));
    static final Duration LIMIT = Duration.ofSeconds(10);

    private final Connector connector = new Connector();
    private final List<Connection> connections = new ArrayList<>();

    ConnectOutcome attempt(
            Endpoint endpoint, RequestAuthorizer authorizer, ConnectionListener listener, String remembered) {
        return attempt(endpoint, authorizer, listener, remembered, LIMIT);
    }

    ConnectOutcome attempt(Endpoint endpoint, ConnectionListener listener, Duration limit) {
        return attempt(endpoint, RequestAuthorizer.NONE, listener, "", limit);
    }

    private ConnectOutcome attempt(
            Endpoint endpoint,
            RequestAuthorizer authorizer,
            ConnectionListener listener,
            String remembered,
            Duration limit) {
        ConnectOutcome outcome = connector.connect(
                endpoint,
                PROFILE,
                authorizer,
                listener,
                remembered.isEmpty() ? Optional.empty() : Optional.of(remembered),
                limit);
        if (outcome instanceof ConnectOutcome.Connected(Connection connection)) {
            connections.add(connection);
        }
        return outcome;
    }

    Connection connect(Endpoint endpoint, ConnectionListener listener) {
        return connected(attempt(endpoint, RequestAuthorizer.NONE, listener, ""));
    }

    static Connection connected(ConnectOutcome outcome) {
        if (outcome instanceof ConnectOutcome.Connected(Connection connection)) {
            return connection;
        }
        throw new AssertionError("not connected: " + outcome);
    }

    static McpFailure failure(ConnectOutcome outcome) {
        if (outcome instanceof ConnectOutcome.Failed(McpFailure failure)) {
            return failure;
        }
        throw new AssertionError("not failed: " + outcome);
    }

    static CallOutcome call(Connection connection, String method, String params) {
        return connection.call(method, RawJson.of(params), LIMIT, ProgressListener.NONE, new Cancellation());
    }

    static String result(CallOutcome outcome) {
        if (outcome instanceof CallOutcome.Result(RawJson result)) {
            return result.text();
        }
        throw new AssertionError("no result: " + outcome);
    }

    static McpFailure failure(CallOutcome outcome) {
        if (outcome instanceof CallOutcome.Failed(McpFailure failure)) {
            return failure;
        }
        throw new AssertionError("not failed: " + outcome);
    }

    /** What a process does before its end. */
    void endConnections() {
        connector.endConnections(LIMIT);
    }

    @Override
    public void close() {
        connections.forEach(Connection::close);
        connector.close();
    }
}
