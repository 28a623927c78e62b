package dev.drawbridge.proxy;

import dev.drawbridge.hub.CallOptions;
import dev.drawbridge.hub.CallResult;
import dev.drawbridge.hub.CatalogKind;
import dev.drawbridge.hub.Failure;
import dev.drawbridge.hub.FlowId;
import dev.drawbridge.hub.HostConnection;
import dev.drawbridge.hub.HostSession;
import dev.drawbridge.hub.Outcome;
import dev.drawbridge.hub.ServerName;
import dev.drawbridge.hub.ServerView;
import dev.drawbridge.mcp.Negotiated;
import dev.drawbridge.mcp.ProgressListener;
import dev.drawbridge.mcp.json.JsonSlices;
import dev.drawbridge.mcp.json.JsonSlices.MalformedJson;
import dev.drawbridge.mcp.json.RawJson;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One server behind a host: takes the host's requests to the host's own session with it, which opens when something needs
 * it, and has {@link Lists} and {@link StandIn} answer what does not or cannot go there. Thread-safe; blocking.
 */
final class ServerSide implements Backend {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LISTENING = Duration.ofHours(24);
    private static final String VERSION_CHANGED = "mcp.versionChanged";

    private final HostVoice host;
    private final HostSession session;
    private final ToolFilter filter;
    private final Greeting greeting;
    private final Upstream upstream;
    private final Lists lists;
    private final StandIn standIn;
    private final BrowserWish browser;
    private final CatchUp catchUp;

    ServerSide(HostVoice host, HostWire wire, HostSession session, ServerName name, HostOptions options) {
        this.host = host;
        this.session = session;
        this.filter = new ToolFilter(options.ignoredTools());
        this.greeting = new Greeting(session, name);
        this.upstream = new Upstream(
                session, (lost, first) -> new ServerEar(host, lost, first), this::sessionOpened, this::sessionLost);
        this.lists = new Lists(session, upstream);
        SignInOffer offer = new SignInOffer(session, name, options.openBrowser());
        this.browser = new BrowserWish(options.openBrowser(), offer, wire);
        this.standIn = new StandIn(session, name, offer, browser, lists);
        this.catchUp = new CatchUp(host, session, upstream, lists, greeting);
    }

    @Override
    public RawJson initialized(String version) {
        return greeting.initialized(version);
    }

    @Override
    public RawJson discovered() {
        return greeting.discovered();
    }

    @Override
    public Reply answer(Call call) throws MalformedJson {
        Optional<CatalogKind> list = call.list();
        if (list.isPresent()) {
            return list(call, list.get());
        }
        Optional<String> tool = call.tool();
        if (tool.filter(filter::hides).isPresent()) {
            return new Reply.Refusal(-32603, "The tool " + tool.get() + " is left out here", Optional.empty());
        }
        if (tool.filter(standIn::isOurTool).isPresent()) {
            catchUp.owe();
            return standIn.authenticate(call);
        }
        if (call.method().equals("logging/setLevel") && upstream.now().isEmpty()) {
            upstream.noteLogLevel(call.request().params());
            return call.ours(RawJson.EMPTY_OBJECT);
        }
        return call.era().run(call, () -> forward(call));
    }

    // --- lists ---------------------------------------------------------------------------------------------------

    private Reply list(Call call, CatalogKind kind) throws MalformedJson {
        Optional<Outcome<RawJson>> shared = lists.answer(call, kind);
        if (shared.isEmpty()) {
            return forward(call);
        }
        return switch (shared.get()) {
            case Outcome.Success<RawJson>(RawJson items) -> listed(call, kind, items);
            case Outcome.Failed<RawJson>(Failure failure) -> instead(call, failure);
        };
    }

    private Reply listed(Call call, CatalogKind kind, RawJson items) throws MalformedJson {
        RawJson visible = kind == CatalogKind.TOOLS ? filter.visible(items, disabledTools()) : items;
        return call.era()
                .result(
                        call.method(),
                        RawJson.of("{\"" + kind.member() + "\":" + visible.text() + "}"),
                        session.negotiated());
    }

    // --- to the server -------------------------------------------------------------------------------------------

    private Reply forward(Call call) {
        try {
            return switch (upstream.await(call.host(), call.list().isPresent() ? Lists.PATIENCE : PATIENCE)) {
                case Outcome.Failed<HostConnection>(Failure failure) -> instead(call, failure);
                case Outcome.Success<HostConnection>(HostConnection server) -> forward(call, server);
            };
        } catch (MalformedJson e) {
            return new Reply.Refusal(-32602, "Invalid params: " + e.getMessage(), Optional.empty());
        }
    }

    private Reply forward(Call call, HostConnection server) throws MalformedJson {
        if (server.negotiated().era() == dev.drawbridge.mcp.Era.INITIALIZE
                && call.era() instanceof StatelessEra
                && JsonSlices.ofObject(call.request().params().bytes()).has("requestState")) {
            return new Reply.Refusal(
                    -32602, "The request state is not one of this server's; make the call anew.", Optional.empty());
        }
        CallResult outcome = server.call(
                call.method(),
                call.era().params(call, server),
                new CallOptions(
                        Optional.empty(),
                        ProgressListener.NONE,
                        call.cancellation(),
                        Optional.of(standIn.asker(call))));
        return switch (outcome) {
            case CallResult.Answered(RawJson result) -> {
                note(call);
                RawJson seen = call.method().equals("tools/list") ? filter.listed(result, disabledTools()) : result;
                yield speaksLike(call, server)
                        ? new Reply.Result(seen)
                        : call.era().result(call.method(), seen, Optional.of(server.negotiated()));
            }
            case CallResult.ServerError(long code, String message, Optional<RawJson> data) ->
                code == -32601 && isNotOffered(server.negotiated(), call.method())
                        ? call.ours(nothing(call))
                        : call.era().refusal(call, new Reply.Refusal(code, message, data), server.negotiated());
            case CallResult.NotAnswered(Failure failure) -> {
                if (failure.code().equals(VERSION_CHANGED)) {
                    upstream.lost(server);
                }
                yield instead(call, failure);
            }
            case CallResult.Cancelled() -> new Reply.Nothing();
        };
    }

    /** Between a host and a server of one era nothing is added, and nothing that is missing is made up for. */
    private static boolean speaksLike(Call call, HostConnection server) {
        boolean stateless = server.negotiated().era() == dev.drawbridge.mcp.Era.STATELESS;
        return switch (call.era()) {
            case StatelessEra host -> stateless;
            case InitializeEra host -> !stateless;
        };
    }

    private Reply instead(Call call, Failure failure) throws MalformedJson {
        catchUp.owe();
        Optional<CatalogKind> kind = call.list();
        return kind.isPresent()
                ? listed(call, kind.get(), standIn.list(kind.get(), failure))
                : standIn.answer(call, failure);
    }

    /** The host was told of every capability when none was known yet; what is not there is empty, not an error. */
    private static boolean isNotOffered(Negotiated server, String method) throws MalformedJson {
        String capability = method.substring(0, Math.max(0, method.indexOf('/')));
        return Set.of("tools", "resources", "prompts", "logging").contains(capability)
                && (method.endsWith("/list") || method.equals("logging/setLevel"))
                && !JsonSlices.ofObject(server.capabilities().bytes()).has(capability);
    }

    private static RawJson nothing(Call call) {
        return call.list()
                .map(kind -> RawJson.of("{\"" + kind.member() + "\":[]}"))
                .orElse(RawJson.EMPTY_OBJECT);
    }

    /** What the next session would have to be told. */
    private void note(Call call) throws MalformedJson {
        switch (call.method()) {
            case "logging/setLevel" -> upstream.noteLogLevel(call.request().params());
            case "resources/subscribe", "resources/unsubscribe" ->
                JsonSlices.ofObject(call.request().params().bytes())
                        .string("uri")
                        .ifPresent(
                                uri -> upstream.noteWatched(uri, call.method().equals("resources/subscribe")));
            default -> {
                // Nothing.
            }
        }
    }

    @Override
    public Optional<Reply> listen(Call call) {
        return upstream.await(call.host(), PATIENCE) instanceof Outcome.Success<HostConnection>(HostConnection server)
                        && server.negotiated().era() == dev.drawbridge.mcp.Era.STATELESS
                ? Optional.of(listen(call, server))
                : Optional.empty();
    }

    private static Reply listen(Call call, HostConnection server) {
        CallOptions patient =
                new CallOptions(Optional.of(LISTENING), ProgressListener.NONE, call.cancellation(), Optional.empty());
        return switch (server.call(call.method(), call.request().params(), patient)) {
            case CallResult.Answered(RawJson result) -> new Reply.Result(result);
            case CallResult.ServerError(long code, String message, Optional<RawJson> data) ->
                new Reply.Refusal(code, message, data);
            case CallResult.NotAnswered(Failure failure) ->
                new Reply.Refusal(ErrorCodes.INTERNAL_ERROR, failure.message(), Optional.empty());
            case CallResult.Cancelled() -> new Reply.Nothing();
        };
    }

    @Override
    public void watch(Era era, Set<String> uris) {
        uris.forEach(uri -> upstream.noteWatched(uri, true));
        boolean before = upstream.now().isPresent();
        if (upstream.awaitFirst(era.host(), PATIENCE) instanceof Outcome.Success<HostConnection>(HostConnection server)
                && before) {
            // A new session is told by itself.
            uris.forEach(uri -> server.call("resources/subscribe", Upstream.uriOnly(uri), CallOptions.plain()));
        }
    }

    @Override
    public void unwatch(List<String> uris) {
        for (String uri : uris) {
            upstream.noteWatched(uri, false);
            upstream.now()
                    .ifPresent(server -> Thread.ofVirtual()
                            .start(() ->
                                    server.call("resources/unsubscribe", Upstream.uriOnly(uri), CallOptions.plain())));
        }
    }

    @Override
    public void notify(Era era, String method, RawJson params) {
        if (method.equals("notifications/roots/list_changed")) {
            // A session that opens later asks for the roots as they are then.
            upstream.now().ifPresent(server -> server.notify(method, params));
        } else if (upstream.awaitFirst(era.host(), PATIENCE)
                instanceof Outcome.Success<HostConnection>(HostConnection server)) {
            server.notify(method, params);
        }
    }

    // --- from the server and the hub -----------------------------------------------------------------------------

    private void sessionOpened(HostConnection opened, HostProfile by) {
        Thread.ofVirtual().name("host-lists").start(() -> {
            if (lists.differ(opened, by)) {
                host.notified("notifications/tools/list_changed", RawJson.EMPTY_OBJECT, Optional.empty());
            }
        });
    }

    private void sessionLost() {
        catchUp.owe();
        catchUp.settled();
    }

    /** Something about the server has changed. */
    void settled() {
        catchUp.settled();
    }

    void listsChanged(Set<CatalogKind> kinds) {
        catchUp.listsChanged(kinds);
    }

    void signInNeeded() {
        catchUp.owe();
        browser.signInNeeded();
    }

    void signInEnded(FlowId flow) {
        if (standIn.wasTold(flow)) {
            host.elicitationCompleted(flow.value());
        }
        catchUp.settled();
    }

    @Override
    public boolean isServed() {
        return session.view().isPresent();
    }

    @Override
    public Optional<RawJson> lastKnownTools() {
        return session.lastKnown(CatalogKind.TOOLS);
    }

    @Override
    public void answered() {
        catchUp.settled();
    }

    private Set<String> disabledTools() {
        return session.view().map(ServerView::disabledTools).orElse(Set.of());
    }

    @Override
    public void close() {
        upstream.close();
    }
}
