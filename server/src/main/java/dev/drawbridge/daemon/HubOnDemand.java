package dev.drawbridge.daemon;

import dev.drawbridge.hub.Hub;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The daemon's hub, put together when the first session needs it, so that {@code status} and {@code stop} never wait for it. */
final class HubOnDemand implements AutoCloseable {
    private final Map<String, String> environment;
    private final Path home;
    private Optional<HubAssembly> assembly = Optional.empty();
    private boolean closed;

    HubOnDemand(Map<String, String> environment, Path home) {
        this.environment = environment;
        this.home = home;
    }

    synchronized Hub get() {
        if (closed) {
            throw new IllegalStateException("the daemon is stopping");
        }
        if (assembly.isEmpty()) {
            assembly = Optional.of(HubAssembly.open(environment, home));
        }
        return assembly.get().hub();
    }

    /** Whether a sign-in runs; nothing is put together to find out. */
    synchronized boolean signInsRunning() {
        return assembly.isPresent() && assembly.get().hub().signInsRunning();
    }

    @Override
    public synchronized void close() {
        closed = true;
        assembly.ifPresent(HubAssembly::close);
        assembly = Optional.empty();
    }
}
