package dev.drawbridge.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.drawbridge.hub.HostConnection;
import dev.drawbridge.hub.HostSession;
import dev.drawbridge.hub.LiveHub;
import dev.drawbridge.hub.Outcome;
import dev.drawbridge.hub.SessionContext;
import dev.drawbridge.mcp.RecordingListener;
import dev.drawbridge.mcp.ScriptedServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which session with its server a host's requests use. */
final class UpstreamTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final HostProfile HOST = HostProfile.of("2025-11-25", Optional.empty(), Optional.empty());

    @TempDir
    Path folder;

    /** Calls that run side by side all find out that the session is out of date, some when there is another already. */
    @Test
    void whoReportsTheLossOfASessionLateDoesNotCostTheNextOne() throws Exception {
        AtomicInteger losses = new AtomicInteger();
        try (ScriptedServer server = new ScriptedServer(ask -> {
                    switch (ask.title()) {
                        case "POST server/discover" -> ask.status(400);
                        case "POST initialize" ->
                            ask.result("{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},"
                                    + "\"serverInfo\":{\"name\":\"s\",\"version\":\"1\"}}");
                        default -> ask.status(ask.title().startsWith("GET") ? 405 : 202);
                    }
                });
                LiveHub hub = TestHub.in(folder);
                HostSession session = hub.attachHost(
                        new SessionContext("test", Map.of(), List.of()), HostAtFace.target(server), new HubEar())) {
            Upstream upstream = new Upstream(
                    session, (lost, first) -> new RecordingListener(), (opened, by) -> {}, losses::incrementAndGet);
            HostConnection first = open(upstream);
            upstream.lost(first);
            HostConnection second = open(upstream);
            assertNotEquals(first, second);
            upstream.lost(first);
            assertEquals(second, open(upstream));
            assertEquals(1, losses.get());
            upstream.close();
        }
    }

    @SuppressWarnings("unchecked")
    private static HostConnection open(Upstream upstream) {
        Outcome<HostConnection> outcome = upstream.await(HOST, LIMIT);
        return ((Outcome.Success<HostConnection>) assertInstanceOf(Outcome.Success.class, outcome)).value();
    }
}
