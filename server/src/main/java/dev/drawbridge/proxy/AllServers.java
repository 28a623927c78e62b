package dev.drawbridge.proxy;

import com.google.gson.JsonObject;
import dev.drawbridge.hub.CatalogKind;
import dev.drawbridge.hub.Hub;
import dev.drawbridge.hub.HubSession;
import dev.drawbridge.hub.ServerName;
import dev.drawbridge.hub.ServerState;
import dev.drawbridge.hub.ServerView;
import dev.drawbridge.hub.SessionContext;
import dev.drawbridge.mcp.Negotiated;
import dev.drawbridge.mcp.json.JsonEdit;
import dev.drawbridge.mcp.json.JsonSlices;
import dev.drawbridge.mcp.json.JsonSlices.MalformedJson;
import dev.drawbridge.mcp.json.JsonText;
import dev.drawbridge.mcp.json.RawJson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Every server that a host may use, as one: tools and prompts by joined names, resources by their URIs. No server waits
 * for another: one that does not list in time contributes what is known of it, and the host is told to look again when it
 * has. Thread-safe; blocking.
 */
final class AllServers implements Backend {
    /** Servers that are just being reached usually list within this. */
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private static final Duration FIRST_LOOK = Duration.ofSeconds(5);
    private static final int MOST_SERVERS = 200;
    private static final int MOST_INSTRUCTIONS = 4000;
    private static final String CAPABILITIES = "{\"tools\":{\"listChanged\":true},\"resources\":{\"subscribe\":true,"
            + "\"listChanged\":true},\"prompts\":{\"listChanged\":true},\"logging\":{},\"completions\":{}}";

    private final Hub hub;
    private final SessionContext context;
    private final HostVoice host;
    private final HostWire wire;
    private final HostOptions each;
    private final ToolFilter filter;
    private final HubSession overview;
    private final CompletableFuture<Boolean> looked = new CompletableFuture<>();
    private final Map<ServerName, Member> members = new LinkedHashMap<>();
    private boolean closed;

    AllServers(Hub hub, SessionContext context, HostVoice host, HostWire wire, HostOptions options) {
        this.hub = hub;
        this.context = context;
        this.host = host;
        this.wire = wire;
        // Twenty servers that need a sign-in must not open twenty pages.
        this.each = new HostOptions(List.of(), false);
        this.filter = new ToolFilter(options.ignoredTools());
        OverviewEar ear = new OverviewEar();
        this.overview = hub.attach(context, ear);
        ear.tell(this::update);
        Thread.ofVirtual().name("all-servers").start(() -> update(overview.servers()));
    }

    // --- which servers there are ---------------------------------------------------------------------------------

    /** Takes the servers as they are now; those that came or went change every list. */
    private void update(List<ServerView> views) {
        List<Member> gone = new ArrayList<>();
        boolean changed = false;
        synchronized (members) {
            if (closed) {
                return;
            }
            Set<ServerName> wanted = new HashSet<>();
            for (ServerView view : views) {
                if (isOffered(view.state()) && wanted.size() < MOST_SERVERS) {
                    wanted.add(view.name());
                    if (!members.containsKey(view.name())) {
                        members.put(view.name(), attach(view.name()));
                        changed = true;
                    }
                }
            }
            List<ServerName> over = members.keySet().stream()
                    .filter(name -> !wanted.contains(name))
                    .toList();
            over.forEach(name -> gone.add(members.remove(name)));
        }
        boolean first = looked.complete(true);
        gone.forEach(member -> Thread.ofVirtual().start(member::close));
        if (!first && (changed || !gone.isEmpty())) {
            List.of("tools", "resources", "prompts").forEach(this::announce);
        }
    }

    private Member attach(ServerName name) {
        return Member.attach(hub, context, name, new MemberVoice(host, name, this::isTold), wire, each);
    }

    private static boolean isOffered(ServerState state) {
        return !(state instanceof ServerState.Disabled || state instanceof ServerState.Untrusted);
    }

    private List<Member> members() {
        try {
            looked.get(FIRST_LOOK.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // Then there are none yet, and the host hears when there are.
            looked.complete(true);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
        return current();
    }

    private List<Member> current() {
        synchronized (members) {
            return List.copyOf(members.values());
        }
    }

    private void announce(String kind) {
        host.notified("notifications/" + kind + "/list_changed", RawJson.EMPTY_OBJECT, Optional.empty());
    }

    /** Whether a resource of a server is known to the host by an address of its own, because another has its URI. */
    private boolean isTold(ServerName server, String uri) {
        return ResourceRoutes.of(uri, current())
                .filter(route -> !route.member().name().equals(server))
                .isPresent();
    }

    // --- introduction --------------------------------------------------------------------------------------------

    @Override
    public RawJson initialized(String version) {
        JsonObject result = new JsonObject();
        result.addProperty("protocolVersion", version);
        result.add("capabilities", RawJson.of(CAPABILITIES).tree());
        result.add("serverInfo", info());
        instructions().ifPresent(text -> result.addProperty("instructions", text));
        return RawJson.of(result);
    }

    @Override
    public RawJson discovered() {
        JsonObject result = new JsonObject();
        result.add("supportedVersions", RawJson.of(StatelessEra.supported()).tree());
        result.add("capabilities", RawJson.of(CAPABILITIES).tree());
        instructions().ifPresent(text -> result.addProperty("instructions", text));
        JsonObject meta = new JsonObject();
        meta.add("io.modelcontextprotocol/serverInfo", info());
        result.add("_meta", meta);
        return RawJson.of(result);
    }

    private static JsonObject info() {
        JsonObject info = new JsonObject();
        info.addProperty("name", "drawbridge");
        info.addProperty("title", "Drawbridge: all servers");
        info.addProperty(
                "version",
                Optional.ofNullable(AllServers.class.getPackage().getImplementationVersion())
                        .orElse("unknown"));
        return info;
    }

    /** What the servers that were reached say of themselves. */
    private Optional<String> instructions() {
        StringBuilder text = new StringBuilder();
        for (Member member : members()) {
            Optional<String> own = member.session().negotiated().flatMap(Negotiated::instructions);
            if (own.isPresent()) {
                String said = own.get();
                text.append(text.isEmpty() ? "" : "\n\n")
                        .append("Tools that begin with ")
                        .append(member.name().value())
                        .append("__: ")
                        .append(said, 0, Math.min(said.length(), MOST_INSTRUCTIONS));
            }
        }
        return text.isEmpty() ? Optional.empty() : Optional.of(text.toString());
    }

    // --- requests ------------------------------------------------------------------------------------------------

    @Override
    public Reply answer(Call call) throws MalformedJson {
        Optional<CatalogKind> kind = call.list();
        if (kind.isPresent()) {
            return list(call, kind.get());
        }
        JsonSlices params = JsonSlices.ofObject(call.request().params().bytes());
        return switch (call.method()) {
            case "tools/call" ->
                named(call, CatalogKind.TOOLS, params.string("name").orElse(""));
            case "prompts/get" ->
                named(call, CatalogKind.PROMPTS, params.string("name").orElse(""));
            case "resources/read", "resources/subscribe", "resources/unsubscribe" ->
                resource(call, params.string("uri").orElse(""));
            case "completion/complete" -> complete(call, params);
            case "logging/setLevel" -> {
                for (Member member : members()) {
                    Thread.ofVirtual().start(() -> quietly(member, call));
                }
                yield call.ours(RawJson.EMPTY_OBJECT);
            }
            default -> new Reply.Refusal(-32601, "Method not found: " + call.method(), Optional.empty());
        };
    }

    private static void quietly(Member member, Call call) {
        try {
            member.side().answer(call);
        } catch (MalformedJson e) {
            System.getLogger(AllServers.class.getName())
                    .log(System.Logger.Level.DEBUG, "{0} was not told the log level", member.name());
        }
    }

    private Reply named(Call call, CatalogKind kind, String joined) throws MalformedJson {
        if (kind == CatalogKind.TOOLS && filter.hides(joined)) {
            return new Reply.Refusal(-32603, "The tool " + joined + " is left out here", Optional.empty());
        }
        for (Member member : members()) {
            Optional<String> own = member.own(joined, kind);
            if (own.isPresent()) {
                return member.side().answer(Member.named(call, "name", own.get()));
            }
        }
        return new Reply.Refusal(
                -32602, "Unknown " + (kind == CatalogKind.TOOLS ? "tool: " : "prompt: ") + joined, Optional.empty());
    }

    private Reply resource(Call call, String uri) throws MalformedJson {
        List<Member> all = members();
        Optional<ResourceRoutes.Route> route = ResourceRoutes.of(uri, all);
        if (route.isPresent()) {
            return route.get()
                    .member()
                    .side()
                    .answer(Member.named(call, "uri", route.get().uri()));
        }
        // Nobody lists it, which does not say that nobody has it.
        Reply last = new Reply.Refusal(-32602, "Resource not found: " + uri, Optional.empty());
        for (Member member : all) {
            if (offers(member, "resources") && !call.cancellation().isCancelled()) {
                last = member.side().answer(call);
                if (last instanceof Reply.Result) {
                    return last;
                }
            }
        }
        return last;
    }

    private static boolean offers(Member member, String capability) throws MalformedJson {
        Optional<Negotiated> server = member.session().negotiated();
        return server.isPresent()
                && JsonSlices.ofObject(server.get().capabilities().bytes()).has(capability);
    }

    private Reply complete(Call call, JsonSlices params) throws MalformedJson {
        Optional<JsonSlices> reference = params.object("ref");
        Optional<String> prompt = reference.flatMap(ref -> ref.string("name"));
        if (prompt.isPresent()) {
            for (Member member : members()) {
                Optional<String> own = member.own(prompt.get(), CatalogKind.PROMPTS);
                if (own.isPresent()) {
                    return member.side().answer(referring(call, "name", own.get()));
                }
            }
        }
        Optional<ResourceRoutes.Route> route =
                reference.flatMap(ref -> ref.string("uri")).flatMap(uri -> ResourceRoutes.of(uri, members()));
        return route.isPresent()
                ? route.get()
                        .member()
                        .side()
                        .answer(referring(call, "uri", route.get().uri()))
                : new Reply.Refusal(-32602, "What ref names is not known", Optional.empty());
    }

    private static Call referring(Call call, String member, String value) throws MalformedJson {
        return Member.with(
                call,
                JsonEdit.within(call.request().params(), "ref", Map.of(member, RawJson.of(JsonText.quote(value)))));
    }

    // --- lists ---------------------------------------------------------------------------------------------------

    private Reply list(Call call, CatalogKind kind) throws MalformedJson {
        if (call.request().params().bytes()[0] == '{'
                && JsonSlices.ofObject(call.request().params().bytes()).has("cursor")) {
            return new Reply.Refusal(-32602, "Invalid params: the whole list is one page", Optional.empty());
        }
        List<Member> all = members();
        Map<Member, CompletableFuture<List<RawJson>>> asked = new LinkedHashMap<>();
        for (Member member : all) {
            CompletableFuture<List<RawJson>> answer = new CompletableFuture<>();
            asked.put(member, answer);
            Thread.ofVirtual().name("all-servers-list").start(() -> {
                try {
                    answer.complete(member.read(call, kind));
                } catch (RuntimeException e) {
                    answer.completeExceptionally(e);
                }
            });
        }
        long end = System.nanoTime() + PATIENCE.toNanos();
        List<RawJson> items = new ArrayList<>();
        Set<String> uris = new HashSet<>();
        for (Map.Entry<Member, CompletableFuture<List<RawJson>>> entry : asked.entrySet()) {
            List<RawJson> own = within(end, entry.getKey(), entry.getValue(), kind);
            for (RawJson item : own) {
                listed(entry.getKey(), kind, item, uris).ifPresent(items::add);
            }
        }
        return call.ours(
                RawJson.of("{\"" + kind.member() + "\":" + Items.array(items).text() + "}"));
    }

    /** A list, waited for until then; when it comes later, and says something else, the host is told. */
    private List<RawJson> within(long end, Member member, CompletableFuture<List<RawJson>> answer, CatalogKind kind) {
        try {
            return answer.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            List<RawJson> known = member.known(kind);
            answer.thenAccept(items -> {
                if (!items.equals(known)) {
                    announce(Greeting.capability(kind));
                }
            });
            return known;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return member.known(kind);
        } catch (ExecutionException e) {
            System.getLogger(AllServers.class.getName())
                    .log(System.Logger.Level.ERROR, "Listing what " + member.name() + " has failed", e);
            return member.known(kind);
        }
    }

    private Optional<RawJson> listed(Member member, CatalogKind kind, RawJson item, Set<String> uris)
            throws MalformedJson {
        return switch (kind) {
            case TOOLS, PROMPTS -> {
                Optional<String> name = Items.text(item, "name").map(own -> JoinedNames.of(member.name(), own));
                boolean hidden = name.isEmpty() || kind == CatalogKind.TOOLS && filter.hides(name.get());
                yield hidden
                        ? Optional.empty()
                        : Optional.of(JsonEdit.with(item, Map.of("name", RawJson.of(JsonText.quote(name.get())))));
            }
            case RESOURCES -> Optional.of(unique(member, item, "uri", uris));
            case RESOURCE_TEMPLATES -> Optional.of(unique(member, item, "uriTemplate", uris));
        };
    }

    private static RawJson unique(Member member, RawJson item, String name, Set<String> uris) throws MalformedJson {
        boolean taken = !uris.add(Items.text(item, name).orElse(""));
        return ResourceRoutes.listed(member.name(), item, name, taken);
    }

    /** None may be there yet; the host hears when one is. */
    @Override
    public boolean isServed() {
        return true;
    }

    @Override
    public Optional<RawJson> lastKnownTools() {
        List<RawJson> items = new ArrayList<>();
        try {
            for (Member member : current()) {
                for (RawJson item : member.known(CatalogKind.TOOLS)) {
                    listed(member, CatalogKind.TOOLS, item, new HashSet<>()).ifPresent(items::add);
                }
            }
        } catch (MalformedJson e) {
            return Optional.empty();
        }
        return Optional.of(Items.array(items));
    }

    // --- the rest ------------------------------------------------------------------------------------------------

    @Override
    public void notify(Era era, String method, RawJson params) {
        for (Member member : members()) {
            // Each may have to be reached first.
            Thread.ofVirtual().start(() -> member.side().notify(era, method, params));
        }
    }

    /** What extensions add to a filter names one server's things, and does not say whose. */
    @Override
    public Optional<Reply> listen(Call call) {
        return Optional.empty();
    }

    @Override
    public void watch(Era era, Set<String> uris) {
        for (String uri : uris) {
            ResourceRoutes.of(uri, members())
                    .ifPresent(route ->
                            Thread.ofVirtual().start(() -> route.member().side().watch(era, Set.of(route.uri()))));
        }
    }

    @Override
    public void unwatch(List<String> uris) {
        for (String uri : uris) {
            ResourceRoutes.of(uri, current())
                    .ifPresent(route -> route.member().side().unwatch(List.of(route.uri())));
        }
    }

    @Override
    public void answered() {
        current().forEach(member -> member.side().answered());
    }

    @Override
    public void close() {
        List<Member> all;
        synchronized (members) {
            closed = true;
            all = List.copyOf(members.values());
            members.clear();
        }
        overview.close();
        all.forEach(Member::close);
    }
}
