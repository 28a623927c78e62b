package dev.drawbridge.proxy;

import dev.drawbridge.mcp.Cancellation;
import dev.drawbridge.mcp.ServerRequest;
import dev.drawbridge.mcp.json.RawJson;
import java.util.Optional;

/** How a backend speaks to its host unasked; a host that has not said hello yet hears nothing. */
interface HostVoice {
    void notified(String method, RawJson params, Optional<Cancellation> within);

    /** May wait for a person. */
    ServerRequest.Answer asked(ServerRequest request);

    /** A page that the host was told of has been seen to. */
    void elicitationCompleted(String id);

    /** The host as it introduced itself. */
    Optional<Era> era();
}
