package dev.drawbridge.proxy;

import dev.drawbridge.hub.CatalogKind;
import dev.drawbridge.hub.HostConnection;
import dev.drawbridge.hub.HostSession;
import dev.drawbridge.hub.Outcome;
import dev.drawbridge.hub.ServerState;
import dev.drawbridge.mcp.Era;
import dev.drawbridge.mcp.json.RawJson;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Tells a host to look again: when a server that could not answer it is back, and when lists have changed that it got from
 * the shared connection. Thread-safe; what waits has a thread of its own.
 */
final class CatchUp {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** In the order in which they are read and told. */
    private static final Map<String, Set<CatalogKind>> KINDS = kinds();

    private final HostVoice host;
    private final HostSession session;
    private final Upstream upstream;
    private final Lists lists;
    private final Greeting greeting;
    private final AtomicBoolean owes = new AtomicBoolean();

    CatchUp(HostVoice host, HostSession session, Upstream upstream, Lists lists, Greeting greeting) {
        this.host = host;
        this.session = session;
        this.upstream = upstream;
        this.lists = lists;
        this.greeting = greeting;
    }

    private static Map<String, Set<CatalogKind>> kinds() {
        Map<String, Set<CatalogKind>> kinds = new LinkedHashMap<>();
        for (CatalogKind kind : CatalogKind.values()) {
            kinds.computeIfAbsent(Greeting.capability(kind), _ -> EnumSet.noneOf(CatalogKind.class))
                    .add(kind);
        }
        return kinds;
    }

    /** The host got less than it wanted. */
    void owe() {
        if (owes.compareAndSet(false, true)) {
            lists.announceAgain();
        }
    }

    /** Something about the server has changed: if it is back, the host is told. */
    void settled() {
        if (owes.get() && host.era().isPresent()) {
            Thread.ofVirtual().name("host-catch-up").start(this::payIfBack);
        }
    }

    private void payIfBack() {
        boolean connected = session.view()
                .filter(view -> view.state() instanceof ServerState.Connected)
                .isPresent();
        // Whoever is told will ask at once.
        if (!connected
                || !(session.list(CatalogKind.TOOLS, PATIENCE) instanceof Outcome.Success<RawJson>)
                || !owes.compareAndSet(true, false)) {
            return;
        }
        Set<String> expected = session.negotiated().map(greeting::announced).orElse(Set.of());
        KINDS.forEach((capability, kinds) -> {
            if (expected.contains(capability)) {
                // A list that is still being read is not told of before it is there, and then not again.
                kinds.forEach(kind -> session.list(kind, PATIENCE));
                announce(capability, kinds);
            }
        });
    }

    /** The shared connection has read other lists than before; a session of the host's own tells of its own lists itself. */
    void listsChanged(Set<CatalogKind> kinds) {
        Optional<HostConnection> own = upstream.now();
        if (own.isPresent() && own.get().negotiated().era() == Era.INITIALIZE) {
            return;
        }
        if (owes.get()) {
            settled();
            return;
        }
        KINDS.forEach((capability, all) -> {
            Set<CatalogKind> stale = EnumSet.copyOf(all);
            stale.removeIf(kind -> !kinds.contains(kind) || own.isEmpty() && !lists.isStale(kind));
            if (!stale.isEmpty()) {
                announce(capability, stale);
            }
        });
    }

    private void announce(String capability, Set<CatalogKind> kinds) {
        if (lists.announce(kinds)) {
            host.notified("notifications/" + capability + "/list_changed", RawJson.EMPTY_OBJECT, Optional.empty());
        }
    }
}
