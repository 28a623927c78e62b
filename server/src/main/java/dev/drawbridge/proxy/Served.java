package dev.drawbridge.proxy;

import dev.drawbridge.mcp.Cancellation;
import dev.drawbridge.mcp.json.JsonSlices.MalformedJson;
import dev.drawbridge.mcp.json.RawJson;
import dev.drawbridge.mcp.rpc.RpcMessage;

/** What a host talks to. Thread-safe. */
interface Served {
    /** Answers a request; blocks until its end, and never for a person. */
    Reply reply(RpcMessage.Request request, Cancellation cancellation) throws MalformedJson;

    /** Passes a notification of the host on; blocks while that is written. */
    void notify(String method, RawJson params);

    /** A request was answered; one that got less than it wanted may be owed more already. */
    void answered();

    void close();
}
