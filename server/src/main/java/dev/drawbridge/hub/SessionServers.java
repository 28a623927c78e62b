package dev.drawbridge.hub;

import dev.drawbridge.config.ConfigProblem;
import dev.drawbridge.config.Interpolation;
import dev.drawbridge.config.Resolved;
import dev.drawbridge.config.ResolvedServer;
import dev.drawbridge.hub.ConfigStore.Placed;
import dev.drawbridge.oauth.Target;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Which servers one session sees, and what stands behind each name. Guarded by its own monitor; values are looked up
 * (commands may run, the keyring may be asked) on threads of their own, so that no server waits for another.
 */
final class SessionServers {
    /** A command behind a variable may take half a minute. */
    private static final Duration SETTLING = Duration.ofSeconds(35);

    private final LiveHub hub;
    private final Scope scope;
    private final SessionOutbox outbox;
    private final Function<ServerName, ServerInstance.Observer> observers;
    private final Map<ServerName, Binding> bindings = new LinkedHashMap<>();
    private final Map<Path, Map<ServerName, List<ConfigProblem>>> valueProblems = new HashMap<>();
    private final Map<Path, List<ConfigProblem>> toldProblems = new HashMap<>();
    private SessionContext context;
    private long generation;
    private boolean listed;
    private boolean closed;

    SessionServers(
            LiveHub hub,
            SessionContext context,
            Scope scope,
            SessionOutbox outbox,
            Function<ServerName, ServerInstance.Observer> observers) {
        this.hub = hub;
        this.context = context;
        this.scope = scope;
        this.outbox = outbox;
        this.observers = observers;
    }

    synchronized SessionContext context() {
        return context;
    }

    synchronized List<ServerView> views() {
        return bindings.values().stream().map(Binding::view).toList();
    }

    /** What stands behind a name, waited for while the files are read or the entry's values are looked up. */
    Optional<Binding> find(ServerName name) {
        return find(name, SETTLING);
    }

    /** The same for who cannot wait that long. */
    synchronized Optional<Binding> find(ServerName name, Duration limit) {
        awaitThat(
                () -> listed && !(bindings.get(name) instanceof Binding.Idle(var _, ServerState.Connecting _)), limit);
        return Optional.ofNullable(bindings.get(name));
    }

    /** What stands behind a name at this moment. */
    synchronized Optional<Binding> now(ServerName name) {
        return Optional.ofNullable(bindings.get(name));
    }

    /** All the session sees, waited for until the files have been read once. */
    synchronized List<ServerView> listedViews() {
        awaitThat(() -> listed, SETTLING);
        return views();
    }

    private synchronized void awaitThat(BooleanSupplier condition, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        try {
            while (!closed && !condition.getAsBoolean()) {
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (left <= 0) {
                    return;
                }
                wait(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    synchronized Optional<ServerName> nameOf(ServerInstance instance) {
        return bindings.entrySet().stream()
                .filter(entry -> entry.getValue() instanceof Binding.Live live && live.instance() == instance)
                .map(Map.Entry::getKey)
                .findFirst();
    }

    void foldersChanged(List<Path> folders) {
        synchronized (this) {
            context = context.withFolders(folders);
        }
        refresh();
    }

    /** Whether a file is one this session looks at. */
    boolean concerns(Path file) {
        return hub.config().filesFor(context().folders()).contains(file);
    }

    /** Compares the files with what runs, and starts, swaps and drops what differs. Reads files; not for a wire thread. */
    void refresh() {
        SessionContext current;
        long mine;
        synchronized (this) {
            if (closed) {
                return;
            }
            mine = ++generation;
            current = context;
        }
        ConfigStore.Listing wanted = scope.of(hub.config().entriesFor(current.folders()));
        synchronized (this) {
            if (closed || mine != generation) {
                return;
            }
            Set<ServerName> names = wanted.usable().stream().map(Placed::name).collect(Collectors.toSet());
            for (ServerName name : List.copyOf(bindings.keySet())) {
                if (!names.contains(name)) {
                    drop(name, false);
                }
            }
            Map<ServerName, Binding> before = new HashMap<>(bindings);
            // Taken out and put back, so that the list has the files' order.
            bindings.clear();
            valueProblems.clear();
            for (Placed placed : wanted.usable()) {
                place(placed, Optional.ofNullable(before.get(placed.name())), mine, current);
            }
            wanted.refused().forEach(refused -> bindings.put(refused.name(), new Binding.Rejected(refused)));
            listed = true;
            notifyAll();
        }
        tellProblems(current);
        outbox.statusChanged();
    }

    private void place(Placed placed, Optional<Binding> before, long mine, SessionContext current) {
        Optional<ServerState> idle = idleState(placed);
        if (idle.isPresent()) {
            before.ifPresent(binding -> release(binding, false));
            bindings.put(placed.name(), new Binding.Idle(placed, idle.get()));
            return;
        }
        bindings.put(
                placed.name(),
                before.filter(binding -> binding instanceof Binding.Live)
                        .orElseGet(() -> new Binding.Idle(
                                placed,
                                new ServerState.Connecting(
                                        hub.services().clock().instant()))));
        Thread.ofVirtual().name("resolve-" + placed.name()).start(() -> {
            Interpolation interpolation = interpolation(placed, current);
            resolved(mine, placed, interpolation, interpolation.resolve(placed.entry()));
        });
    }

    private Optional<ServerState> idleState(Placed placed) {
        if (placed.entry().definition().common().disabled()) {
            return Optional.of(new ServerState.Disabled());
        }
        boolean trusted = switch (placed.origin()) {
            case ServerOrigin.User _ -> true;
            case ServerOrigin.Workspace(Path file, Path _) ->
                hub.approvals()
                        .isApproved(file, placed.entry().name(), placed.entry().digest());
        };
        return trusted
                ? Optional.empty()
                : Optional.of(new ServerState.Untrusted(placed.entry().digest()));
    }

    private Interpolation interpolation(Placed placed, SessionContext current) {
        Optional<Path> folder = switch (placed.origin()) {
            case ServerOrigin.User _ -> current.folders().stream().findFirst();
            case ServerOrigin.Workspace(Path _, Path own) -> Optional.of(own);
        };
        return hub.interpolation(current.environment(), folder);
    }

    private void resolved(long mine, Placed placed, Interpolation interpolation, Resolved outcome) {
        SessionContext current;
        synchronized (this) {
            if (closed || mine != generation) {
                return;
            }
            current = context;
            switch (outcome) {
                case Resolved.Ok(ResolvedServer server, boolean dynamicHeaders) ->
                    bindOrFail(placed, server, dynamicHeaders, interpolation);
                case Resolved.Failed(List<ConfigProblem> problems, var _) -> {
                    idle(
                            placed,
                            new ServerState.Failed(Remedies.of(placed.origin().file(), problems.getFirst())));
                    valueProblems
                            .computeIfAbsent(placed.origin().file(), _ -> new LinkedHashMap<>())
                            .put(placed.name(), problems);
                }
            }
            notifyAll();
        }
        tellProblems(current);
        outbox.statusChanged();
    }

    private void idle(Placed placed, ServerState state) {
        Optional.ofNullable(bindings.get(placed.name())).ifPresent(binding -> release(binding, false));
        bindings.put(placed.name(), new Binding.Idle(placed, state));
    }

    private void bindOrFail(Placed placed, ResolvedServer server, boolean dynamicHeaders, Interpolation interpolation) {
        switch (Targets.of(server, FreshSecrets.of(interpolation, placed.entry()))) {
            case Outcome.Success<Optional<Target>>(Optional<Target> target) ->
                bind(placed, server, target, dynamicHeaders, interpolation);
            case Outcome.Failed<Optional<Target>>(Failure failure) -> idle(placed, new ServerState.Failed(failure));
        }
    }

    private void bind(
            Placed placed,
            ResolvedServer server,
            Optional<Target> target,
            boolean dynamicHeaders,
            Interpolation interpolation) {
        Binding before = bindings.get(placed.name());
        if (before instanceof Binding.Live live
                && live.instance().key().fingerprint().equals(server.fingerprint())
                && live.instance().key().origin().equals(placed.origin())) {
            bindings.put(placed.name(), new Binding.Live(placed, live.instance(), live.observer()));
            return;
        }
        ServerInstance.Observer observer = observers.apply(placed.name());
        Optional<Supplier<Map<String, String>>> again =
                dynamicHeaders ? Optional.of(() -> headersOf(interpolation.resolve(placed.entry()))) : Optional.empty();
        ServerInstance instance = hub.use(placed.name(), placed.origin(), server, target, again, observer);
        if (before != null) {
            release(before, false);
        }
        bindings.put(placed.name(), new Binding.Live(placed, instance, observer));
        if (instance.snapshot().state() instanceof ServerState.AuthRequired) {
            outbox.authRequired(placed.name());
        } else if (instance.snapshot().state() instanceof ServerState.Stopped) {
            instance.post(new ServerEvent.Start());
        }
    }

    private static Map<String, String> headersOf(Resolved again) {
        return again instanceof Resolved.Ok(ResolvedServer server, boolean _) ? Endpoints.headers(server) : Map.of();
    }

    private void drop(ServerName name, boolean linger) {
        Binding gone = bindings.remove(name);
        if (gone != null) {
            release(gone, linger);
        }
    }

    private void release(Binding binding, boolean linger) {
        if (binding instanceof Binding.Live live) {
            hub.release(live.instance(), live.observer(), linger);
        }
    }

    private void tellProblems(SessionContext current) {
        for (Path file : hub.config().filesFor(current.folders())) {
            List<ConfigProblem> all = new ArrayList<>(hub.config().problems(file));
            boolean news;
            synchronized (this) {
                valueProblems.getOrDefault(file, Map.of()).values().forEach(all::addAll);
                news = !all.equals(toldProblems.getOrDefault(file, List.of()));
                toldProblems.put(file, List.copyOf(all));
            }
            if (news) {
                outbox.tell(listener -> listener.onConfigProblems(file, List.copyOf(all)));
            }
        }
    }

    void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
            for (ServerName name : List.copyOf(bindings.keySet())) {
                drop(name, true);
            }
        }
    }
}
