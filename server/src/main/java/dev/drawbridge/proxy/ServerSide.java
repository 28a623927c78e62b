package dev.drawbridge.proxy;

import com.google.gson.JsonObject;
import dev.drawbridge.hub.CallOptions;
import dev.drawbridge.hub.CallResult;
import dev.drawbridge.hub.CatalogKind;
import dev.drawbridge.hub.Failure;
import dev.drawbridge.hub.HostConnection;
import dev.drawbridge.hub.HostSession;
import dev.drawbridge.hub.Outcome;
import dev.drawbridge.hub.ServerName;
import dev.drawbridge.hub.ServerState;
import dev.drawbridge.hub.ServerView;
import dev.drawbridge.hub.SignInFlow;
import dev.drawbridge.mcp.Cancellation;
import dev.drawbridge.mcp.McpFailure;
import dev.drawbridge.mcp.ProgressListener;
import dev.drawbridge.mcp.ServerRequest;
import dev.drawbridge.mcp.json.JsonSlices;
import dev.drawbridge.mcp.json.JsonSlices.MalformedJson;
import dev.drawbridge.mcp.json.JsonText;
import dev.drawbridge.mcp.json.RawJson;
import dev.drawbridge.mcp.rpc.RpcMessage;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/** Answers one host's requests from its server, and from what is known while the server cannot. Thread-safe; blocking. */
final class ServerSide implements Served {
    /** A server that is just being reached usually answers within this; a host that asks for a list waits no longer. */
    private static final Duration LIST_PATIENCE = Duration.ofSeconds(5);

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HostWire wire;
    private final HostRequests requests;
    private final HostSession session;
    private final ServerName name;
    private final ToolFilter filter;
    private final Greeting greeting;
    private final SignInOffer offer;
    private final Upstream upstream;
    private final BrowserWish browser;
    private volatile Optional<Era> era = Optional.empty();
    private volatile boolean owesLists;

    ServerSide(HostWire wire, HostRequests requests, HostSession session, ServerName name, HostOptions options) {
        this.wire = wire;
        this.requests = requests;
        this.session = session;
        this.name = name;
        this.filter = new ToolFilter(options.ignoredTools());
        this.greeting = new Greeting(session, name);
        this.offer = new SignInOffer(session, name, options.openBrowser());
        this.upstream = new Upstream(session, new ServerEar(this));
        this.browser = new BrowserWish(options.openBrowser(), offer, wire);
    }

    @Override
    public Reply reply(RpcMessage.Request request, Cancellation cancellation) throws MalformedJson {
        String method = request.method();
        Optional<JsonSlices> meta = StatelessEra.meta(request.params());
        if (method.equals("initialize") && meta.isEmpty()) {
            return initialize(request);
        }
        if (method.equals("server/discover") || meta.isPresent()) {
            Optional<Reply.Refusal> wrong = StatelessEra.check(meta.isPresent() ? meta.get() : EMPTY);
            if (wrong.isPresent()) {
                return wrong.get();
            }
            return handle(stateless(meta.orElseThrow()), request, cancellation);
        }
        Optional<Era> known = era;
        if (known.isEmpty() && method.equals("ping")) {
            return new Reply.Result(RawJson.EMPTY_OBJECT);
        }
        return known.isEmpty()
                ? new Reply.Refusal(-32600, "The first request is initialize or server/discover", Optional.empty())
                : handle(known.get(), request, cancellation);
    }

    private static final JsonSlices EMPTY = empty();

    private static JsonSlices empty() {
        try {
            return JsonSlices.ofObject(RawJson.EMPTY_OBJECT.bytes());
        } catch (MalformedJson e) {
            throw new IllegalStateException(e);
        }
    }

    private Reply initialize(RpcMessage.Request request) throws MalformedJson {
        if (era.isPresent()) {
            return new Reply.Refusal(-32600, "initialize was sent before", Optional.empty());
        }
        JsonSlices params = JsonSlices.ofObject(request.params().bytes());
        String version = InitializeEra.agreeOn(params.string("protocolVersion").orElse(""));
        HostProfile host = HostProfile.of(version, params.raw("clientInfo"), params.raw("capabilities"));
        Era begun = new InitializeEra(host, wire, requests);
        era = Optional.of(begun);
        upstream.opening(host);
        return new Reply.Result(greeting.initialized(version));
    }

    private synchronized StatelessEra stateless(JsonSlices meta) throws MalformedJson {
        if (era.orElse(null) instanceof StatelessEra known) {
            return known;
        }
        StatelessEra begun = new StatelessEra(StatelessEra.profile(meta), new Subscriptions(wire));
        era = Optional.of(begun);
        upstream.opening(begun.host());
        return begun;
    }

    private Reply handle(Era current, RpcMessage.Request request, Cancellation cancellation) throws MalformedJson {
        if (current instanceof StatelessEra && StatelessEra.REMOVED.contains(request.method())) {
            return new Reply.Refusal(-32601, "Method not found: " + request.method(), Optional.empty());
        }
        switch (request.method()) {
            case "ping" -> {
                return ours(current, request, RawJson.EMPTY_OBJECT);
            }
            case "server/discover" -> {
                return ours(current, request, greeting.discovered());
            }
            case "subscriptions/listen" -> {
                if (current instanceof StatelessEra stateless) {
                    return listen(stateless, request, cancellation);
                }
            }
            case "tools/call" -> {
                Optional<String> tool = tool(request);
                if (tool.filter(filter::hides).isPresent()) {
                    return new Reply.Refusal(-32603, "The tool " + tool.get() + " is left out here", Optional.empty());
                }
                if (tool.filter(SignInOffer.TOOL::equals).isPresent() && isOurTool()) {
                    return authenticate(current, request);
                }
            }
            default -> {
                // The server's own business.
            }
        }
        return current.run(request, cancellation, () -> forward(current, request, cancellation));
    }

    // --- to the server -------------------------------------------------------------------------------------------

    private Reply forward(Era current, RpcMessage.Request request, Cancellation cancellation) {
        try {
            Duration limit = list(request.method()).isPresent() ? LIST_PATIENCE : PATIENCE;
            return switch (upstream.await(current.host(), limit)) {
                case Outcome.Failed<HostConnection>(Failure failure) -> instead(current, request, failure);
                case Outcome.Success<HostConnection>(HostConnection server) ->
                    call(current, server, request, cancellation);
            };
        } catch (MalformedJson e) {
            return new Reply.Refusal(-32602, "Invalid params: " + e.getMessage(), Optional.empty());
        }
    }

    private Reply call(Era current, HostConnection server, RpcMessage.Request request, Cancellation cancellation)
            throws MalformedJson {
        CallResult outcome = server.call(
                request.method(),
                current.params(request, server),
                new CallOptions(
                        Optional.empty(), ProgressListener.NONE, cancellation, Optional.of(asker(current, request))));
        return switch (outcome) {
            case CallResult.Answered(RawJson result) -> {
                note(request);
                RawJson seen = request.method().equals("tools/list") ? filter.listed(result, disabledTools()) : result;
                yield new Reply.Result(current.result(request.method(), seen, Optional.of(server.negotiated())));
            }
            case CallResult.ServerError(long code, String message, Optional<RawJson> data) ->
                code == -32601 && isNotOffered(server, request.method())
                        ? ours(current, request, emptyList(request.method()))
                        : new Reply.Refusal(code, message, data);
            case CallResult.NotAnswered(Failure failure) -> instead(current, request, failure);
            case CallResult.Cancelled() -> new Reply.Nothing();
        };
    }

    private String asker(Era current, RpcMessage.Request request) throws MalformedJson {
        String what = tool(request).map(tool -> name + "/" + tool).orElse(name + " " + request.method());
        return current.host().client().name() + " called " + what;
    }

    /** The host was told of every capability when none was known yet; what is not there is an empty list, not an error. */
    private static boolean isNotOffered(HostConnection server, String method) throws MalformedJson {
        return list(method).isPresent()
                && !JsonSlices.ofObject(server.negotiated().capabilities().bytes())
                        .has(method.substring(0, method.indexOf('/')));
    }

    private void note(RpcMessage.Request request) throws MalformedJson {
        switch (request.method()) {
            case "logging/setLevel" -> upstream.noteLogLevel(request.params());
            case "resources/subscribe", "resources/unsubscribe" ->
                JsonSlices.ofObject(request.params().bytes())
                        .string("uri")
                        .ifPresent(uri ->
                                upstream.noteWatched(uri, request.method().equals("resources/subscribe")));
            default -> {
                // Nothing the next session would have to know.
            }
        }
    }

    // --- instead of the server -----------------------------------------------------------------------------------

    private Reply instead(Era current, RpcMessage.Request request, Failure failure) throws MalformedJson {
        owesLists = true;
        Optional<CatalogKind> kind = list(request.method());
        if (kind.isPresent()) {
            return ours(current, request, lastKnown(kind.get(), failure));
        }
        if (request.method().equals("logging/setLevel")) {
            upstream.noteLogLevel(request.params());
            return ours(current, request, RawJson.EMPTY_OBJECT);
        }
        if (!SignInOffer.helps(failure)) {
            return unreachable(failure);
        }
        boolean tool = request.method().equals("tools/call");
        return switch (offer.flow(asker(current, request))) {
            case Outcome.Failed<SignInFlow>(Failure why) ->
                tool ? ours(current, request, offer.failed(why)) : unreachable(why);
            case Outcome.Success<SignInFlow>(SignInFlow flow) -> {
                browser.begun(flow);
                if (current instanceof InitializeEra && current.host().opensUrls()) {
                    yield new Reply.Refusal(
                            SignInOffer.URL_ELICITATION_REQUIRED,
                            failure.message(),
                            Optional.of(offer.elicitations(flow)));
                }
                yield tool
                        ? ours(
                                current,
                                request,
                                offer.refusal(flow, current.host().knowsResourceLinks()))
                        : new Reply.Refusal(
                                -32001, failure.message() + " " + SignInOffer.words(flow), Optional.empty());
            }
        };
    }

    private static Reply unreachable(Failure failure) {
        JsonObject data = new JsonObject();
        data.addProperty("code", failure.code());
        data.addProperty("message", failure.message());
        data.addProperty("action", failure.action());
        return new Reply.Refusal(-32001, failure.message() + " " + failure.action(), Optional.of(RawJson.of(data)));
    }

    private RawJson lastKnown(CatalogKind kind, Failure failure) throws MalformedJson {
        RawJson items = session.lastKnown(kind)
                .orElseGet(() ->
                        kind == CatalogKind.TOOLS && SignInOffer.helps(failure) ? offer.tools() : RawJson.of("[]"));
        RawJson visible = kind == CatalogKind.TOOLS ? filter.visible(items, disabledTools()) : items;
        return RawJson.of("{\"" + kind.member() + "\":" + visible.text() + "}");
    }

    private static RawJson emptyList(String method) {
        return RawJson.of("{\"" + list(method).orElseThrow().member() + "\":[]}");
    }

    private boolean isOurTool() {
        return session.lastKnown(CatalogKind.TOOLS)
                .map(tools -> !tools.text().contains("\"" + SignInOffer.TOOL + "\""))
                .orElse(true);
    }

    private Reply authenticate(Era current, RpcMessage.Request request) throws MalformedJson {
        boolean signedIn = session.view()
                .filter(view -> view.state() instanceof ServerState.Connected)
                .isPresent();
        if (signedIn) {
            return ours(current, request, offer.done());
        }
        owesLists = true;
        return switch (offer.flow(asker(current, request))) {
            case Outcome.Failed<SignInFlow>(Failure why) -> ours(current, request, offer.failed(why));
            case Outcome.Success<SignInFlow>(SignInFlow flow) -> {
                browser.begun(flow);
                yield ours(current, request, offer.result(flow, current.host().knowsResourceLinks()));
            }
        };
    }

    private static Reply ours(Era current, RpcMessage.Request request, RawJson result) throws MalformedJson {
        return new Reply.Result(current.result(request.method(), result, Optional.empty()));
    }

    private Reply listen(StatelessEra stateless, RpcMessage.Request request, Cancellation cancellation)
            throws MalformedJson {
        Optional<Set<String>> uris = stateless.subscriptions().begin(request, cancellation);
        if (uris.isEmpty()) {
            return new Reply.Refusal(-32603, "Too many subscriptions are open", Optional.empty());
        }
        CountDownLatch over = new CountDownLatch(1);
        cancellation.onCancel(() -> {
            unsubscribe(stateless, cancellation);
            over.countDown();
        });
        if (upstream.await(stateless.host(), PATIENCE)
                instanceof Outcome.Success<HostConnection>(HostConnection server)) {
            for (String uri : uris.get()) {
                upstream.noteWatched(uri, true);
                server.call("resources/subscribe", uriOnly(uri), CallOptions.plain());
            }
        }
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return new Reply.Nothing();
    }

    private static RawJson uriOnly(String uri) {
        return RawJson.of("{\"uri\":" + JsonText.quote(uri) + "}");
    }

    private void unsubscribe(StatelessEra stateless, Cancellation listening) {
        for (String uri : stateless.subscriptions().end(listening)) {
            upstream.noteWatched(uri, false);
            upstream.now()
                    .ifPresent(server -> Thread.ofVirtual()
                            .start(() -> server.call("resources/unsubscribe", uriOnly(uri), CallOptions.plain())));
        }
    }

    @Override
    public void notify(String method, RawJson params) {
        if (era.isPresent()
                && upstream.await(era.get().host(), PATIENCE)
                        instanceof Outcome.Success<HostConnection>(HostConnection server)) {
            server.notify(method, params);
        }
    }

    // --- from the server and the hub -----------------------------------------------------------------------------

    void serverNotified(String method, RawJson params, Optional<Cancellation> within) {
        era.ifPresent(current -> current.notified(method, params, within));
    }

    ServerRequest.Answer serverAsked(ServerRequest request) {
        return era.map(current -> current.asked(request))
                .orElseGet(() -> ServerRequest.Answer.notSupported(request.method()));
    }

    void serverLost(McpFailure why) {
        upstream.lost();
        owesLists = true;
        settled();
    }

    /** Something about the server has changed: if it is back, the host is told to look again. */
    void settled() {
        Optional<Era> current = era;
        if (!owesLists || current.isEmpty()) {
            return;
        }
        Thread.ofVirtual().name("host-catch-up").start(() -> {
            boolean connected = session.view()
                    .filter(view -> view.state() instanceof ServerState.Connected)
                    .isPresent();
            if (!connected
                    || !(upstream.await(current.get().host(), PATIENCE)
                            instanceof Outcome.Success<HostConnection>(HostConnection server))) {
                return;
            }
            synchronized (this) {
                if (!owesLists) {
                    return;
                }
                owesLists = false;
            }
            for (String kind : greeting.announced(server.negotiated())) {
                current.get()
                        .notified("notifications/" + kind + "/list_changed", RawJson.EMPTY_OBJECT, Optional.empty());
            }
        });
    }

    void signInNeeded() {
        owesLists = true;
        browser.signInNeeded();
    }

    @Override
    public void answered() {
        settled();
    }

    private Set<String> disabledTools() {
        return session.view().map(ServerView::disabledTools).orElse(Set.of());
    }

    private static Optional<CatalogKind> list(String method) {
        for (CatalogKind kind : CatalogKind.values()) {
            if (kind.method().equals(method)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    private static Optional<String> tool(RpcMessage.Request request) throws MalformedJson {
        return request.method().equals("tools/call")
                ? JsonSlices.ofObject(request.params().bytes()).string("name")
                : Optional.empty();
    }

    @Override
    public void close() {
        era.ifPresent(Era::close);
        upstream.close();
    }
}
