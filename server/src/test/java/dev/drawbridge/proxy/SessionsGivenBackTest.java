package dev.drawbridge.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.drawbridge.hub.LiveHub;
import dev.drawbridge.mcp.ScriptedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A server keeps no session for ever, whatever the hub and its hosts were just doing when they ended. */
final class SessionsGivenBackTest {
    /** As many requests as two hosts that each make a call lead to. */
    private static final int REQUESTS = 13;

    private final Set<String> sessions = ConcurrentHashMap.newKeySet();
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger brokenStreams = new AtomicInteger();

    @TempDir
    Path folder;

    static IntStream moments() {
        return IntStream.rangeClosed(1, REQUESTS);
    }

    @ParameterizedTest
    @MethodSource("moments")
    void whenTheHubEndsAtAnyMoment(int requests) throws Exception {
        try (ScriptedServer server = new ScriptedServer(ask -> answer(ask, 0))) {
            HostAtFace first;
            HostAtFace second;
            try (LiveHub hub = hub(server)) {
                first = calling(hub);
                second = calling(hub);
                server.await("", requests);
            }
            assertEquals(Set.of(), sessions, () -> server.transcript() + first + second);
            first.close();
            second.close();
        }
    }

    @ParameterizedTest
    @MethodSource("moments")
    void whenHostsLeaveAtAnyMomentAndTheHubAfterThem(int requests) throws Exception {
        try (ScriptedServer server = new ScriptedServer(ask -> answer(ask, 0))) {
            try (LiveHub hub = hub(server)) {
                HostAtFace first = calling(hub);
                HostAtFace second = calling(hub);
                server.await("", requests);
                first.close();
                second.close();
            }
            assertEquals(Set.of(), sessions, server::transcript);
        }
    }

    /** The server drops the stream and refuses another: for the host the session is over, for the server it is not. */
    @Test
    void whenAHostsSessionIsOutOfReachForAWhile() throws Exception {
        try (ScriptedServer server = new ScriptedServer(ask -> answer(ask, 2));
                LiveHub hub = hub(server);
                HostAtFace host = calling(hub)) {
            server.await("POST tools/call", 1);
            assertEquals("s2", server.await("DELETE", 1).header("Mcp-Session-Id"), host::toString);
            host.result("tools/call", "{\"name\":\"echo\",\"arguments\":{}}");
            assertEquals("s3", server.await("POST tools/call", 2).header("Mcp-Session-Id"), server::transcript);
        }
    }

    private LiveHub hub(ScriptedServer server) throws IOException {
        Files.writeString(folder.resolve("mcp.json"), "{\"servers\":{\"one\":{\"url\":\"" + server.url() + "\"}}}");
        return TestHub.in(folder);
    }

    private static HostAtFace calling(LiveHub hub) throws Exception {
        HostAtFace host = HostAtFace.of(hub, "one");
        host.initialize("2025-11-25", "{}");
        host.ask("tools/call", "{\"name\":\"echo\",\"arguments\":{}}");
        return host;
    }

    /** @param broken which session's stream breaks, 0 for none */
    private void answer(ScriptedServer.Ask ask, int broken) throws IOException, InterruptedException {
        String session = ask.header("Mcp-Session-Id");
        switch (ask.title()) {
            case "POST initialize" -> {
                String fresh = "s" + opened.incrementAndGet();
                sessions.add(fresh);
                // Long enough for the hub to end between the session's beginning and the answer that tells of it.
                ask.pause(Duration.ofMillis(50));
                ask.responseHeader("Mcp-Session-Id", fresh)
                        .result(
                                "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{\"tools\":{\"listChanged\":true}},"
                                    + "\"serverInfo\":{\"name\":\"s\",\"version\":\"1\"}}");
            }
            case "POST server/discover" -> ask.status(400);
            case "GET" -> stream(ask, session.equals("s" + broken));
            case "DELETE" -> {
                ask.pause(Duration.ofMillis(50));
                sessions.remove(session);
                ask.status(200);
            }
            case "POST tools/list" -> ask.result("{\"tools\":[{\"name\":\"echo\"}]}");
            case "POST tools/call" -> ask.result("{\"content\":[]}");
            default -> ask.status(202);
        }
    }

    private void stream(ScriptedServer.Ask ask, boolean broken) throws IOException, InterruptedException {
        if (!broken) {
            ask.event(": open").hold();
        } else if (brokenStreams.getAndIncrement() == 0) {
            ask.event("retry: 10\ndata:");
        } else {
            ask.status(503);
        }
    }
}
