package dev.drawbridge.mcp;

import dev.drawbridge.mcp.rpc.OwedEnds;
import dev.drawbridge.mcp.rpc.RpcChannel;
import dev.drawbridge.mcp.stateless.Discovery;
import java.util.Optional;

/** What stays the same through all the steps of one attempt to connect. */
record Attempt(
        ClientProfile profile,
        ConnectionListener listener,
        Optional<String> remembered,
        Optional<Known> known,
        Deadline deadline,
        OwedEnds ends) {
    boolean remembersStateless() {
        return remembered
                .filter(version -> version.compareTo(Discovery.VERSION) >= 0)
                .isPresent();
    }

    boolean remembersInitialize() {
        return remembered.isPresent() && !remembersStateless();
    }

    /** What is known of a server of the stateless era, which makes asking needless. */
    Optional<Known> knownStateless() {
        return known.filter(known -> known.negotiated().era() == Era.STATELESS);
    }

    /** Hands a connection over, unless the server is gone already. */
    static ConnectOutcome handedOver(RpcChannel channel, Connection connection) {
        Optional<McpFailure> lost = channel.establish();
        if (lost.isPresent()) {
            connection.close();
            return new ConnectOutcome.Failed(lost.get());
        }
        return new ConnectOutcome.Connected(connection);
    }
}
