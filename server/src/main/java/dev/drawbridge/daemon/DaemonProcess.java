package dev.drawbridge.daemon;

import dev.drawbridge.hub.Failure;
import dev.drawbridge.hub.Outcome;
import dev.drawbridge.hub.SessionContext;
import dev.drawbridge.lsp.LspFace;
import dev.drawbridge.mcp.json.RawJson;
import dev.drawbridge.proxy.ProxyFace;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** {@code drawbridge daemon}: the process around {@link Daemon}, and the one place where its parts are put together. */
public final class DaemonProcess {
    private static final Duration SHUTDOWN_WAIT = Duration.ofSeconds(10);

    private DaemonProcess() {}

    /** Runs the daemon; the result is the process's exit code. */
    public static int run(List<String> args) throws IOException, InterruptedException {
        UserFolders folders = UserFolders.ofThisProcess();
        if (PrivateFolder.open(folders.state()) instanceof Outcome.Failed<Path>(Failure failure)) {
            return fail(failure);
        }
        DaemonLog.open(folders.log());
        return switch (RuntimeFolder.open(folders.runtime())) {
            case Outcome.Failed<RuntimeFolder>(Failure failure) -> fail(failure);
            case Outcome.Success<RuntimeFolder>(RuntimeFolder folder) -> serve(folder, folders, args);
        };
    }

    private static int serve(RuntimeFolder folder, UserFolders folders, List<String> args)
            throws IOException, InterruptedException {
        Path home = Path.of(System.getProperty("user.home", "."));
        HubOnDemand hub = new HubOnDemand(System.getenv(), home);
        Optional<Integer> asked = LocalEndpoint.asked(args);
        LocalEndpoint endpoint =
                new LocalEndpoint(() -> asked.or(() -> LocalEndpoint.configured(System.getenv(), home)), hub::get);
        DaemonSettings settings = DaemonSettings.of(System.getenv());
        Daemon daemon = new Daemon(
                folder,
                // Whoever starts one with an endpoint wants it there for hosts that cannot start one themselves.
                asked.isPresent() ? settings.withIdle(DaemonSettings.FOR_EVER) : settings,
                faces(hub, new DebugLogs(folders.debug())),
                new Beside(hub, endpoint),
                InstantSource.system());
        CountDownLatch finished = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
            daemon.stop(StopReason.TERMINATED);
            try {
                if (!finished.await(SHUTDOWN_WAIT.toSeconds(), TimeUnit.SECONDS)) {
                    log().log(Level.WARNING, "Stopped (signal) before every part had ended.");
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }));
        if (args.contains("--detach")) {
            OwnSession.enterInBackground();
        }
        try {
            StopReason reason = daemon.run();
            log().log(Level.INFO, "Stopped ({0}): {1}", reason.code(), reason.sentence());
            return reason == StopReason.FAILED ? 1 : 0;
        } finally {
            endpoint.close();
            hub.close();
            finished.countDown();
        }
    }

    /** Sign-ins, and hosts that come over HTTP. */
    private record Beside(HubOnDemand hub, LocalEndpoint endpoint) implements Sideline {
        @Override
        public void begin() {
            // Nobody who starts the daemon waits for it.
            Thread.ofVirtual().name("http-endpoint").start(endpoint::begin);
        }

        @Override
        public boolean isBusy() {
            return hub.signInsRunning() || endpoint.isInUse();
        }

        @Override
        public Map<String, RawJson> status() {
            return endpoint.status();
        }
    }

    /** What each kind of session speaks. */
    private static Map<Role, SessionFace> faces(HubOnDemand hub, DebugLogs debug) {
        return Map.of(
                Role.LSP,
                (hello, in, out) -> new LspFace(hub.get())
                        .serve(in, out, new SessionContext(hello.client(), hello.environment(), List.of())),
                Role.PROXY,
                (hello, in, out) -> {
                    HostArguments wanted = HostArguments.of(hello.args());
                    SessionContext context =
                            new SessionContext(hello.client(), hello.environment(), List.of(Path.of(hello.cwd())));
                    try (DebugLogs.Wish _ = wanted.debug() ? debug.begin(wanted.target(), out) : DebugLogs.Wish.NONE) {
                        new ProxyFace(hub.get()).serve(in, out, context, wanted.target(), wanted.options());
                    }
                });
    }

    /** Asked for only after {@link DaemonLog#open}: the first logger of a process decides where all of them write. */
    private static System.Logger log() {
        return System.getLogger(DaemonProcess.class.getName());
    }

    private static int fail(Failure failure) {
        System.err.println(failure.message() + " " + failure.action());
        return 1;
    }
}
