package dev.drawbridge.mcp;

import dev.drawbridge.mcp.json.RawJson;
import java.time.Duration;

/**
 * One live connection to a server, whatever its era and transport. Safe for any number of threads at once; blocking,
 * for virtual threads. Do not interrupt a thread that is inside: cancel or close.
 */
public interface Connection extends AutoCloseable {
    Negotiated negotiated();

    /**
     * Makes one request and waits for its end.
     *
     * @param params a JSON object, sent as it is but for what the protocol has to add
     * @param timeout the longest silence: progress starts it anew; after an hour the call ends in any case
     */
    CallOutcome call(
            String method, RawJson params, Duration timeout, ProgressListener progress, Cancellation cancellation);

    /** Sends a notification; whether the server took it. */
    boolean notify(String method, RawJson params);

    /** Ends the connection: calls in flight fail, a session is given back, a process is stopped. Returns within seconds. */
    @Override
    void close();
}
