package dev.drawbridge.daemon;

import dev.drawbridge.hub.Outcome;
import dev.drawbridge.mcp.json.RawJson;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A daemon inside the test's own process, on a folder of its own. */
public final class TestDaemon implements AutoCloseable {
    public static final DaemonSettings SETTINGS =
            DaemonSettings.DEFAULT.withIdle(Duration.ofMinutes(1)).withBuild(new BuildInfo("1.0.0", "test"));

    private final RuntimeFolder folder;
    private final Daemon daemon;
    private final CompletableFuture<StopReason> ended = new CompletableFuture<>();

    private TestDaemon(RuntimeFolder folder, Daemon daemon) {
        this.folder = folder;
        this.daemon = daemon;
    }

    public static TestDaemon start(Path path, Map<Role, SessionFace> faces) throws Exception {
        return start(path, SETTINGS, faces, InstantSource.system());
    }

    static TestDaemon start(Path path, DaemonSettings settings, Map<Role, SessionFace> faces, InstantSource clock)
            throws Exception {
        return start(path, settings, faces, () -> false, clock);
    }

    static TestDaemon start(
            Path path, DaemonSettings settings, Map<Role, SessionFace> faces, BooleanSupplier busy, InstantSource clock)
            throws Exception {
        RuntimeFolder folder = folder(path);
        TestDaemon test = new TestDaemon(folder, new Daemon(folder, settings, faces, new Busy(busy), clock));
        Thread.ofPlatform().name("test-daemon").start(() -> {
            try {
                test.ended.complete(test.daemon.run());
            } catch (IOException | InterruptedException | RuntimeException e) {
                test.ended.completeExceptionally(e);
            }
        });
        return test;
    }

    public static RuntimeFolder folder(Path path) {
        return switch (RuntimeFolder.open(path)) {
            case Outcome.Success<RuntimeFolder>(RuntimeFolder folder) -> folder;
            case Outcome.Failed<RuntimeFolder> failed -> throw new AssertionError(failed);
        };
    }

    public static Hello hello(Role role) {
        return new Hello(role, "1.0.0", "test", 1, "/", "test", Map.of(), java.util.List.of());
    }

    Daemon daemon() {
        return daemon;
    }

    /** A connection after its handshake, waiting for the daemon to come up. */
    public DaemonConnection connect(Hello hello) throws Exception {
        Outcome<DaemonConnection> outcome = connectOutcome(hello);
        if (outcome instanceof Outcome.Success<DaemonConnection>(DaemonConnection connection)) {
            return connection;
        }
        throw new AssertionError(outcome);
    }

    Outcome<DaemonConnection> connectOutcome(Hello hello) throws Exception {
        return Eventually.get(
                () -> DaemonConnection.openRunning(folder, hello),
                outcome -> !(outcome instanceof Outcome.Failed<DaemonConnection>(var failure)
                        && failure.code().equals(DaemonClient.NOT_RUNNING)));
    }

    public StopReason awaitEnd() throws Exception {
        return ended.get(10, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        daemon.stop(StopReason.STOP_REQUESTED);
        ended.orTimeout(10, TimeUnit.SECONDS).join();
    }

    /** Nothing beside the sessions but the test's own word. */
    private record Busy(BooleanSupplier busy) implements Sideline {
        @Override
        public void begin() {
            // Nothing begins.
        }

        @Override
        public boolean isBusy() {
            return busy.getAsBoolean();
        }

        @Override
        public Map<String, RawJson> status() {
            return Map.of();
        }
    }
}
