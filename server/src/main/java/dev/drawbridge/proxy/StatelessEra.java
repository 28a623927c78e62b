package dev.drawbridge.proxy;

import dev.drawbridge.hub.CallOptions;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A host of 2026-07-28: no handshake, every request describes itself, and a server's questions are answers to the host's
 * own requests ({@code input_required}).
 */
final class StatelessEra implements Era {
    static final String VERSION = "2026-07-28";
    static final int UNSUPPORTED_VERSION = -32022;

    private static final String PREFIX = "io.modelcontextprotocol/";
    static final String PROTOCOL_VERSION = PREFIX + "protocolVersion";
    private static final String CLIENT_INFO = PREFIX + "clientInfo";
    private static final String CLIENT_CAPABILITIES = PREFIX + "clientCapabilities";
    private static final String LOG_LEVEL = PREFIX + "logLevel";
    private static final String SERVER_INFO = PREFIX + "serverInfo";
    private static final List<String> OWN_META = List.of(PROTOCOL_VERSION, CLIENT_INFO, CLIENT_CAPABILITIES, LOG_LEVEL);
    private static final Set<String> CACHEABLE = Set.of(
            "server/discover",
            "tools/list",
            "prompts/list",
            "resources/list",
            "resources/templates/list",
            "resources/read");
    /** What hosts of this era must not ask, and what a server of the other one would answer. */
    static final Set<String> REMOVED = Set.of(
            "initialize",
            "ping",
            "logging/setLevel",
            "resources/subscribe",
            "resources/unsubscribe",
            "tasks/list",
            "tasks/result");

    private static final Set<String> MAY_NEED_INPUT = Set.of("tools/call", "prompts/get", "resources/read");

    private final HostProfile host;
    private final Subscriptions subscriptions;
    private final ParkedCalls parked = new ParkedCalls();
    private volatile Optional<String> logLevel = Optional.empty();

    StatelessEra(HostProfile host, Subscriptions subscriptions) {
        this.host = host;
        this.subscriptions = subscriptions;
    }

    /** What a request of this era says of its sender; empty for one that is of the other era. */
    static Optional<JsonSlices> meta(RawJson params) throws MalformedJson {
        return params.bytes()[0] == '{'
                ? JsonSlices.ofObject(params.bytes()).object("_meta").filter(meta -> meta.has(PROTOCOL_VERSION))
                : Optional.empty();
    }

    /** What is wrong with a request's description of its sender, or nothing. */
    static Optional<Reply.Refusal> check(JsonSlices meta) {
        Optional<String> version = meta.string(PROTOCOL_VERSION);
        if (!version.filter(VERSION::equals).isPresent()) {
            return Optional.of(new Reply.Refusal(
                    UNSUPPORTED_VERSION,
                    "Unsupported protocol version",
                    Optional.of(RawJson.of("{\"supported\":" + supported() + ",\"requested\":"
                            + JsonText.quote(version.orElse("")) + "}"))));
        }
        return meta.raw(CLIENT_CAPABILITIES)
                        .filter(raw -> raw.bytes()[0] == '{')
                        .isPresent()
                ? Optional.empty()
                : Optional.of(new Reply.Refusal(
                        -32602, "Invalid params: _meta has no " + CLIENT_CAPABILITIES, Optional.empty()));
    }

    static HostProfile profile(JsonSlices meta) throws MalformedJson {
        return HostProfile.of(VERSION, meta.raw(CLIENT_INFO), meta.raw(CLIENT_CAPABILITIES));
    }

    /** The versions offered, as a JSON array; this one alone comes without a handshake. */
    static String supported() {
        return "[\"" + VERSION + "\"]";
    }

    @Override
    public HostProfile host() {
        return host;
    }

    @Override
    public RawJson result(String method, RawJson result, Optional<Negotiated> server) throws MalformedJson {
        if (result.bytes()[0] != '{') {
            return result;
        }
        JsonSlices slices = JsonSlices.ofObject(result.bytes());
        Map<String, RawJson> added = new LinkedHashMap<>();
        if (!slices.has("resultType")) {
            added.put("resultType", RawJson.of("\"complete\""));
        }
        if (CACHEABLE.contains(method)) {
            if (!slices.has("ttlMs")) {
                added.put("ttlMs", RawJson.of("0"));
            }
            if (!slices.has("cacheScope")) {
                added.put("cacheScope", RawJson.of("\"private\""));
            }
        }
        RawJson marked = JsonEdit.with(result, added);
        Optional<RawJson> info = server.flatMap(Negotiated::serverInfo);
        Optional<JsonSlices> meta = slices.object("_meta");
        return info.isEmpty() || meta.isPresent() && meta.get().has(SERVER_INFO)
                ? marked
                : JsonEdit.within(marked, "_meta", Map.of(SERVER_INFO, info.get()));
    }

    /** A server of the other era is told in its own way what this one says with each request. */
    @Override
    public RawJson params(RpcMessage.Request request, HostConnection server) throws MalformedJson {
        RawJson params = request.params();
        if (server.negotiated().era() == dev.drawbridge.mcp.Era.STATELESS) {
            return params;
        }
        Optional<RawJson> meta = JsonSlices.ofObject(params.bytes()).raw("_meta");
        if (meta.isEmpty()) {
            return params;
        }
        JsonSlices.ofObject(meta.get().bytes()).string(LOG_LEVEL).ifPresent(level -> setLogLevel(level, server));
        RawJson rest = meta.get();
        for (String name : OWN_META) {
            rest = JsonEdit.without(rest, name);
        }
        boolean empty = !JsonSlices.ofObject(rest.bytes()).names().iterator().hasNext();
        return empty ? JsonEdit.without(params, "_meta") : JsonEdit.with(params, Map.of("_meta", rest));
    }

    private void setLogLevel(String level, HostConnection server) {
        if (!logLevel.equals(Optional.of(level))) {
            logLevel = Optional.of(level);
            server.call(
                    "logging/setLevel", RawJson.of("{\"level\":" + JsonText.quote(level) + "}"), CallOptions.plain());
        }
    }

    @Override
    public Reply run(RpcMessage.Request request, Cancellation cancellation, Supplier<Reply> call) {
        if (!MAY_NEED_INPUT.contains(request.method())) {
            return call.get();
        }
        try {
            JsonSlices params = JsonSlices.ofObject(request.params().bytes());
            Optional<String> state = params.string("requestState");
            return state.isPresent()
                    ? parked.goOn(state.get(), params.object("inputResponses"), cancellation)
                    : parked.start(cancellation, call);
        } catch (MalformedJson e) {
            return new Reply.Refusal(-32602, "Invalid params: " + e.getMessage(), Optional.empty());
        }
    }

    @Override
    public void notified(String method, RawJson params, Optional<Cancellation> within) {
        subscriptions.notified(method, params, within.map(parked::carrier));
    }

    @Override
    public ServerRequest.Answer asked(ServerRequest request) {
        return host.takes(request.method()) ? parked.ask(request) : ServerRequest.Answer.notSupported(request.method());
    }

    Subscriptions subscriptions() {
        return subscriptions;
    }

    @Override
    public void close() {
        parked.close();
    }
}
