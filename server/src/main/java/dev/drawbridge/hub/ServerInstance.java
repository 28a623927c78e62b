package dev.drawbridge.hub;

import dev.drawbridge.hub.ServerView.CatalogCounts;
import dev.drawbridge.hub.ServerView.ServerIdentity;
import dev.drawbridge.mcp.Cancellation;
import dev.drawbridge.mcp.ConnectOutcome;
import dev.drawbridge.mcp.Connection;
import dev.drawbridge.mcp.ConnectionListener;
import dev.drawbridge.mcp.Identity;
import dev.drawbridge.mcp.LastKnown;
import dev.drawbridge.mcp.ListReader;
import dev.drawbridge.mcp.LogMessage;
import dev.drawbridge.mcp.McpFailure;
import dev.drawbridge.mcp.Negotiated;
import dev.drawbridge.mcp.Rejection;
import dev.drawbridge.mcp.ServerRequest;
import dev.drawbridge.mcp.json.RawJson;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * One server with one resolved definition, shared by every session that has it.
 *
 * <p>It starts at once. A virtual thread of its own owns the machine and the connection: everything that happens is put into its mailbox and
 * taken out one at a time. What other threads read ({@link #snapshot}) is replaced as a whole.
 */
final class ServerInstance {
    private static final Duration DROPPED_WITHIN = Duration.ofSeconds(2);
    private static final Logger LOG = System.getLogger(ServerInstance.class.getName());
    private static final int MAILBOX = 4_096;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(30);

    /** Instances with equal keys are one instance. */
    record Key(ServerName name, ServerOrigin origin, String fingerprint) {}

    /** What the rest of the hub sees at one moment. */
    record Snapshot(ServerState state, Optional<Connection> connection, Optional<ServerIdentity> identity) {}

    /** A session that uses the server. Called on the instance's threads; implementations only enqueue. */
    interface Observer {
        void onChanged();

        void onAuthRequired();

        void onCatalogChanged(Set<CatalogKind> kinds);

        void onLog(LogEntry entry);

        void onNotification(String method, RawJson params);

        /** May wait for a person. */
        ServerRequest.Answer onServerRequest(ServerRequest request);

        /** Whether this session's person answers questions that arise over the shared connection. */
        boolean takesQuestions();
    }

    /** A session that waits for the answer to a call, which its cancellation names. */
    private record Caller(Observer observer, Cancellation call) {}

    private final Key key;
    private final ServerLink link;
    private final HubServices services;
    private final Catalog catalog;
    private final BlockingQueue<Runnable> mailbox = new ArrayBlockingQueue<>(MAILBOX);
    private final CopyOnWriteArrayList<Observer> observers = new CopyOnWriteArrayList<>();
    private final CopyOnWriteArrayList<Caller> callers = new CopyOnWriteArrayList<>();
    private volatile Snapshot snapshot;
    private volatile boolean ending;
    private volatile Optional<Negotiated> remembered = Optional.empty();
    private final CountDownLatch recalled = new CountDownLatch(1);
    private final OwnLists ownLists = new OwnLists();

    /** Opened and on their way to the instance's thread, which may have ended. */
    private final Set<Connection> arriving = ConcurrentHashMap.newKeySet();

    private volatile boolean ended;

    // Set by the instance's thread only; a reading of the catalog looks at it.
    private volatile Optional<Connection> connection = Optional.empty();

    // Owned by the instance's thread.
    private ServerMachine machine = ServerMachine.stopped();
    private long attempt;
    private RetryTimer.Ticket retry = RetryTimer.Ticket.NONE;
    private Optional<FlowId> announced = Optional.empty();
    private Optional<LastKnown> kept = Optional.empty();
    private boolean reached;
    private boolean misled;

    ServerInstance(Key key, ServerLink link, HubServices services) {
        this.key = key;
        this.link = link;
        this.services = services;
        this.catalog = new Catalog(link.disabledTools(), services.clock());
        // What the first event leads to, so that nobody sees the server stopped before its thread has run.
        this.snapshot = new Snapshot(
                new ServerState.Connecting(services.clock().instant()), Optional.empty(), Optional.empty());
        post(new ServerEvent.Start());
        Thread.ofVirtual().name("server-" + key.name()).start(this::run);
    }

    Key key() {
        return key;
    }

    ServerLink link() {
        return link;
    }

    Catalog catalog() {
        return catalog;
    }

    /** What was agreed on when the server was last reached, perhaps by another daemon. */
    Optional<Negotiated> remembered() {
        return remembered;
    }

    /** Waits until it is known what an earlier daemon knew, for as long as a disk may be expected to take. */
    void awaitRecall(Duration limit) {
        try {
            boolean _ = recalled.await(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A list that an earlier daemon knew, while this one has yet to hear it from the server. */
    Optional<RawJson> recalled(CatalogKind kind) {
        return snapshot.connection().isEmpty() || catalog.isBeingRead() ? catalog.recalled(kind) : Optional.empty();
    }

    OwnLists ownLists() {
        return ownLists;
    }

    Snapshot snapshot() {
        return snapshot;
    }

    /** Requests to the server, made by a session. */
    ServerCalls calls(Observer caller) {
        return new ServerCalls(this, services.clock(), caller);
    }

    AuthenticationState authentication() {
        return link.authentication(key.name(), snapshot.state());
    }

    CatalogCounts counts() {
        return catalog.counts();
    }

    void addObserver(Observer observer) {
        observers.add(observer);
    }

    /** Returns whether nobody is left. */
    boolean removeObserver(Observer observer) {
        observers.remove(observer);
        callers.removeIf(caller -> caller.observer().equals(observer));
        return observers.isEmpty();
    }

    boolean isUnused() {
        return observers.isEmpty();
    }

    /** Hands the machine an event; never blocks. */
    void post(ServerEvent event) {
        enqueue(() -> apply(event));
    }

    /** A sign-in was begun; one that is over by now is not shown, for its end has been heard already. */
    void signInBegun(SignInFlow flow) {
        enqueue(() -> {
            if (link.isRunning(flow.id())) {
                apply(new ServerEvent.SignInBegun(flow));
            }
        });
    }

    /** A program began a sign-in whose page nobody has seen yet; the sessions hear of it once. */
    void personWanted(FlowId flow, String requestedBy) {
        enqueue(() -> {
            if (!announced.equals(Optional.of(flow))) {
                announced = Optional.of(flow);
                apply(new ServerEvent.PersonWanted(requestedBy));
            }
        });
    }

    /** The user has signed out: nothing is shown any more of what only they could see. */
    void signedOut() {
        enqueue(() -> {
            Optional<Connection> ended = connection;
            apply(new ServerEvent.SignedOut());
            catalog.forget(ended);
            remembered = remembered.map(Negotiated::withoutInstructions);
            kept = Optional.empty();
            // Once more, for what a reading that has just ended had written.
            link.target().ifPresent(services.memory()::forget);
            observers.forEach(Observer::onChanged);
        });
    }

    /** Closes the connection and ends the instance's thread. */
    void end() {
        ending = true;
        // Only wakes the thread: a full mailbox has it awake already.
        mailbox.offer(() -> {});
    }

    // --- the instance's own thread -------------------------------------------------------------------------------

    private void run() {
        try {
            recall();
            while (!ending) {
                Runnable task = mailbox.take();
                try {
                    task.run();
                } catch (RuntimeException e) {
                    LOG.log(Level.ERROR, "Serving " + key.name() + " failed", e);
                    apply(new ServerEvent.Broken(Remedies.internal(key.name(), e), true));
                }
            }
            apply(new ServerEvent.Stop());
            ended = true;
            arriving.forEach(this::turnAway);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Before anything else, so that the first connection need not ask what the last one found out. */
    private void recall() {
        try {
            kept = services.memory().recall(link.memoryKey());
            kept.ifPresent(known -> {
                remembered = Optional.of(known.negotiated());
                catalog.recall(known.lists());
            });
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "What is known of " + key.name() + " cannot be recalled", e);
        } finally {
            recalled.countDown();
        }
    }

    private void enqueue(Runnable task) {
        if (!mailbox.offer(task)) {
            LOG.log(Level.ERROR, "The mailbox of " + key.name() + " is full; an event is lost");
        }
    }

    private void apply(ServerEvent event) {
        ServerMachine.Step step = machine.on(event, services.clock().instant(), services.backoff());
        machine = step.next();
        if (event instanceof ServerEvent.SignInSucceeded) {
            catalog.doubtRecalled();
        }
        // Before a connection is closed, so that the calls that end with it can tell why.
        publish();
        step.effects().forEach(this::perform);
        // Announced after the state is published, so that whoever is told sees it.
        if (step.effects().contains(new ServerEffect.AnnounceAuthRequired())) {
            observers.forEach(Observer::onAuthRequired);
        }
    }

    private void perform(ServerEffect effect) {
        switch (effect) {
            case ServerEffect.Open() -> open();
            case ServerEffect.Close() -> close();
            case ServerEffect.ScheduleRetry(Instant at) -> {
                retry.cancel();
                retry = retryAt(at);
            }
            case ServerEffect.CancelRetry() -> {
                retry.cancel();
                retry = RetryTimer.Ticket.NONE;
            }
            case ServerEffect.AnnounceAuthRequired() -> {}
            case ServerEffect.ReadCatalog() -> readCatalog(EnumSet.allOf(CatalogKind.class));
        }
    }

    /** At an instant, or for a server over the network as soon as the network has changed. */
    private RetryTimer.Ticket retryAt(Instant at) {
        RetryTimer.Ticket due = services.retries().at(at, () -> post(new ServerEvent.RetryDue()));
        if (link.transport() == ServerView.Transport.STDIO) {
            return due;
        }
        RetryTimer.Ticket back = services.network().onChange(() -> post(new ServerEvent.RetryDue()));
        return () -> {
            due.cancel();
            back.cancel();
        };
    }

    private void publish() {
        ServerState state = machine.state();
        Optional<Connection> usable = machine.connectionUp() ? connection : Optional.empty();
        Snapshot before = snapshot;
        Snapshot after = new Snapshot(
                state, usable, usable.map(c -> identity(c.negotiated())).or(before::identity));
        if (after.equals(before)) {
            return;
        }
        synchronized (this) {
            snapshot = after;
            notifyAll();
        }
        if (!state.equals(before.state())) {
            log(StateLines.level(state), StateLines.describe(state));
        }
        observers.forEach(Observer::onChanged);
    }

    private static ServerIdentity identity(Negotiated negotiated) {
        Identity said = Identity.of(negotiated);
        return new ServerIdentity(
                said.name(),
                said.version(),
                said.title(),
                negotiated.protocolVersion(),
                negotiated.instructions(),
                said.capabilities());
    }

    private void open() {
        close();
        long mine = attempt;
        Optional<String> version = remembered.map(Negotiated::protocolVersion).filter(_ -> !misled);
        Thread.ofVirtual().name("connect-" + key.name()).start(() -> {
            ConnectOutcome outcome;
            try {
                outcome = link.connect(ClientIdentity.PROFILE, new Ear(mine), version, CONNECT_TIMEOUT);
            } catch (RuntimeException e) {
                LOG.log(Level.ERROR, "Connecting to " + key.name() + " failed", e);
                Failure failure = Remedies.internal(key.name(), e);
                enqueue(() -> ifCurrent(mine, () -> apply(new ServerEvent.Broken(failure, true))));
                return;
            }
            if (outcome instanceof ConnectOutcome.Connected(Connection opened)) {
                arriving.add(opened);
                enqueue(() -> onConnectOutcome(mine, outcome));
                if (ended) {
                    turnAway(opened);
                }
            } else {
                enqueue(() -> onConnectOutcome(mine, outcome));
            }
        });
    }

    /** Nobody takes it over any more, and nobody else knows of it. */
    private void turnAway(Connection late) {
        if (arriving.remove(late)) {
            closeBehind(late);
        }
    }

    private void onConnectOutcome(long mine, ConnectOutcome outcome) {
        if (mine != attempt) {
            if (outcome instanceof ConnectOutcome.Connected(Connection late)) {
                turnAway(late);
            }
            return;
        }
        switch (outcome) {
            case ConnectOutcome.Connected(Connection opened) -> {
                arriving.remove(opened);
                connection = Optional.of(opened);
                remembered = Optional.of(opened.negotiated());
                reached = true;
                misled = false;
                catalog.expectReading();
                apply(new ServerEvent.Opened());
            }
            case ConnectOutcome.Unauthorized(Rejection rejection) -> {
                Optional<String> by = Optional.empty();
                apply(refusedEvent(rejection, by));
            }
            case ConnectOutcome.Failed(McpFailure failure) -> {
                // What an earlier daemon knew may be what is wrong; the next attempt finds out for itself.
                misled = !reached && !failure.code().equals("mcp.unreachable");
                apply(new ServerEvent.Broken(Remedies.of(failure), failure.passing()));
            }
        }
    }

    private ServerEvent refusedEvent(Rejection rejection, Optional<String> requestedBy) {
        return switch (link.refusal(key.name(), rejection, requestedBy)) {
            case ServerLink.Refusal.PersonNeeded(AuthReason reason) -> new ServerEvent.Unauthorized(reason);
            case ServerLink.Refusal.Unhelpable(Failure failure, boolean passing) ->
                new ServerEvent.Broken(failure, passing);
        };
    }

    private void close() {
        attempt++;
        connection.ifPresent(this::closeBehind);
        connection = Optional.empty();
    }

    /** Closing may say goodbye over the network; nobody waits for it. */
    private void closeBehind(Connection closing) {
        Thread.ofVirtual().name("close-" + key.name()).start(closing::close);
    }

    private void ifCurrent(long mine, Runnable action) {
        if (mine == attempt) {
            action.run();
        }
    }

    // --- the catalog ---------------------------------------------------------------------------------------------

    private void readCatalog(Set<CatalogKind> kinds) {
        if (connection.isEmpty() || !catalog.beginReading(kinds)) {
            return;
        }
        Thread.ofVirtual().name("catalog-" + key.name()).start(() -> {
            Catalog.Reading reading = catalog.readPending(() -> connection, link.timeout());
            if (!reading.changed().isEmpty()) {
                observers.forEach(observer -> observer.onCatalogChanged(reading.changed()));
                observers.forEach(Observer::onChanged);
            }
            // Some servers greet everybody and ask for a sign-in only at the first list.
            reading.refused()
                    .map(rejection -> refusedEvent(rejection, Optional.empty()))
                    .ifPresent(this::post);
            enqueue(this::keepLastKnown);
        });
    }

    /** Has what is known written down if it is news. */
    private void keepLastKnown() {
        if (!(machine.state() instanceof ServerState.Connected) || connection.isEmpty()) {
            return;
        }
        Optional<LastKnown> now = Optional.of(new LastKnown(connection.get().negotiated(), catalog.all()));
        boolean news = !now.equals(kept);
        // Also when it says the same: what was recalled need not stay in memory beside what was read.
        kept = now;
        if (news) {
            services.memory().keep(link.memoryKey(), now.get());
        }
    }

    // --- what the callers' threads use ---------------------------------------------------------------------------

    /** Runs an action while the observer counts as a caller, whom a server's own requests go to first. */
    <T> T asCaller(Observer observer, Cancellation call, Supplier<T> action) {
        Caller caller = new Caller(observer, call);
        callers.addFirst(caller);
        try {
            return action.get();
        } finally {
            callers.remove(caller);
        }
    }

    /** Keeps a list that a session read ahead of the catalog, and tells the others of it. */
    RawJson keep(CatalogKind kind, List<ListReader.Item> items, Connection over) {
        RawJson list = catalog.put(kind, items, over);
        observers.forEach(Observer::onChanged);
        enqueue(this::keepLastKnown);
        return list;
    }

    /** A call found out that the connection it used is gone. */
    void lost(Connection used, Failure failure, boolean passing) {
        enqueue(() -> {
            if (connection.equals(Optional.of(used))) {
                apply(new ServerEvent.Broken(failure, passing));
            }
        });
    }

    /**
     * The server no longer speaks as was agreed: it is connected to anew. Once this returns, nobody is given the connection
     * that is out of date, so that whoever tries again waits for the next one. Not to be called on the instance's own thread.
     */
    void renegotiate(Connection used) {
        CountDownLatch dropped = new CountDownLatch(1);
        enqueue(() -> {
            boolean stands = connection.isPresent()
                    && connection
                            .get()
                            .negotiated()
                            .protocolVersion()
                            .equals(used.negotiated().protocolVersion());
            if (stands) {
                apply(new ServerEvent.Start());
            }
            dropped.countDown();
        });
        try {
            dropped.await(DROPPED_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until the snapshot is another, or the time is up. */
    synchronized void awaitChange(Snapshot seen, long millis) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        try {
            while (snapshot.equals(seen)) {
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

    private void log(String level, String message) {
        LogEntry entry =
                services.log().add(new LogEntry(services.clock().instant(), Optional.of(key.name()), level, message));
        observers.forEach(observer -> observer.onLog(entry));
        link.trace().note(level + ": " + entry.message());
    }

    /** Hears one connection; what comes from an older one than the current is dropped. */
    private final class Ear implements ConnectionListener {
        private final long mine;

        Ear(long mine) {
            this.mine = mine;
        }

        @Override
        public void onNotification(String method, RawJson params) {
            Optional<Set<CatalogKind>> stale = Catalog.madeStaleBy(method);
            if (stale.isPresent()) {
                enqueue(() -> ifCurrent(mine, () -> {
                    catalog.announced(stale.get());
                    readCatalog(stale.get());
                }));
            } else if (method.equals("notifications/message")) {
                LogMessage line = LogMessage.of(params);
                log(line.level(), line.text());
            } else {
                observers.forEach(observer -> observer.onNotification(method, params));
            }
        }

        @Override
        public ServerRequest.Answer onServerRequest(ServerRequest request) {
            return asked(request)
                    .map(observer -> observer.onServerRequest(request))
                    .orElseGet(() -> ServerRequest.Answer.notSupported(request.method()));
        }

        /** The session whose call it belongs to, where that is known; else the newest caller, the likeliest person. */
        private Optional<Observer> asked(ServerRequest request) {
            Optional<Observer> owner = request.within()
                    .flatMap(call -> callers.stream()
                            .filter(caller -> caller.call().equals(call))
                            .map(Caller::observer)
                            .findFirst());
            return owner.or(() -> callers.stream().map(Caller::observer).findFirst())
                    .or(() ->
                            observers.stream().filter(Observer::takesQuestions).findFirst());
        }

        @Override
        public void onStderr(String line) {
            log("info", line);
        }

        @Override
        public void onClosed(McpFailure why) {
            enqueue(() -> ifCurrent(mine, () -> apply(new ServerEvent.Broken(Remedies.of(why), why.passing()))));
        }

        @Override
        public void onUnauthorized(Rejection rejection) {
            // Asking for a token may refresh it, which must not hold up the mailbox.
            Thread.ofVirtual().start(() -> {
                ServerEvent event = refusedEvent(rejection, Optional.empty());
                enqueue(() -> ifCurrent(mine, () -> apply(event)));
            });
        }
    }
}
