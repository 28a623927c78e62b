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
    private final UrlElicitations pages = new UrlElicitations();
    private volatile Optional<LogLevel> logLevel = Optional.empty();

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
    static Optional<Reply.Refusal> check(Optional<JsonSlices> meta) {
        Optional<String> version = meta.flatMap(said -> said.string(PROTOCOL_VERSION));
        if (version.isEmpty()) {
            return Optional.of(without(PROTOCOL_VERSION));
        }
        if (!version.get().equals(VERSION)) {
            return Optional.of(new Reply.Refusal(
                    UNSUPPORTED_VERSION,
                    "Unsupported protocol version",
                    Optional.of(RawJson.of("{\"supported\":" + supported() + ",\"requested\":"
                            + JsonText.quote(version.get()) + "}"))));
        }
        return meta.flatMap(said -> said.raw(CLIENT_CAPABILITIES))
                        .filter(raw -> raw.bytes()[0] == '{')
                        .isPresent()
                ? Optional.empty()
                : Optional.of(without(CLIENT_CAPABILITIES));
    }

    private static Reply.Refusal without(String member) {
        return new Reply.Refusal(-32602, "Invalid params: _meta has no " + member, Optional.empty());
    }

    static HostProfile profile(JsonSlices meta) {
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

    /** Every request describes its sender anew, who may be able to do other things by now. */
    @Override
    public HostProfile host(RpcMessage.Request request) throws MalformedJson {
        return meta(request.params()).map(StatelessEra::profile).orElse(host);
    }

    @Override
    public Reply result(String method, RawJson result, Optional<Negotiated> server) throws MalformedJson {
        if (result.bytes()[0] != '{') {
            return new Reply.Result(result);
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
        return new Reply.Result(
                info.isEmpty() || meta.isPresent() && meta.get().has(SERVER_INFO)
                        ? marked
                        : JsonEdit.within(marked, "_meta", Map.of(SERVER_INFO, info.get())));
    }

    /** A server of the other era is told in its own way what this one says with each request. */
    @Override
    public RawJson params(Call call, HostConnection server) throws MalformedJson {
        RawJson params = call.request().params();
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

    /** What the server was told last, which it keeps for a session. */
    private record LogLevel(String level, HostConnection server) {}

    private void setLogLevel(String level, HostConnection server) {
        Optional<LogLevel> wanted = Optional.of(new LogLevel(level, server));
        if (!logLevel.equals(wanted)) {
            logLevel = wanted;
            server.call(
                    "logging/setLevel", RawJson.of("{\"level\":" + JsonText.quote(level) + "}"), CallOptions.plain());
        }
    }

    @Override
    public Reply refusal(Call call, Reply.Refusal refusal, Negotiated server) {
        return server.era() == dev.drawbridge.mcp.Era.STATELESS
                ? refusal
                : ErrorCodes.forStateless(call.method(), refusal);
    }

    @Override
    public Reply run(Call call, Supplier<Reply> attempt) {
        if (!MAY_NEED_INPUT.contains(call.method())) {
            Reply reply = attempt.get();
            return reply instanceof Reply.Refusal(long code, String message, var _)
                            && code == SignInOffer.URL_ELICITATION_REQUIRED
                    ? ErrorCodes.needsUrlElicitation(message)
                    : reply;
        }
        try {
            JsonSlices params = JsonSlices.ofObject(call.request().params().bytes());
            Optional<String> state = params.string("requestState");
            return state.filter(ParkedCalls::isOurs).isPresent()
                    ? parked.goOn(state.get(), params.object("inputResponses"), call)
                    : parked.start(call, () -> pages.run(call, attempt, parked::ask));
        } catch (MalformedJson e) {
            return new Reply.Refusal(-32602, "Invalid params: " + e.getMessage(), Optional.empty());
        }
    }

    @Override
    public void notified(String method, RawJson params, Optional<Cancellation> within) {
        if (method.equals("notifications/elicitation/complete")) {
            completedElicitation(params).ifPresent(pages::completed);
            return;
        }
        subscriptions.notified(method, params, within.map(parked::carrier));
    }

    private static Optional<String> completedElicitation(RawJson params) {
        try {
            return JsonSlices.ofObject(params.bytes()).string("elicitationId");
        } catch (MalformedJson e) {
            return Optional.empty();
        }
    }

    @Override
    public void elicitationCompleted(String id) {
        pages.completed(id);
    }

    @Override
    public ServerRequest.Answer asked(ServerRequest request) {
        return parked.ask(request);
    }

    Subscriptions subscriptions() {
        return subscriptions;
    }

    @Override
    public void close() {
        parked.close();
    }
}
