package dev.drawbridge.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drawbridge.hub.LiveHub;
import dev.drawbridge.mcp.ScriptedServer;
import dev.drawbridge.oauth.Secret;
import dev.drawbridge.oauth.token.MemoryTokenStore;
import dev.drawbridge.oauth.token.TokenStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A host's {@code initialize} and {@code tools/list} are answered while what they might wait for never comes. */
final class NeverBlockedTest {
    private static final String NOTHING = "{\"tools\":[]}";

    /** Until the test is over; before the hub ends, so that a test that fails does so at once. */
    private final CountDownLatch never = new CountDownLatch(1);

    private final CountDownLatch asked = new CountDownLatch(1);

    @TempDir
    Path folder;

    @Test
    void byAKeyringThatWaitsForItsOwner() throws Exception {
        try (ScriptedServer server = new ScriptedServer(NeverBlockedTest::guarded);
                LiveHub hub = TestHub.in(folder, new LockedStore());
                AutoCloseable _ = never::countDown) {
            configure("{\"url\":\"" + server.url() + "\"}");
            hostIsAnswered(hub, NOTHING);
            asked.await();
            assertEquals(0, server.asks().size(), server::transcript);
        }
    }

    @Test
    void byAKeyringThatHoldsAValueOfTheEntry() throws Exception {
        try (LiveHub hub = TestHub.in(folder, new LockedStore());
                AutoCloseable _ = never::countDown) {
            configure("{\"url\":\"http://127.0.0.1:9/mcp\",\"headers\":{\"X-Key\":\"${keyring:key}\"}}");
            hostIsAnswered(hub, NOTHING);
            asked.await();
        }
    }

    @Test
    void byAServerThatTakesRequestsAndNeverAnswers() throws Exception {
        try (ScriptedServer server = new ScriptedServer(ask -> never.await());
                LiveHub hub = TestHub.in(folder);
                AutoCloseable _ = never::countDown) {
            configure("{\"url\":\"" + server.url() + "\"}");
            hostIsAnswered(hub, NOTHING);
            server.await("POST", 1);
        }
    }

    @Test
    void byAServerThatNeverSaysWhatItsToolsAre() throws Exception {
        try (ScriptedServer server = new ScriptedServer(ask -> {
                    switch (ask.title()) {
                        case "POST initialize" ->
                            ask.result("{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{\"tools\":{}},"
                                    + "\"serverInfo\":{\"name\":\"s\",\"version\":\"1\"}}");
                        case "POST tools/list" -> never.await();
                        case "POST notifications/initialized" -> ask.status(202);
                        default -> ask.status(405);
                    }
                });
                LiveHub hub = TestHub.in(folder);
                AutoCloseable _ = never::countDown) {
            configure("{\"url\":\"" + server.url() + "\"}");
            hostIsAnswered(hub, NOTHING);
            server.await("POST tools/list", 1);
        }
    }

    @Test
    void byAnAuthorizationServerThatNeverAnswers() throws Exception {
        try (ScriptedServer server = new ScriptedServer(ask -> {
                    if (ask.path().equals("/mcp")) {
                        guarded(ask);
                    } else {
                        never.await();
                    }
                });
                LiveHub hub = TestHub.in(folder);
                AutoCloseable _ = never::countDown) {
            configure("{\"url\":\"" + server.url() + "\"}");
            try (HostAtFace host = HostAtFace.of(hub, "one")) {
                host.initialize("2025-11-25", "{}");
                String tools = host.result("tools/list", "{}").toString();
                assertTrue(tools.contains("\"authenticate\""), host::toString);
            }
        }
    }

    private static void hostIsAnswered(LiveHub hub, String tools) throws Exception {
        try (HostAtFace host = HostAtFace.of(hub, "one")) {
            host.initialize("2025-11-25", "{}");
            assertEquals(tools, host.result("tools/list", "{}").toString());
        }
    }

    private void configure(String entry) throws IOException {
        Files.writeString(folder.resolve("mcp.json"), "{\"servers\":{\"one\":" + entry + "}}");
    }

    private static void guarded(ScriptedServer.Ask ask) throws IOException {
        ask.responseHeader("WWW-Authenticate", "Bearer").status(401);
    }

    /** Answers nobody until the test is over, as a keyring whose prompt nobody sees. */
    private final class LockedStore implements TokenStore {
        private final MemoryTokenStore store = new MemoryTokenStore();

        private void unlock() {
            asked.countDown();
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public Optional<Secret> get(String name) {
            unlock();
            return store.get(name);
        }

        @Override
        public void put(String name, Secret value) {
            unlock();
            store.put(name, value);
        }

        @Override
        public void delete(String name) {
            unlock();
            store.delete(name);
        }

        @Override
        public Set<String> names() {
            unlock();
            return store.names();
        }
    }
}
