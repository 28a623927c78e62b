package dev.drawbridge.proxy;

import dev.drawbridge.hub.CatalogKind;
import dev.drawbridge.hub.HostConnection;
import dev.drawbridge.hub.HostSession;
import dev.drawbridge.hub.Outcome;
import dev.drawbridge.hub.ServerState;
import dev.drawbridge.mcp.Era;
import dev.drawbridge.mcp.Negotiated;
import dev.drawbridge.mcp.json.RawJson;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Tells a host to look again: when a server that could not answer it is back, and when lists have changed that it got from
 * the shared connection. Thread-safe; what waits has a thread of its own.
 */
final class CatchUp {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

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

    /** The host got less than it wanted. */
    void owe() {
        owes.set(true);
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
        Optional<Negotiated> server = session.negotiated();
        server.map(greeting::announced).orElse(Set.of()).forEach(this::announce);
    }

    /** The shared connection has read other lists than before; a session of the host's own tells of its own lists itself. */
    void listsChanged(Set<CatalogKind> kinds) {
        Optional<HostConnection> own = upstream.now();
        if (own.isPresent() && own.get().negotiated().era() == Era.INITIALIZE) {
            return;
        }
        Set<String> changed = new LinkedHashSet<>();
        for (CatalogKind kind : kinds) {
            if (own.isPresent() || lists.isStale(kind)) {
                changed.add(Greeting.capability(kind));
            }
        }
        if (owes.get()) {
            settled();
        } else {
            changed.forEach(this::announce);
        }
    }

    private void announce(String kind) {
        host.notified("notifications/" + kind + "/list_changed", RawJson.EMPTY_OBJECT, Optional.empty());
    }
}
