package dev.drawbridge.proxy;

import dev.drawbridge.hub.ServerName;
import dev.drawbridge.mcp.Cancellation;
import dev.drawbridge.mcp.ServerRequest;
import dev.drawbridge.mcp.json.JsonEdit;
import dev.drawbridge.mcp.json.JsonSlices.MalformedJson;
import dev.drawbridge.mcp.json.JsonText;
import dev.drawbridge.mcp.json.RawJson;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;

/**
 * One server's voice among all of them.
 *
 * @param told whether the host knows a resource of the server by another address
 */
record MemberVoice(HostVoice host, ServerName server, BiPredicate<ServerName, String> told) implements HostVoice {
    @Override
    public void notified(String method, RawJson params, Optional<Cancellation> within) {
        host.notified(method, method.equals("notifications/resources/updated") ? addressed(params) : params, within);
    }

    private RawJson addressed(RawJson params) {
        Optional<String> uri = Items.text(params, "uri").filter(own -> told.test(server, own));
        try {
            return uri.isEmpty()
                    ? params
                    : JsonEdit.with(
                            params, Map.of("uri", RawJson.of(JsonText.quote(ResourceRoutes.told(server, uri.get())))));
        } catch (MalformedJson e) {
            return params;
        }
    }

    @Override
    public ServerRequest.Answer asked(ServerRequest request) {
        return host.asked(request);
    }

    @Override
    public void elicitationCompleted(String id) {
        host.elicitationCompleted(id);
    }

    @Override
    public Optional<Era> era() {
        return host.era();
    }
}
