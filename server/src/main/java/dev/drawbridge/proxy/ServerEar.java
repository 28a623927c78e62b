package dev.drawbridge.proxy;

import dev.drawbridge.mcp.Cancellation;
import dev.drawbridge.mcp.ConnectionListener;
import dev.drawbridge.mcp.McpFailure;
import dev.drawbridge.mcp.Rejection;
import dev.drawbridge.mcp.ServerRequest;
import dev.drawbridge.mcp.json.RawJson;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** Hears a session of the host's own with its server. */
final class ServerEar implements ConnectionListener {
    /** What every session hears. */
    private static final Set<String> OF_ALL = Set.of(
            "notifications/tools/list_changed",
            "notifications/prompts/list_changed",
            "notifications/resources/list_changed",
            "notifications/resources/updated");

    private final HostVoice host;
    private final Runnable lost;
    private final BooleanSupplier first;

    /**
     * @param lost hears that the session is over
     * @param first whether it is the host's only one, or the one of several that tells what all of them hear
     */
    ServerEar(HostVoice host, Runnable lost, BooleanSupplier first) {
        this.host = host;
        this.lost = lost;
        this.first = first;
    }

    @Override
    public void onNotification(String method, RawJson params) {
        onNotification(method, params, Optional.empty());
    }

    @Override
    public void onNotification(String method, RawJson params, Optional<Cancellation> within) {
        if (!OF_ALL.contains(method) || first.getAsBoolean()) {
            host.notified(method, params, within);
        }
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
