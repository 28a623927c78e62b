package dev.drawbridge.hub;

import dev.drawbridge.mcp.ClientProfile;
import dev.drawbridge.mcp.ConnectionListener;
import dev.drawbridge.mcp.Negotiated;
import dev.drawbridge.mcp.json.RawJson;
import java.time.Duration;
import java.util.Optional;

/** A session that sees one server, through which the server's state and the machine's sign-in are shared with everybody. */
final class LiveHostSession implements HostSession {
    /** A host that has just attached finds out in milliseconds whether its server runs; nobody notices as much. */
    private static final Duration MOMENT = Duration.ofMillis(250);

    private final LiveSession session;
    private final ServerName server;

    LiveHostSession(LiveSession session, ServerName server) {
        this.session = session;
        this.server = server;
    }

    @Override
    public Optional<ServerView> view() {
        return session.servers().stream()
                .filter(view -> view.name().equals(server))
                .findFirst();
    }

    @Override
    public Optional<Negotiated> negotiated() {
        return recollecting().flatMap(ServerInstance::remembered);
    }

    @Override
    public Optional<RawJson> lastKnown(CatalogKind kind) {
        return instance().flatMap(instance -> instance.catalog().list(kind));
    }

    @Override
    public int announcements(CatalogKind kind) {
        return instance()
                .map(instance -> instance.catalog().announcements(kind))
                .orElse(0);
    }

    @Override
    public Optional<RawJson> recalled(CatalogKind kind) {
        return recollecting().flatMap(instance -> instance.recalled(kind));
    }

    @Override
    public Outcome<RawJson> list(CatalogKind kind, Duration limit) {
        return switch (session.live(server, limit)) {
            case Outcome.Failed<Binding.Live>(Failure failure) -> Outcome.failed(failure);
            case Outcome.Success<Binding.Live>(Binding.Live live) ->
                live.instance().calls(live.observer()).freshList(kind, limit);
        };
    }

    @Override
    public Lists lists(RawJson capabilities) {
        return instance().map(instance -> instance.ownLists().of(capabilities)).orElse(Lists.UNKNOWN);
    }

    @Override
    public void noteLists(RawJson capabilities, Lists lists) {
        instance().ifPresent(instance -> instance.ownLists().note(capabilities, lists));
    }

    /** The server once it is known what an earlier daemon knew of it. */
    private Optional<ServerInstance> recollecting() {
        Optional<ServerInstance> instance = instance(session.bound(server, MOMENT));
        instance.ifPresent(found -> found.awaitRecall(MOMENT));
        return instance;
    }

    private Optional<ServerInstance> instance() {
        return instance(session.bound(server));
    }

    private static Optional<ServerInstance> instance(Optional<Binding> binding) {
        return binding.filter(Binding.Live.class::isInstance).map(live -> ((Binding.Live) live).instance());
    }

    @Override
    public Outcome<HostConnection> open(ClientProfile host, ConnectionListener listener) {
        return switch (session.live(server)) {
            case Outcome.Failed<Binding.Live>(Failure failure) -> Outcome.failed(failure);
            case Outcome.Success<Binding.Live>(Binding.Live live) ->
                live.instance().calls(live.observer()).openOwn(host, listener);
        };
    }

    @Override
    public Outcome<SignInFlow> authenticate() {
        return session.authenticate(server, HubSession.SignInMethod.BROWSER);
    }

    @Override
    public Outcome<SignInFlow> prepareSignIn(String requestedBy) {
        return session.prepareSignIn(server, requestedBy);
    }

    @Override
    public void close() {
        session.close();
    }
}
