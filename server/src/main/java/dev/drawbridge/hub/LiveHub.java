package dev.drawbridge.hub;

import dev.drawbridge.config.Approvals;
import dev.drawbridge.config.CacheFolder;
import dev.drawbridge.config.CommandRunner;
import dev.drawbridge.config.ConfigFileWriter;
import dev.drawbridge.config.ConfigLocations;
import dev.drawbridge.config.Interpolation;
import dev.drawbridge.config.ResolvedServer;
import dev.drawbridge.mcp.Connector;
import dev.drawbridge.mcp.Trace;
import dev.drawbridge.oauth.Authorization;
import dev.drawbridge.oauth.AuthorizationEnvironment;
import dev.drawbridge.oauth.CallbackSettings;
import dev.drawbridge.oauth.FlowEnd;
import dev.drawbridge.oauth.FlowListener;
import dev.drawbridge.oauth.FlowView;
import dev.drawbridge.oauth.Limits;
import dev.drawbridge.oauth.Scheduler;
import dev.drawbridge.oauth.Target;
import dev.drawbridge.oauth.token.TokenStore;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The hub of a running daemon: keeps the sessions, the shared server instances, and the wiring between a sign-in that
 * ends and the servers that wait for it. The map of instances is guarded by this object's monitor; nothing blocks inside.
 */
public final class LiveHub implements Hub {
    /** How long a connection nobody uses is kept, for an editor that restarts. */
    private static final Duration LINGER = Duration.ofSeconds(30);

    /** For programs that have to be asked twice to end, and for servers that are slow to say goodbye. */
    private static final Duration ENDING = Duration.ofSeconds(4);

    /** Requirement 11: servers of 2025-03-26 may want to know the revision during discovery. */
    private static final Map<String, String> DISCOVERY_HEADERS = Map.of("MCP-Protocol-Version", "2025-11-25");

    private final HubServices services;
    private final ConfigStore config;
    private final ConfigEdits edits;
    private final Approvals approvals;
    private final KeptSecrets secrets;
    private final Path userHome;
    private final CommandRunner commands;
    private final Map<ServerInstance.Key, ServerInstance> instances = new HashMap<>();
    private final CopyOnWriteArrayList<LiveSession> sessions = new CopyOnWriteArrayList<>();
    private final Consumer<Path> fileListener = this::onFileChanged;

    /**
     * The hub of a process; it closes what it is given.
     *
     * @param stateFolder keeps approvals and locks
     * @param cache keeps what was last known of the servers; without one they are unknown after each start
     * @param commands runs the commands of {@code ${cmd:…}}
     */
    public static LiveHub create(
            Connector connector,
            TokenStore store,
            ConfigLocations locations,
            Path stateFolder,
            Optional<CacheFolder> cache,
            Path userHome,
            CommandRunner commands,
            InstantSource clock) {
        TargetClients clients = new TargetClients(connector);
        Authorization authorization = new Authorization(new AuthorizationEnvironment(
                clients,
                clock,
                new SecureRandom(),
                store,
                Scheduler.system(),
                CallbackSettings.DEFAULT,
                Limits.DEFAULT,
                "Drawbridge",
                Optional.empty(),
                DISCOVERY_HEADERS));
        RetryTimer retries = new RetryTimer(clock);
        HubServices services = new HubServices(
                connector,
                authorization,
                clients,
                clock,
                new Backoff(new Random()),
                retries,
                new NetworkWatch(retries),
                new ServerMemory(cache),
                new EventLog());
        ConfigStore config = new ConfigStore(locations);
        return new LiveHub(
                services,
                config,
                new ConfigEdits(config, new ConfigFileWriter(stateFolder.resolve("locks"))),
                new Approvals(stateFolder.resolve("approvals.json")),
                new KeptSecrets(store),
                userHome,
                commands);
    }

    private LiveHub(
            HubServices services,
            ConfigStore config,
            ConfigEdits edits,
            Approvals approvals,
            KeptSecrets secrets,
            Path userHome,
            CommandRunner commands) {
        this.services = services;
        this.config = config;
        this.edits = edits;
        this.approvals = approvals;
        this.secrets = secrets;
        this.userHome = userHome;
        this.commands = commands;
        config.addListener(fileListener);
        services.authorization().listen(new SignInEnds());
    }

    @Override
    public HubSession attach(SessionContext context, SessionListener listener) {
        return attach(new LiveSession(this, context, Scope.EVERYTHING, listener));
    }

    @Override
    public HostSession attachHost(SessionContext context, HostTarget target, SessionListener listener) {
        Scope scope = Scope.of(target, config.locations().userFile());
        return new LiveHostSession(attach(new LiveSession(this, context, scope, listener)), target.server());
    }

    private LiveSession attach(LiveSession session) {
        sessions.add(session);
        session.start();
        return session;
    }

    @Override
    public void close() {
        config.removeListener(fileListener);
        sessions.forEach(LiveSession::close);
        List<ServerInstance> running;
        synchronized (this) {
            running = List.copyOf(instances.values());
            instances.clear();
        }
        running.forEach(ServerInstance::end);
        // While there are still tokens and HTTP clients, both of which the farewells need.
        services.connector().endConnections(ENDING);
        config.close();
        services.retries().close();
        services.authorization().close();
        services.connector().close();
        services.memory().close();
    }

    @Override
    public boolean signInsRunning() {
        return services.authorization().signInsRunning();
    }

    HubServices services() {
        return services;
    }

    ConfigStore config() {
        return config;
    }

    ConfigEdits edits() {
        return edits;
    }

    Approvals approvals() {
        return approvals;
    }

    KeptSecrets secrets() {
        return secrets;
    }

    /** What resolves the variables of an entry for one session. */
    Interpolation interpolation(Map<String, String> environment, Optional<Path> folder) {
        return new Interpolation(
                environment,
                folder,
                userHome,
                name -> secrets.find(new SecretName.Keyring(name)),
                id -> secrets.find(new SecretName.Input(id)),
                commands);
    }

    void detach(LiveSession session) {
        sessions.remove(session);
        Set<Path> needed = new HashSet<>(config.filesFor(List.of()));
        sessions.forEach(left -> needed.addAll(config.filesFor(left.folders())));
        config.retain(needed);
    }

    void refreshAllSessions() {
        sessions.forEach(LiveSession::refresh);
    }

    /** The running instance of a resolved server, made and started when there is none. */
    synchronized ServerInstance use(
            ServerName name,
            ServerOrigin origin,
            ResolvedServer server,
            Optional<Target> target,
            Optional<Supplier<Map<String, String>>> headersCommand,
            ServerInstance.Observer observer) {
        ServerInstance.Key key = new ServerInstance.Key(name, origin, server.fingerprint());
        ServerInstance instance = instances.computeIfAbsent(key, wanted -> {
            target.ifPresent(to ->
                    services.clients().remember(to, Endpoints.options(server).withTrace(Trace.of(name.value()))));
            Optional<DynamicHeaders> dynamic =
                    headersCommand.map(command -> new DynamicHeaders(Endpoints.headers(server), command));
            return new ServerInstance(wanted, new ServerLink(name, server, target, services, dynamic), services);
        });
        instance.addObserver(observer);
        return instance;
    }

    /** The session no longer uses the instance; the last one to leave closes it, now or after a while. */
    void release(ServerInstance instance, ServerInstance.Observer observer, boolean linger) {
        if (!instance.removeObserver(observer)) {
            return;
        }
        if (linger) {
            services.retries().in(LINGER, () -> endIfUnused(instance));
        } else {
            endIfUnused(instance);
        }
    }

    private synchronized void endIfUnused(ServerInstance instance) {
        if (instance.isUnused() && instances.remove(instance.key(), instance)) {
            instance.end();
            instance.link()
                    .target()
                    .filter(target -> instancesOf(target).isEmpty())
                    .ifPresent(services.clients()::forget);
        }
    }

    /** Every instance that waits for the same credential. */
    private synchronized List<ServerInstance> instancesOf(Target target) {
        return instances.values().stream()
                .filter(instance -> instance.link().target().equals(Optional.of(target)))
                .toList();
    }

    void flowBegun(FlowView flow) {
        for (ServerInstance instance : instancesOf(flow.target())) {
            instance.signInBegun(Flows.of(flow, instance.key().name()));
        }
    }

    /** A program began or joined a sign-in; its page is for a person who has yet to be told. */
    void personWanted(FlowView flow, String requestedBy) {
        instancesOf(flow.target())
                .forEach(instance -> instance.personWanted(new FlowId(flow.id().value()), requestedBy));
    }

    /** Whoever signs in next may be somebody else, who is not shown what the one before saw. */
    void signedOut(Target target) {
        instancesOf(target).forEach(ServerInstance::signedOut);
        services.memory().forget(target);
    }

    private void onFileChanged(Path file) {
        sessions.forEach(session -> session.fileChanged(file));
    }

    /** Hears how sign-ins end and wakes whoever waits. */
    private final class SignInEnds implements FlowListener {
        @Override
        public void onEnded(FlowView flow, FlowEnd end) {
            SessionListener.AuthResult result = switch (end) {
                case FlowEnd.Succeeded(var credential) ->
                    new SessionListener.AuthResult.Succeeded(Flows.authenticated(credential));
                case FlowEnd.Failed(var failure) -> new SessionListener.AuthResult.Failed(Remedies.of(failure));
                case FlowEnd.Cancelled() -> new SessionListener.AuthResult.Cancelled();
            };
            ServerEvent event = end instanceof FlowEnd.Succeeded
                    ? new ServerEvent.SignInSucceeded()
                    : new ServerEvent.SignInEnded();
            FlowId id = new FlowId(flow.id().value());
            for (ServerInstance instance : instancesOf(flow.target())) {
                instance.post(event);
                sessions.forEach(session -> session.authCompleted(instance, id, result));
            }
        }
    }
}
