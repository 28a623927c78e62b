package dev.drawbridge.proxy;

import dev.drawbridge.mcp.Cancellation;
import dev.drawbridge.mcp.ConnectionListener;
import dev.drawbridge.mcp.McpFailure;
import dev.drawbridge.mcp.Rejection;
import dev.drawbridge.mcp.ServerRequest;
import dev.drawbridge.mcp.json.RawJson;
import java.util.Optional;

/** Hears the host's own session with its server. */
final class ServerEar implements ConnectionListener {
    private final HostVoice host;
    private final Runnable lost;

    /** @param lost hears that the session is over */
    ServerEar(HostVoice host, Runnable lost) {
        this.host = host;
        this.lost = lost;
    }

    @Override
    public void onNotification(String method, RawJson params) {
        onNotification(method, params, Optional.empty());
    }

    @Override
    public void onNotification(String method, RawJson params, Optional<Cancellation> within) {
        host.notified(method, params, within);
    }

    @Override
    public ServerRequest.Answer onServerRequest(ServerRequest request) {
        return host.asked(request);
    }

    @Override
    public void onStderr(String line) {
        System.getLogger(ServerEar.class.getName()).log(System.Logger.Level.DEBUG, line);
    }

    @Override
    public void onClosed(McpFailure why) {
        lost.run();
    }

    @Override
    public void onUnauthorized(Rejection rejection) {
        // The shared session is refused as well and tells everybody; the next call of this one finds out for itself.
        System.getLogger(ServerEar.class.getName())
                .log(System.Logger.Level.DEBUG, "A host''s stream was refused: {0}", rejection.status());
    }
}
