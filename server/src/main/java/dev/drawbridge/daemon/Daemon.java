package dev.drawbridge.daemon;

import dev.drawbridge.hub.Failure;
import dev.drawbridge.mcp.json.RawJson;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The shared process, without any protocol: one socket, one lock, sessions, and the loop that decides when to end.
 *
 * <p>{@link #run} holds the loop and blocks; each connection has a virtual thread that shakes hands and then serves the
 * session's face. A session that fails hurts nobody else.
 */
public final class Daemon {
    /** The code with which a daemon on its way out refuses a client; the client starts the next one. */
    static final String STOPPING = "daemon.stopping";

    private static final System.Logger LOG = System.getLogger(Daemon.class.getName());
    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final Duration LOCK_WAIT = Duration.ofSeconds(10);
    private static final int BACKLOG = 256;
    /** How often a daemon without sessions looks whether it is still busy. */
    private static final Duration BUSY_LOOK = Duration.ofMillis(500);
    /** Clients that have not greeted yet, beyond which newcomers are closed unheard. */
    private static final int MAX_GREETING = 512;

    private final RuntimeFolder folder;
    private final DaemonSettings settings;
    private final Map<Role, SessionFace> faces;
    private final Sideline sideline;
    private final InstantSource clock;
    private final Instant startedAt;
    private final SessionTable table;
    private final IdleTimer idle;
    private final AtomicLong lastSession = new AtomicLong();
    private final AtomicReference<StopReason> wanted = new AtomicReference<>();
    private final Semaphore greeting = new Semaphore(MAX_GREETING);
    private volatile boolean superseded;

    Daemon(
            RuntimeFolder folder,
            DaemonSettings settings,
            Map<Role, SessionFace> faces,
            Sideline sideline,
            InstantSource clock) {
        this.folder = folder;
        this.settings = settings;
        this.faces = Map.copyOf(faces);
        this.sideline = sideline;
        this.clock = clock;
        this.startedAt = clock.instant();
        this.table = new SessionTable(settings.maxSessions());
        this.idle = new IdleTimer(clock, settings.idle());
    }

    /** Asks the daemon to end; returns at once. The first reason counts. */
    public void stop(StopReason reason) {
        if (wanted.compareAndSet(null, reason)) {
            table.wake();
        }
    }

    /** Serves until there is a reason to stop, which is the result. */
    public StopReason run() throws IOException, InterruptedException {
        Optional<FileMutex> acquired = acquireLock();
        if (acquired.isEmpty()) {
            return StopReason.ALREADY_RUNNING;
        }
        try (FileMutex _ = acquired.get();
                ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
                ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().daemon().name("daemon-timer").factory())) {
            return serveUntilStopped(server, timer);
        }
    }

    private StopReason serveUntilStopped(ServerSocketChannel server, ScheduledExecutorService timer)
            throws IOException, InterruptedException {
        // Whoever holds the lock is the only daemon, so a socket that is here is a dead one's.
        Files.deleteIfExists(folder.socket());
        server.bind(UnixDomainSocketAddress.of(folder.socket()), BACKLOG);
        long check = Math.max(1, settings.stalledWrite().toMillis() / 4);
        timer.scheduleAtFixedRate(this::endStalled, check, check, TimeUnit.MILLISECONDS);
        Thread.ofVirtual().name("daemon-accept").start(() -> accept(server, timer));
        LOG.log(Level.INFO, "Serving at {0}, build {1}.", folder.socket(), settings.build());
        sideline.begin();
        StopReason reason = awaitReason();
        table.close();
        // The lock is still held, so this is our own socket and nobody else's.
        Files.deleteIfExists(folder.socket());
        server.close();
        table.list().forEach(DaemonSession::end);
        if (!table.awaitEmpty(GRACE)) {
            LOG.log(Level.WARNING, "{0} sessions did not end in time.", table.size());
        }
        timer.shutdownNow();
        return reason;
    }

    /** Another holder may be on its way out: waits for it, unless it answers. */
    private Optional<FileMutex> acquireLock() throws IOException, InterruptedException {
        long end = System.nanoTime() + LOCK_WAIT.toNanos();
        while (true) {
            Optional<FileMutex> lock = FileMutex.tryAcquire(folder.daemonLock());
            if (lock.isPresent() || isAnswering() || System.nanoTime() > end || wanted.get() != null) {
                return lock;
            }
            Thread.sleep(20);
        }
    }

    private boolean isAnswering() {
        try (SocketChannel _ = SocketChannel.open(UnixDomainSocketAddress.of(folder.socket()))) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    private StopReason awaitReason() throws InterruptedException {
        while (true) {
            long seen = table.version();
            StopReason reason = wanted.get();
            if (reason != null) {
                return reason;
            }
            // Somebody may be in a browser whose editor is closed: the callback still has to find us.
            boolean goesOn = table.size() == 0 && sideline.isBusy();
            idle.observe(goesOn ? 1 : table.size());
            Optional<Duration> left = goesOn ? Optional.of(BUSY_LOOK) : idle.left();
            if (superseded && !goesOn && table.closeIfEmpty()) {
                return StopReason.SUPERSEDED;
            }
            if (left.isPresent() && left.get().isZero() && table.closeIfEmpty()) {
                return StopReason.IDLE;
            }
            table.awaitChange(seen, left);
        }
    }

    private void accept(ServerSocketChannel server, ScheduledExecutorService timer) {
        while (true) {
            SocketChannel channel;
            try {
                channel = server.accept();
            } catch (IOException e) {
                if (server.isOpen()) {
                    LOG.log(Level.ERROR, "The socket accepts no connections any more.", e);
                    stop(StopReason.FAILED);
                }
                return;
            }
            if (!greeting.tryAcquire()) {
                Closing.quietly(channel);
                continue;
            }
            Thread.ofVirtual().name("session").start(() -> {
                try (channel) {
                    greet(channel, timer);
                } catch (IOException e) {
                    LOG.log(Level.DEBUG, "A connection ended.", e);
                } catch (RuntimeException e) {
                    LOG.log(Level.ERROR, "A connection failed.", e);
                }
            });
        }
    }

    private void greet(SocketChannel channel, ScheduledExecutorService timer) throws IOException {
        InputStream in;
        WatchedOutput out;
        Optional<byte[]> line;
        try {
            if (!PeerCheck.isThisUser(channel, folder.path())) {
                LOG.log(Level.WARNING, "Another user's process was turned away.");
                return;
            }
            var deadline = timer.schedule(
                    () -> Closing.quietly(channel), settings.handshake().toMillis(), TimeUnit.MILLISECONDS);
            in = new BufferedInputStream(Channels.newInputStream(channel), 1 << 16);
            out = new WatchedOutput(Channels.newOutputStream(channel));
            line = HandshakeLine.read(in);
            deadline.cancel(false);
        } finally {
            greeting.release();
        }
        if (line.isEmpty()) {
            return;
        }
        Hello hello;
        try {
            hello = HelloReader.read(line.get());
        } catch (HelloReader.BadHello e) {
            refuse(
                    out,
                    "daemon.badGreeting",
                    "The greeting was not understood: " + e.getMessage() + ".",
                    "Update Drawbridge.");
            return;
        }
        answer(hello, channel, in, out);
    }

    private void answer(Hello hello, SocketChannel channel, InputStream in, WatchedOutput out) throws IOException {
        switch (hello.role()) {
            case STATUS -> welcome(out, "", status().toJson());
            case STOP -> {
                RawJson status = status().toJson();
                stop(StopReason.STOP_REQUESTED);
                welcome(out, "", status);
            }
            case LSP, PROXY -> serve(hello, channel, in, out);
        }
    }

    private void serve(Hello hello, SocketChannel channel, InputStream in, WatchedOutput out) throws IOException {
        SessionFace face = faces.get(hello.role());
        if (face == null) {
            refuse(
                    out,
                    "daemon.unknownRole",
                    "This daemon does not serve the role " + hello.role().wireName() + ".",
                    "Update Drawbridge.");
            return;
        }
        String id = "s" + lastSession.incrementAndGet();
        DaemonSession session = new DaemonSession(id, hello, clock.instant(), channel, out);
        switch (table.admit(session)) {
            case CLOSED -> refuse(out, STOPPING, "The Drawbridge daemon is ending.", "Try again.");
            case FULL ->
                refuse(
                        out,
                        "daemon.full",
                        "The Drawbridge daemon serves " + settings.maxSessions() + " sessions and takes no more.",
                        "Close editors or hosts that are no longer needed.");
            case ADMITTED -> {
                try {
                    noteNewerBuild(hello);
                    welcome(out, id, RawJson.EMPTY_OBJECT);
                    LOG.log(Level.INFO, "Session {0} began: {1}.", id, hello);
                    face.serve(hello, in, out);
                } finally {
                    session.end();
                    table.remove(session);
                    LOG.log(Level.INFO, "Session {0} ended.", id);
                }
            }
        }
    }

    private void noteNewerBuild(Hello hello) {
        if (!superseded && settings.build().isSupersededBy(hello.version(), hello.build())) {
            superseded = true;
            LOG.log(
                    Level.INFO,
                    "Build {0} {1} has connected; this daemon ends with its last session.",
                    hello.version(),
                    hello.build());
        }
    }

    private void welcome(WatchedOutput out, String session, RawJson result) throws IOException {
        BuildInfo build = settings.build();
        HandshakeLine.write(
                out,
                HandshakeReply.toJson(new HandshakeReply.Welcome(
                        build.version(), build.build(), ProcessHandle.current().pid(), session, result)));
    }

    private static void refuse(WatchedOutput out, String code, String message, String action) throws IOException {
        HandshakeLine.write(out, HandshakeReply.toJson(new HandshakeReply.Refused(new Failure(code, message, action))));
    }

    private DaemonStatus status() {
        return new DaemonStatus(
                settings.build(),
                ProcessHandle.current().pid(),
                startedAt,
                clock.instant(),
                idle.endsAt(),
                superseded,
                table.list(),
                sideline.status());
    }

    private void endStalled() {
        long now = System.nanoTime();
        for (DaemonSession session : table.list()) {
            if (session.output().isStalled(now, settings.stalledWrite().toNanos())) {
                LOG.log(Level.WARNING, "Session {0} does not read what it is sent and is closed.", session.id());
                session.end();
            }
        }
    }
}
