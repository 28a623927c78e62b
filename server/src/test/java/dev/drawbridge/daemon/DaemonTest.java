package dev.drawbridge.daemon;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drawbridge.hub.Outcome;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The daemon's core with a face that says back what it hears. */
final class DaemonTest {
    private static final Map<Role, SessionFace> ECHO = Map.of(Role.LSP, (_, in, out) -> in.transferTo(out));

    @TempDir
    private Path temp;

    private TestDaemon start(DaemonSettings settings) throws Exception {
        return TestDaemon.start(temp.resolve("run"), settings, ECHO, InstantSource.system());
    }

    @Test
    void aSessionCarriesBytesAfterTheHandshake() throws Exception {
        try (TestDaemon daemon = start(TestDaemon.SETTINGS);
                DaemonConnection connection = daemon.connect(TestDaemon.hello(Role.LSP))) {
            assertEquals("1.0.0", connection.welcome().version());
            assertEquals(ProcessHandle.current().pid(), connection.welcome().pid());
            byte[] bytes = "any bytes\n\0\1".getBytes(StandardCharsets.UTF_8);
            connection.out().write(bytes);
            assertArrayEquals(bytes, connection.in().readNBytes(bytes.length));
        }
    }

    @Test
    void statusTellsWhoIsAttached() throws Exception {
        try (TestDaemon daemon = start(TestDaemon.SETTINGS);
                DaemonConnection _ = daemon.connect(TestDaemon.hello(Role.LSP));
                DaemonConnection status = daemon.connect(TestDaemon.hello(Role.STATUS))) {
            String answer = status.welcome().result().text();
            assertTrue(answer.contains("\"client\":\"test\"") && answer.contains("\"id\":\"s1\""), answer);
        }
    }

    @Test
    void stopIsAnsweredAndEndsSessions() throws Exception {
        try (TestDaemon daemon = start(TestDaemon.SETTINGS);
                DaemonConnection session = daemon.connect(TestDaemon.hello(Role.LSP));
                DaemonConnection _ = daemon.connect(TestDaemon.hello(Role.STOP))) {
            assertEquals(-1, session.in().read());
            assertEquals(StopReason.STOP_REQUESTED, daemon.awaitEnd());
            assertFalse(Files.exists(temp.resolve("run").resolve("daemon-1.sock")));
        }
    }

    @Test
    void withoutSessionsItEndsAndWithOneItStays() throws Exception {
        try (TestDaemon daemon = start(TestDaemon.SETTINGS.withIdle(Duration.ofMillis(300)))) {
            DaemonConnection session = daemon.connect(TestDaemon.hello(Role.LSP));
            long began = System.nanoTime();
            Eventually.holds(() -> System.nanoTime() - began > 500_000_000L);
            session.out().write('x');
            assertEquals('x', session.in().read());
            session.close();
            assertEquals(StopReason.IDLE, daemon.awaitEnd());
        }
    }

    @Test
    void aSignInThatRunsKeepsItWithoutSessions() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (TestDaemon daemon = TestDaemon.start(
                temp.resolve("run"),
                TestDaemon.SETTINGS.withIdle(Duration.ofMillis(1)),
                Map.of(),
                () -> asked.incrementAndGet() < 3,
                InstantSource.system())) {
            assertEquals(StopReason.IDLE, daemon.awaitEnd());
            assertTrue(asked.get() >= 3, () -> "asked " + asked + " times");
        }
    }

    @Test
    void aNewerClientIsServedAndTheDaemonEndsAfterItsLastSession() throws Exception {
        try (TestDaemon daemon = start(TestDaemon.SETTINGS)) {
            Hello newer = new Hello(Role.LSP, "1.1.0", "other", 1, "/", "new", Map.of(), List.of());
            DaemonConnection old = daemon.connect(TestDaemon.hello(Role.LSP));
            DaemonConnection session = daemon.connect(newer);
            session.close();
            old.out().write('x');
            assertEquals('x', old.in().read());
            old.close();
            assertEquals(StopReason.SUPERSEDED, daemon.awaitEnd());
        }
    }

    @Test
    void tooManySessionsAreRefusedInWords() throws Exception {
        try (TestDaemon daemon = start(TestDaemon.SETTINGS.withMaxSessions(1));
                DaemonConnection _ = daemon.connect(TestDaemon.hello(Role.LSP))) {
            Outcome<DaemonConnection> second = daemon.connectOutcome(TestDaemon.hello(Role.LSP));
            assertEquals(
                    "daemon.full",
                    assertInstanceOf(Outcome.Failed.class, second).failure().code());
        }
    }

    @Test
    void badGreetingsAreRefusedAndSilentOnesClosed() throws Exception {
        try (TestDaemon daemon =
                        start(TestDaemon.SETTINGS.withDeadlines(Duration.ofMillis(200), Duration.ofSeconds(60)));
                DaemonConnection _ = daemon.connect(TestDaemon.hello(Role.LSP))) {
            assertTrue(greet("GET / HTTP/1.1\n").contains("daemon.badGreeting"));
            assertTrue(greet("{\"drawbridge\":2,\"role\":\"lsp\"}\n").contains("daemon.badGreeting"));
            assertTrue(greet("{\"drawbridge\":1,\"role\":\"x\"}\n").contains("unknown"));
            assertEquals("", greet("no line break"));
            assertEquals("", greet("x".repeat(Hello.MAX_LINE + 2)));
        }
    }

    /** What a client that sends these bytes is answered until the daemon closes. */
    private String greet(String bytes) throws Exception {
        try (SocketChannel channel = SocketChannel.open(
                UnixDomainSocketAddress.of(temp.resolve("run").resolve("daemon-1.sock")))) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes.getBytes(StandardCharsets.UTF_8));
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            StringBuilder answer = new StringBuilder();
            ByteBuffer received = ByteBuffer.allocate(4096);
            try {
                while (channel.read(received.clear()) >= 0) {
                    answer.append(StandardCharsets.UTF_8.decode(received.flip()));
                }
            } catch (java.io.IOException e) {
                // Bytes that nobody read make the end of the connection a reset.
                assertEquals("Connection reset by peer", e.getMessage());
            }
            return answer.toString();
        }
    }

    @Test
    void aClientThatReadsNothingIsClosed() throws Exception {
        SessionFace flood = (_, _, out) -> {
            while (true) {
                out.write(new byte[1 << 16]);
            }
        };
        DaemonSettings impatient = TestDaemon.SETTINGS.withDeadlines(Duration.ofSeconds(5), Duration.ofMillis(200));
        try (TestDaemon daemon = TestDaemon.start(
                        temp.resolve("run"), impatient, Map.of(Role.LSP, flood), InstantSource.system());
                DaemonConnection _ = daemon.connect(TestDaemon.hello(Role.LSP))) {
            Eventually.holds(() -> {
                try (DaemonConnection status = daemon.connect(TestDaemon.hello(Role.STATUS))) {
                    return status.welcome().result().text().contains("\"sessions\":[]");
                }
            });
        }
    }

    @Test
    void aSecondDaemonLeavesAndAStaleSocketIsNoObstacle() throws Exception {
        RuntimeFolder folder = TestDaemon.folder(temp.resolve("run"));
        try (ServerSocketChannel stale = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            stale.bind(UnixDomainSocketAddress.of(folder.socket()));
        }
        assertTrue(Files.exists(folder.socket()));
        try (TestDaemon daemon = start(TestDaemon.SETTINGS);
                DaemonConnection _ = daemon.connect(TestDaemon.hello(Role.LSP));
                TestDaemon second = start(TestDaemon.SETTINGS)) {
            assertEquals(StopReason.ALREADY_RUNNING, second.awaitEnd());
            daemon.connect(TestDaemon.hello(Role.LSP)).close();
        }
    }
}
