package dev.drawbridge.proxy;

import dev.drawbridge.hub.CallOptions;
import dev.drawbridge.hub.CallResult;
import dev.drawbridge.hub.CatalogKind;
import dev.drawbridge.hub.HostConnection;
import dev.drawbridge.hub.HostSession;
import dev.drawbridge.hub.Outcome;
import dev.drawbridge.mcp.json.JsonSlices;
import dev.drawbridge.mcp.json.JsonSlices.MalformedJson;
import dev.drawbridge.mcp.json.RawJson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The server's lists as the host gets them before it has a session of its own: from the shared connection, which has read
 * them and hears when they change, so that a host that only looks costs the server nothing. A server may list other things
 * for other capabilities; that is found out when the host's own session opens, once for every kind of host. A server that
 * has yet to be reached is spoken for by what was known before the daemon began. Thread-safe.
 */
final class Lists {
    /** A server that is just being reached usually answers within this; a host that asks for a list waits no longer. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private final HostSession session;
    private final Upstream upstream;
    private final Map<CatalogKind, RawJson> told = new EnumMap<>(CatalogKind.class);

    /** What the lists were when the host was last told to look again, which it may not have done yet. */
    private final Map<CatalogKind, News> announced = new EnumMap<>(CatalogKind.class);

    /** A list, and how often the server had said by then that it has changed: others may be shown another one. */
    private record News(RawJson list, int announcements) {}

    Lists(HostSession session, Upstream upstream) {
        this.session = session;
        this.upstream = upstream;
    }

    /** The list; empty when the host's own session has to be asked. */
    Optional<Outcome<RawJson>> answer(Call call, CatalogKind kind) throws MalformedJson {
        if (upstream.now().isPresent()
                || !isPlain(call.request().params())
                || session.lists(call.host().capabilities()) == HostSession.Lists.OWN) {
            return Optional.empty();
        }
        Optional<RawJson> recalled = session.recalled(kind);
        if (recalled.isPresent()) {
            tell(kind, recalled.get());
            // Noted first: news that came before is seen here, and news that comes later finds what the host was told.
            if (!isStale(kind)) {
                return recalled.map(Outcome::success);
            }
        }
        Outcome<RawJson> list = session.list(kind, PATIENCE);
        if (list instanceof Outcome.Success<RawJson>(RawJson items)) {
            tell(kind, items);
        }
        return Optional.of(list);
    }

    /** Whether nothing but the list is asked for: no page, nothing that only the server knows. */
    private static boolean isPlain(RawJson params) throws MalformedJson {
        if (params.bytes()[0] != '{') {
            return true;
        }
        for (String name : JsonSlices.ofObject(params.bytes()).names()) {
            if (!name.equals("_meta")) {
                return false;
            }
        }
        return true;
    }

    /** Notes what the host has been told. */
    synchronized void tell(CatalogKind kind, RawJson items) {
        told.put(kind, items);
    }

    /** Whether the host knows a list that is another by now. */
    boolean isStale(CatalogKind kind) {
        Optional<RawJson> now = session.lastKnown(kind);
        synchronized (this) {
            RawJson known = told.get(kind);
            return known != null && now.isPresent() && !now.get().equals(known);
        }
    }

    /** Whether the host is to be told to look at these lists: not if it was told of what they are now. */
    boolean announce(Set<CatalogKind> kinds) {
        boolean news = false;
        for (CatalogKind kind : kinds) {
            int announcements = session.announcements(kind);
            Optional<News> now = session.lastKnown(kind).map(list -> new News(list, announcements));
            synchronized (this) {
                news |= now.isEmpty() || !now.get().equals(announced.put(kind, now.get()));
            }
        }
        return news;
    }

    /** The host has been told less since, so what it was told to look at counts no more. */
    synchronized void announceAgain() {
        announced.clear();
    }

    /** Compares the lists of the shared connection with what the host's own session says; whether it has to look again. */
    boolean differ(HostConnection own, HostProfile host) {
        boolean hasLooked;
        synchronized (this) {
            hasLooked = told.containsKey(CatalogKind.TOOLS);
        }
        // Not what the host was told: that may be what stood in for the server's list.
        RawJson known = session.lastKnown(CatalogKind.TOOLS).orElse(RawJson.NULL);
        if (!hasLooked
                || known.equals(RawJson.NULL)
                || own.negotiated().era() == dev.drawbridge.mcp.Era.STATELESS
                || session.lists(host.capabilities()) != HostSession.Lists.UNKNOWN) {
            return false;
        }
        CallResult answer = own.call(CatalogKind.TOOLS.method(), RawJson.EMPTY_OBJECT, CallOptions.plain());
        if (!(answer instanceof CallResult.Answered(RawJson result))) {
            return false;
        }
        try {
            JsonSlices page = JsonSlices.ofObject(result.bytes());
            Optional<RawJson> tools = page.raw(CatalogKind.TOOLS.member());
            if (tools.isEmpty() || page.has("nextCursor")) {
                return false;
            }
            boolean same = names(tools.get()).equals(names(known));
            session.noteLists(host.capabilities(), same ? HostSession.Lists.SHARED : HostSession.Lists.OWN);
            return !same;
        } catch (MalformedJson e) {
            return false;
        }
    }

    private static List<String> names(RawJson tools) throws MalformedJson {
        List<String> names = new ArrayList<>();
        for (JsonSlices.Slice slice : JsonSlices.ofArray(tools.bytes())) {
            names.add(JsonSlices.ofObject(Arrays.copyOfRange(tools.bytes(), slice.from(), slice.to()))
                    .string("name")
                    .orElse(""));
        }
        return names;
    }
}
