package dev.drawbridge.proxy;

import dev.drawbridge.hub.HostConnection;
import dev.drawbridge.mcp.Cancellation;
import dev.drawbridge.mcp.Negotiated;
import dev.drawbridge.mcp.ServerRequest;
import dev.drawbridge.mcp.json.JsonEdit;
import dev.drawbridge.mcp.json.JsonSlices;
import dev.drawbridge.mcp.json.JsonSlices.MalformedJson;
import dev.drawbridge.mcp.json.JsonText;
import dev.drawbridge.mcp.json.RawJson;
import dev.drawbridge.mcp.rpc.RpcMessage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** A host of 2024-11-05 to 2025-11-25: {@code initialize} opens its session, and servers may ask it directly. */
final class InitializeEra implements Era {
    static final List<String> VERSIONS = List.of("2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05");

    private static final String COMPLETE = "complete";

    private final HostProfile host;
    private final HostWire wire;
    private final HostRequests requests;

    InitializeEra(HostProfile host, HostWire wire, HostRequests requests) {
        this.host = host;
        this.wire = wire;
        this.requests = requests;
    }

    /** The revision to answer a host with that asks for one. */
    static String agreeOn(String wanted) {
        return VERSIONS.contains(wanted) ? wanted : VERSIONS.getFirst();
    }

    @Override
    public HostProfile host() {
        return host;
    }

    @Override
    public HostProfile host(RpcMessage.Request request) {
        return host;
    }

    /** The other era's mark on results means nothing here, and what it marks as unfinished cannot be passed on. */
    @Override
    public Reply result(String method, RawJson result, Optional<Negotiated> server) throws MalformedJson {
        boolean stateless = server.filter(InitializeEra::isStateless).isPresent();
        if (!stateless || result.bytes()[0] != '{') {
            return new Reply.Result(result);
        }
        String type = JsonSlices.ofObject(result.bytes()).string("resultType").orElse(COMPLETE);
        return type.equals(COMPLETE)
                ? new Reply.Result(OlderResults.of(method, JsonEdit.without(result, "resultType")))
                : new Reply.Refusal(
                        ErrorCodes.INTERNAL_ERROR,
                        "The server's answer to " + method + " is of the type " + JsonText.quote(type)
                                + ", which protocol " + host.version() + " does not know.",
                        Optional.empty());
    }

    private static boolean isStateless(Negotiated server) {
        return server.era() == dev.drawbridge.mcp.Era.STATELESS;
    }

    @Override
    public Reply refusal(Call call, Reply.Refusal refusal, Negotiated server) {
        return isStateless(server) ? ErrorCodes.forInitialize(call.method(), refusal) : refusal;
    }

    @Override
    public RawJson params(Call call, HostConnection server) {
        return call.request().params();
    }

    @Override
    public Reply run(Call call, Supplier<Reply> attempt) {
        return attempt.get();
    }

    @Override
    public void elicitationCompleted(String id) {
        wire.notification(
                "notifications/elicitation/complete",
                RawJson.of("{\"elicitationId\":" + JsonText.quote(id) + "}"),
                Optional.empty());
    }

    @Override
    public void notified(String method, RawJson params, Optional<Cancellation> within) {
        wire.notification(method, params, within);
    }

    @Override
    public ServerRequest.Answer asked(ServerRequest request) {
        if (Demands.beyond(host, request).isPresent()) {
            return ServerRequest.Answer.notSupported(request.method());
        }
        try {
            return requests.ask(request, named(request));
        } catch (MalformedJson e) {
            return new ServerRequest.Answer.Refusal(-32602, "Invalid params: " + e.getMessage(), Optional.empty());
        }
    }

    /** 2025-11-25 wants a name for each URL elicitation, which the other era's servers do not give. */
    private static RawJson named(ServerRequest request) throws MalformedJson {
        if (!request.method().equals("elicitation/create")) {
            return request.params();
        }
        JsonSlices params = JsonSlices.ofObject(request.params().bytes());
        boolean url = params.string("mode").filter("url"::equals).isPresent();
        return url && !params.has("elicitationId")
                ? JsonEdit.with(
                        request.params(),
                        Map.of(
                                "elicitationId",
                                RawJson.of(JsonText.quote(
                                        java.util.UUID.randomUUID().toString()))))
                : request.params();
    }

    @Override
    public void close() {
        requests.close();
    }
}
