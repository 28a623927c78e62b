package dev.drawbridge.proxy;

import dev.drawbridge.hub.CatalogKind;
import dev.drawbridge.mcp.Cancellation;
import dev.drawbridge.mcp.json.JsonSlices;
import dev.drawbridge.mcp.json.JsonSlices.MalformedJson;
import dev.drawbridge.mcp.json.RawJson;
import dev.drawbridge.mcp.rpc.RpcMessage;
import java.util.Optional;

/**
 * One of the host's requests on its way to an answer.
 *
 * @param host who asks, by what this very request says where the era has it so
 * @param cancellation names the request, too
 */
record Call(Era era, HostProfile host, RpcMessage.Request request, Cancellation cancellation) {
    String method() {
        return request.method();
    }

    /** The tool that is called. */
    Optional<String> tool() throws MalformedJson {
        return method().equals("tools/call")
                ? JsonSlices.ofObject(request.params().bytes()).string("name")
                : Optional.empty();
    }

    /** The list that is asked for. */
    Optional<CatalogKind> list() {
        for (CatalogKind kind : CatalogKind.values()) {
            if (kind.method().equals(method())) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    /** A result of Drawbridge's own, as the host's era has it. */
    Reply ours(RawJson result) throws MalformedJson {
        return era.result(method(), result, Optional.empty());
    }
}
