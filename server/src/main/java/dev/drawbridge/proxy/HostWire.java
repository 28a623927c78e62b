package dev.drawbridge.proxy;

import dev.drawbridge.mcp.Cancellation;
import dev.drawbridge.mcp.json.RawJson;
import java.util.Optional;

/**
 * Where a host hears what nobody asked it to wait for. Thread-safe. A host over stdio hears everything on one stream; one
 * over HTTP has a stream for each of its requests, which is why each message says what it belongs to.
 */
public interface HostWire {
    /** Between the face and its relay; a host never sees it. */
    String OPEN_BROWSER = "$/drawbridge/openBrowser";

    /**
     * A question to the host.
     *
     * @param id a JSON string, unique among the questions to this host
     * @param within the host's request it arose from, named by that request's cancellation, where that is known
     */
    void request(String id, String method, RawJson params, Optional<Cancellation> within);

    /** A notification; {@code within} as above. */
    void notification(String method, RawJson params, Optional<Cancellation> within);
}
