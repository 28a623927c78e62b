package dev.drawbridge.keyring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drawbridge.testkit.ChildProcess;
import dev.drawbridge.testkit.Conversation;
import dev.drawbridge.testkit.JavaProcess;
import dev.drawbridge.testkit.SecretServiceSession;
import dev.drawbridge.testkit.TestHome;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The token stores with a real gnome-keyring, in a D-Bus session of the test's own. */
@ExtendWith(Conversation.class)
final class KeyringIT {
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final TestHome home = new TestHome();

    @AfterEach
    void leave() {
        home.close();
    }

    private ChildProcess store(String kind) {
        return JavaProcess.start(
                "token store",
                home.root(),
                home.environment(),
                TokenStoreProcess.class.getName(),
                List.of(kind, home.state().resolve("drawbridge").toString()));
    }

    private static String ask(ChildProcess store, String command) {
        int before = store.lineCount();
        store.send(command);
        String answer = store.awaitFrom(before, "an answer", DEADLINE, line -> line.contains(" ms "));
        return answer.substring(answer.indexOf(" ms ") + 4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"keyring", "sealed"})
    void keepsSmallAndLargeValuesAcrossRestarts(String kind) throws Exception {
        try (SecretServiceSession session = new SecretServiceSession(home)) {
            try (ChildProcess first = store(kind)) {
                assertEquals("names []", ask(first, "names"));
                assertEquals("value nothing", ask(first, "get a"));
                assertEquals("done", ask(first, "put a access-token-one"));
                assertEquals("done", ask(first, "putLarge b 100000"));
                assertEquals("done", ask(first, "put c refresh-token-two"));
                assertEquals("done", ask(first, "delete c"));
            }
            session.restart();
            try (ChildProcess later = store(kind)) {
                assertEquals("names [a, b]", ask(later, "names").replace("[b, a]", "[a, b]"));
                assertEquals("value access-token-one", ask(later, "get a"));
                assertEquals("length 100000", ask(later, "length b"));
                assertEquals("value nothing", ask(later, "get c"));
            }
            assertEquals(List.of(), home.filesWith(List.of("access-token-one", "refresh-token-two", "x".repeat(100))));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"keyring", "sealed"})
    void aLockedKeyringFailsInWordsAndLosesNothing(String kind) {
        try (SecretServiceSession session = new SecretServiceSession(home)) {
            try (ChildProcess before = store(kind)) {
                assertEquals("done", ask(before, "put a one"));
                session.lock();
                assertEquals("value one", ask(before, "get a"), "what was read before is still at hand");
            }
            try (ChildProcess locked = store(kind)) {
                long begin = System.nanoTime();
                assertTrue(ask(locked, "get a").startsWith("unavailable"), locked::log);
                assertTrue(ask(locked, "put b two").startsWith("unavailable"), locked::log);
                Duration took = Duration.ofNanos(System.nanoTime() - begin);
                assertTrue(took.compareTo(Duration.ofSeconds(12)) < 0, () -> "two calls took " + took);
                session.restart();
                assertEquals("value one", askUntilAvailable(locked, "get a"));
                assertEquals("done", ask(locked, "put b two"));
            }
        }
    }

    @Test
    void aKeyringThatGoesAwayIsNotAnEmptyOneAndIsFoundAgain() {
        try (SecretServiceSession session = new SecretServiceSession(home);
                ChildProcess store = store("keyring")) {
            assertEquals("done", ask(store, "put a one"));
            try (ChildProcess other = store("keyring")) {
                assertEquals("names [a]", ask(other, "names"));
                session.stop();
                assertTrue(ask(other, "get a").startsWith("unavailable"), other::log);
                session.restart();
                assertEquals("value one", askUntilAvailable(other, "get a"));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"keyring", "sealed"})
    void withoutADBusSessionTheUserIsToldWhatToChoose(String kind) {
        try (ChildProcess store = store(kind)) {
            String answer = ask(store, "put a one");
            assertTrue(answer.startsWith("unavailable OAuthFailure[code=store.keyringMissing"), answer);
            assertTrue(answer.contains("DRAWBRIDGE_TOKEN_STORE to key-file"), answer);
        }
        try (ChildProcess chosen = store("key-file")) {
            assertEquals("done", ask(chosen, "put a one"));
        }
    }

    private static String askUntilAvailable(ChildProcess store, String command) {
        long end = System.nanoTime() + DEADLINE.toNanos();
        String answer = ask(store, command);
        while (answer.startsWith("unavailable") && System.nanoTime() < end) {
            LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
            answer = ask(store, command);
        }
        return answer;
    }
}
