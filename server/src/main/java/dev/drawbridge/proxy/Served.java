package dev.drawbridge.proxy;

import dev.drawbridge.mcp.Cancellation;
import dev.drawbridge.mcp.json.JsonSlices.MalformedJson;
import dev.drawbridge.mcp.json.RawJson;
import dev.drawbridge.mcp.rpc.RpcMessage;
import java.util.Optional;

/** What a host talks to. Thread-safe. */
interface Served {
    /** Answers a request; blocks until its end, and never for a person. */
    Reply reply(RpcMessage.Request request, Cancellation cancellation) throws MalformedJson;

    /** Passes a notification of the host on; blocks while that is written. */
    void notify(String method, RawJson params);

    /** Whether there is a server at all; waits until the configuration has been read. */
    boolean isServed();

    /** The tools as they were last read, if they ever were. */
    Optional<RawJson> lastKnownTools();

    /** A request was answered; one that got less than it wanted may be owed more already. */
    void answered();

    void close();
}
