package dev.drawbridge.hub;

import dev.drawbridge.config.ConfigProblem;
import dev.drawbridge.hub.ConfigStore.Placed;
import dev.drawbridge.mcp.ServerRequest;
import dev.drawbridge.mcp.json.RawJson;
import dev.drawbridge.oauth.Authorization;
import dev.drawbridge.oauth.BeginOutcome;
import dev.drawbridge.oauth.FlowView;
import dev.drawbridge.oauth.Method;
import dev.drawbridge.oauth.OAuthFailure;
import dev.drawbridge.oauth.Secret;
import dev.drawbridge.oauth.SignOutOutcome;
import dev.drawbridge.oauth.Target;
import dev.drawbridge.oauth.TokenOutcome;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** One attached editor or host: the operations it may ask for, on the servers it sees. */
final class LiveSession implements HubSession {
    private final LiveHub hub;
    private final Scope scope;
    private final SessionListener listener;
    private final SessionOutbox outbox;
    private final SessionServers servers;
    private final ConfigEdits edits;
    private volatile boolean closed;

    LiveSession(LiveHub hub, SessionContext context, Scope scope, SessionListener listener) {
        this.hub = hub;
        this.scope = scope;
        this.listener = listener;
        this.outbox = new SessionOutbox(listener, this::views);
        this.servers = new SessionServers(hub, context, scope, outbox, Observer::new);
        this.edits = hub.edits();
    }

    void start() {
        outbox.start(servers.context().client());
        Thread.ofVirtual().name("attach-" + servers.context().client()).start(servers::refresh);
    }

    private List<ServerView> views() {
        return servers.views();
    }

    List<Path> folders() {
        return servers.context().folders();
    }

    void refresh() {
        servers.refresh();
    }

    void fileChanged(Path file) {
        if (servers.concerns(file)) {
            servers.refresh();
        }
    }

    void authCompleted(ServerInstance instance, FlowId flow, SessionListener.AuthResult result) {
        servers.nameOf(instance).ifPresent(name -> outbox.tell(told -> told.onAuthCompleted(name, flow, result)));
    }

    @Override
    public List<ServerView> servers() {
        return servers.listedViews();
    }

    @Override
    public Outcome<SignInFlow> authenticate(ServerName server, SignInMethod method, UnaryOperator<URI> elsewhere) {
        return signIn(server, method, elsewhere, hub::flowBegun);
    }

    Outcome<SignInFlow> prepareSignIn(ServerName server, String requestedBy) {
        return signIn(
                server, SignInMethod.BROWSER, UnaryOperator.identity(), flow -> hub.personWanted(flow, requestedBy));
    }

    private Outcome<SignInFlow> signIn(
            ServerName server, SignInMethod method, UnaryOperator<URI> elsewhere, Consumer<FlowView> begun) {
        return withTarget(server, (instance, target) -> {
            BeginOutcome outcome = authorization()
                    .begin(
                            target,
                            instance.link()
                                    .oauth()
                                    .map(HubAuthorizer::challenges)
                                    .orElse(List.of()),
                            switch (method) {
                                case BROWSER -> Method.BROWSER;
                                case DEVICE_CODE -> Method.DEVICE_CODE;
                            },
                            elsewhere);
            return switch (outcome) {
                case BeginOutcome.Begun(FlowView flow) -> {
                    begun.accept(flow);
                    yield Outcome.success(Flows.of(flow, server));
                }
                case BeginOutcome.Failed(OAuthFailure failure) ->
                    // What discovery missed is of no interest where nobody asked for a sign-in.
                    instance.snapshot().state() instanceof ServerState.Connected
                                    && instance.link().neverChallenged()
                            ? Outcome.failed(Remedies.signInNotAsked(server))
                            : Outcome.failed(Remedies.of(failure));
            };
        });
    }

    @Override
    public Outcome<Outcome.Done> completeAuthentication(FlowId flow, URI callbackUrl) {
        return authorization()
                .complete(new dev.drawbridge.oauth.flow.FlowId(flow.value()), callbackUrl)
                .map(failure -> Outcome.<Outcome.Done>failed(Remedies.of(failure)))
                .orElseGet(Outcome::done);
    }

    @Override
    public Outcome<Outcome.Done> cancelAuthentication(FlowId flow) {
        return authorization().cancel(new dev.drawbridge.oauth.flow.FlowId(flow.value()))
                ? Outcome.done()
                : Outcome.failed(Remedies.unknownFlow());
    }

    @Override
    public Outcome<Boolean> signOut(ServerName server) {
        return withTarget(server, (instance, target) -> switch (authorization().signOut(target)) {
            case SignOutOutcome.SignedOut(boolean revoked) -> {
                hub.signedOut(target);
                yield Outcome.success(revoked);
            }
            case SignOutOutcome.Failed(OAuthFailure failure) -> Outcome.failed(Remedies.of(failure));
        });
    }

    @Override
    public Outcome<Outcome.Done> connect(ServerName server) {
        if (servers.find(server).orElse(null) instanceof Binding.Idle(var _, ServerState.Failed _)) {
            // A value was missing; it may be there now.
            servers.refresh();
        }
        return withInstance(server, instance -> {
            instance.post(new ServerEvent.Start());
            return Outcome.done();
        });
    }

    @Override
    public Outcome<Outcome.Done> disconnect(ServerName server) {
        return withInstance(server, instance -> {
            instance.post(new ServerEvent.Stop());
            return Outcome.done();
        });
    }

    @Override
    public Outcome<Outcome.Done> setEnabled(ServerName server, boolean enabled) {
        return withPlaced(server, placed -> edits.setEnabled(placed, enabled));
    }

    @Override
    public Outcome<Outcome.Done> approve(ServerName server, String definitionDigest) {
        return withPlaced(server, placed -> {
            if (!placed.entry().digest().equals(definitionDigest)) {
                return Outcome.failed(Remedies.definitionChanged(server));
            }
            Optional<ConfigProblem> notKept = hub.approvals()
                    .approve(placed.origin().file(), placed.entry().name(), definitionDigest);
            hub.refreshAllSessions();
            return notKept.map(why -> Outcome.<Outcome.Done>failed(Remedies.approvalNotKept(server, why.message())))
                    .orElseGet(Outcome::done);
        });
    }

    @Override
    public Outcome<Outcome.Done> addServer(ServerName server, RawJson definition, boolean toWorkspace) {
        List<Path> folders = servers.context().folders();
        if (toWorkspace && folders.isEmpty()) {
            return Outcome.failed(Remedies.noWorkspace());
        }
        Path file = toWorkspace
                ? hub.config().locations().ownWorkspaceFile(folders.getFirst())
                : hub.config().locations().userFile();
        return edits.add(file, server, definition);
    }

    @Override
    public Outcome<Outcome.Done> removeServer(ServerName server) {
        return withPlaced(server, edits::remove);
    }

    @Override
    public Outcome<Outcome.Done> storeSecret(SecretName secret, Optional<Secret> value) {
        Outcome<Outcome.Done> outcome = hub.secrets().keep(secret, value);
        if (outcome instanceof Outcome.Success) {
            hub.refreshAllSessions();
        }
        return outcome;
    }

    @Override
    public Outcome<RawJson> catalog(ServerName server, CatalogKind kind) {
        return switch (live(server)) {
            case Outcome.Failed<Binding.Live>(Failure failure) -> Outcome.failed(failure);
            case Outcome.Success<Binding.Live>(Binding.Live live) ->
                live.instance().calls(live.observer()).list(kind);
        };
    }

    @Override
    public CallResult call(ServerName server, String method, RawJson params, CallOptions options) {
        return switch (live(server)) {
            case Outcome.Failed<Binding.Live>(Failure failure) -> new CallResult.NotAnswered(failure);
            case Outcome.Success<Binding.Live>(Binding.Live live) ->
                live.instance().calls(live.observer()).call(method, params, options);
        };
    }

    @Override
    public List<LogEntry> logs(Optional<ServerName> server, int limit) {
        return hub.services().log().newest(server, limit);
    }

    @Override
    public void foldersChanged(List<Path> folders) {
        servers.foldersChanged(folders);
    }

    @Override
    public Outcome<AccessTokenView> accessToken(ServerName server) {
        return withTarget(server, (instance, target) -> switch (authorization().token(target)) {
            case TokenOutcome.Token token when token.isBound() -> Outcome.failed(Remedies.tokenBound(server));
            case TokenOutcome.Token token ->
                Outcome.success(new AccessTokenView(token.value().value(), token.expiresAt()));
            case TokenOutcome.SignInNeeded _ -> Outcome.failed(Remedies.signInNeeded(server));
            case TokenOutcome.Unavailable unavailable -> Outcome.failed(Remedies.of(unavailable.failure()));
        });
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        hub.detach(this);
        servers.close();
        outbox.close();
    }

    private Authorization authorization() {
        return hub.services().authorization();
    }

    private <T> Outcome<T> withPlaced(ServerName server, Function<Placed, Outcome<T>> action) {
        return servers.find(server)
                .flatMap(Binding::entry)
                .map(action)
                .orElseGet(() -> Outcome.failed(unknown(server)));
    }

    private <T> Outcome<T> withInstance(ServerName server, Function<ServerInstance, Outcome<T>> action) {
        return switch (live(server)) {
            case Outcome.Failed<Binding.Live>(Failure failure) -> Outcome.failed(failure);
            case Outcome.Success<Binding.Live>(Binding.Live live) -> action.apply(live.instance());
        };
    }

    private <T> Outcome<T> withTarget(ServerName server, TargetAction<T> action) {
        return withInstance(
                server,
                instance -> instance.link()
                        .target()
                        .map(target -> action.apply(instance, target))
                        .orElseGet(() -> Outcome.failed(Remedies.noSignIn(server))));
    }

    /** Something done with a server that signs in by OAuth. */
    @FunctionalInterface
    private interface TargetAction<T> {
        Outcome<T> apply(ServerInstance instance, Target target);
    }

    /** A name may be unknown only because its file cannot be read; then that is what the user must hear. */
    private Failure unknown(ServerName server) {
        ConfigStore config = hub.config();
        return config.filesFor(servers.context().folders()).stream()
                .flatMap(file -> config.brokenAt(file).map(problem -> Remedies.of(file, problem)).stream())
                .findFirst()
                .orElseGet(() -> Remedies.unknownServer(server));
    }

    /** What stands behind a name now. */
    Optional<Binding> bound(ServerName server) {
        return servers.now(server);
    }

    /** The same, waited for a moment while that is being found out. */
    Optional<Binding> bound(ServerName server, Duration limit) {
        return servers.find(server, limit);
    }

    Outcome<Binding.Live> live(ServerName server) {
        return live(server, servers.find(server));
    }

    /** The same for who cannot wait until the entry's values have been looked up. */
    Outcome<Binding.Live> live(ServerName server, Duration limit) {
        return live(server, servers.find(server, limit));
    }

    private Outcome<Binding.Live> live(ServerName server, Optional<Binding> found) {
        return found.map(binding -> switch (binding) {
                    case Binding.Live live -> Outcome.success(live);
                    case Binding.Idle idle -> Outcome.<Binding.Live>failed(Remedies.idle(server, idle.state()));
                    case Binding.Rejected rejected ->
                        Outcome.<Binding.Live>failed(
                                Remedies.idle(server, rejected.view().state()));
                })
                .orElseGet(() -> Outcome.failed(unknown(server)));
    }

    /** Passes on what happens to one of the session's servers under the session's name for it. */
    private final class Observer implements ServerInstance.Observer {
        private final ServerName name;

        Observer(ServerName name) {
            this.name = name;
        }

        @Override
        public void onChanged() {
            outbox.statusChanged();
        }

        @Override
        public void onAuthRequired() {
            outbox.authRequired(name);
        }

        @Override
        public void onCatalogChanged(Set<CatalogKind> kinds) {
            outbox.tell(told -> told.onCatalogChanged(name, kinds));
        }

        @Override
        public void onLog(LogEntry entry) {
            outbox.tell(
                    told -> told.onLog(new LogEntry(entry.time(), Optional.of(name), entry.level(), entry.message())));
        }

        @Override
        public void onNotification(String method, RawJson params) {
            outbox.tell(told -> told.onServerNotification(name, method, params));
        }

        @Override
        public ServerRequest.Answer onServerRequest(ServerRequest request) {
            return request.method().equals("roots/list")
                    ? Roots.answer(servers.context().folders())
                    : listener.onServerRequest(name, request);
        }

        @Override
        public boolean takesQuestions() {
            return scope.equals(Scope.EVERYTHING);
        }
    }
}
