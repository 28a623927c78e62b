package dev.drawbridge.mcp.legacy;

import dev.drawbridge.mcp.CallOutcome;
import dev.drawbridge.mcp.ClientProfile;
import dev.drawbridge.mcp.Era;
import dev.drawbridge.mcp.McpFailure;
import dev.drawbridge.mcp.Negotiated;
import dev.drawbridge.mcp.json.JsonSlices;
import dev.drawbridge.mcp.json.JsonSlices.MalformedJson;
import dev.drawbridge.mcp.json.RawJson;
import dev.drawbridge.mcp.rpc.Failures;
import dev.drawbridge.mcp.rpc.Reply;
import dev.drawbridge.mcp.rpc.RpcChannel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** {@code initialize} and what follows it (requirement 92). */
public final class Handshake {
    /** The version asked for. */
    public static final String LATEST = "2025-11-25";

    /** What a server may answer with; the last one was never published but is spoken by early servers. */
    public static final List<String> VERSIONS = List.of(LATEST, "2025-06-18", "2025-03-26", "2024-11-05", "2024-10-07");

    private Handshake() {}

    /** How the handshake ended; a refusal keeps the reply, for a prober can read more out of it. */
    public sealed interface End {
        record Agreed(Negotiated negotiated) implements End {}

        record Refused(Reply reply) implements End {}
    }

    static RawJson params(ClientProfile profile) {
        return RawJson.of("{\"protocolVersion\":\"" + LATEST + "\",\"capabilities\":"
                + profile.capabilities().text() + ",\"clientInfo\":"
                + profile.info().text() + "}");
    }

    /** Asks, and reads the answer; {@code initialized} is the caller's to send. */
    public static End ask(RpcChannel channel, ClientProfile profile, Duration timeout) {
        Reply reply = channel.call("initialize", params(profile), timeout);
        if (!(reply.outcome() instanceof CallOutcome.Result(RawJson result))) {
            return new End.Refused(reply);
        }
        try {
            JsonSlices slices = JsonSlices.ofObject(result.bytes());
            Optional<String> version = slices.string("protocolVersion");
            if (version.isEmpty() || !VERSIONS.contains(version.get())) {
                return refused(Failures.noCommonVersion(version.orElse("none")));
            }
            return new End.Agreed(new Negotiated(
                    Era.INITIALIZE,
                    version.get(),
                    slices.raw("capabilities").orElse(RawJson.EMPTY_OBJECT),
                    slices.raw("serverInfo"),
                    slices.string("instructions")));
        } catch (MalformedJson e) {
            return refused(Failures.protocol("its answer to initialize is no object"));
        }
    }

    private static End refused(McpFailure failure) {
        return new End.Refused(Reply.failed(failure));
    }
}
