package dev.drawbridge.proxy;

import dev.drawbridge.mcp.json.JsonSlices.MalformedJson;
import dev.drawbridge.mcp.json.RawJson;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What stands behind a host, whichever era it speaks: {@link Front} has seen to that. Thread-safe. */
interface Backend {
    /** The result of {@code initialize}, as far as it is the server's. */
    RawJson initialized(String version);

    /** The result of {@code server/discover}, but for what every result of that era carries. */
    RawJson discovered();

    /** Answers a request; blocks until its end, and never for a person. */
    Reply answer(Call call) throws MalformedJson;

    /**
     * Listens at the server, in the host's name, for what only the server knows, and blocks until that ends; the end is
     * empty where no server has such a request.
     */
    Optional<Reply> listen(Call call);

    /** Passes a notification of the host on; blocks while that is written. */
    void notify(Era era, String method, RawJson params);

    /** A host that cannot subscribe itself wants to hear of these resources. */
    void watch(Era era, Set<String> uris);

    void unwatch(List<String> uris);

    /** Whether there is a server at all; waits until the configuration has been read. */
    boolean isServed();

    /** The tools as they were last read, if they ever were. */
    Optional<RawJson> lastKnownTools();

    /** A request was answered; one that got less than it wanted may be owed more already. */
    void answered();

    void close();
}
