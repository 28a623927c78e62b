package dev.drawbridge.keyring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drawbridge.keyring.SwitchableKeyring.Mood;
import dev.drawbridge.oauth.Secret;
import dev.drawbridge.oauth.token.StoreUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Sign-ins in a keyring: kept, listed, and never taken for lost because the keyring cannot be used now. */
final class KeyringTokenStoreTest {
    private static final Duration DEADLINE = Duration.ofMillis(300);

    private final SwitchableKeyring keyring = new SwitchableKeyring();
    private final AtomicLong now = new AtomicLong();
    private final KeyringTokenStore store = start();

    private KeyringTokenStore start() {
        return new KeyringTokenStore(new OsKeyring(keyring, DEADLINE, () -> Instant.ofEpochSecond(now.get())));
    }

    private static String value(Optional<Secret> secret) {
        return secret.map(Secret::value).orElse("nothing");
    }

    @Test
    void isNotOpenedBeforeItIsUsed() throws Exception {
        assertEquals(0, keyring.opened.get());
        store.names();
        assertEquals(1, keyring.opened.get());
    }

    @Test
    void keepsListsAndRemovesAcrossRestarts() throws Exception {
        store.put("grant https://as.example ünï", new Secret("one"));
        store.put("second", new Secret("two"));
        store.put("second", new Secret("three"));

        KeyringTokenStore later = start();
        assertEquals(Set.of("grant https://as.example ünï", "second"), later.names());
        assertEquals("one", value(later.get("grant https://as.example ünï")));
        assertEquals("three", value(later.get("second")));

        later.delete("second");
        later.delete("second");
        assertEquals(Set.of("grant https://as.example ünï"), start().names());
        assertEquals("nothing", value(start().get("second")));
        assertFalse(keyring.entries.keySet().stream().anyMatch(account -> account.startsWith("probe")));
    }

    @Test
    void readsEachValueOnce() throws Exception {
        store.put("a", new Secret("one"));
        KeyringTokenStore later = start();
        later.get("a");
        int before = keyring.reads.get();
        assertEquals("one", value(later.get("a")));
        assertEquals(before, keyring.reads.get());
    }

    @Test
    void aLockedKeyringFailsInWordsAndLosesNothing() throws Exception {
        store.put("a", new Secret("one"));
        keyring.mood = Mood.LOCKED;
        KeyringTokenStore later = start();
        StoreUnavailable locked = assertThrows(StoreUnavailable.class, () -> later.get("a"));
        assertEquals("store.keyringLocked", locked.failure().code());
        assertTrue(
                locked.failure().action().contains(TokenStores.SETTING),
                locked.failure().action());
        assertThrows(StoreUnavailable.class, later::names);

        keyring.mood = Mood.WORKING;
        now.addAndGet(5);
        assertEquals("one", value(later.get("a")));
        assertEquals(Set.of("a"), later.names());
    }

    @Test
    void aKeyringThatDeniesItsEntriesIsNotAnEmptyOne() throws Exception {
        store.put("a", new Secret("one"));
        KeyringTokenStore later = start();
        later.names();
        keyring.mood = Mood.FORGETFUL;
        assertEquals(
                "store.keyringFailing",
                assertThrows(StoreUnavailable.class, () -> later.get("a"))
                        .failure()
                        .code());
        assertEquals(
                "store.keyringFailing",
                assertThrows(StoreUnavailable.class, later::names).failure().code());
        assertEquals("one", value(store.get("a")), "what was read before is still at hand");
    }

    @Test
    void aPromptDoesNotHoldAnybodyLongerThanTheDeadlineAndWorksOnceAnswered() throws Exception {
        store.put("a", new Secret("one"));
        keyring.ask();
        KeyringTokenStore later = start();
        long begin = System.nanoTime();
        assertEquals(
                "store.keyringWaiting",
                assertThrows(StoreUnavailable.class, () -> later.get("a"))
                        .failure()
                        .code());
        for (int i = 0; i < 20; i++) {
            assertThrows(StoreUnavailable.class, () -> later.get("a"));
        }
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        assertTrue(took.compareTo(DEADLINE.multipliedBy(5)) < 0, () -> "21 calls waited " + took);

        keyring.answerPrompt();
        assertEquals("one", eventually(later, "a"));
    }

    @Test
    void aStuckThreadIsGivenUpAndItsWriteNeverComesLate() throws Exception {
        store.put("a", new Secret("one"));
        keyring.ask();
        assertThrows(StoreUnavailable.class, () -> store.put("a", new Secret("old")));
        assertThrows(StoreUnavailable.class, () -> store.put("a", new Secret("old")));

        CountDownLatch stuck = keyring.leaveAsking();
        now.addAndGet(60);
        store.put("a", new Secret("new"));
        stuck.countDown();
        assertEquals("new", value(start().get("a")));
        assertEquals("new", eventually(start(), "a"));
        assertEquals("new", keyring.entries.get("entry:a"));
    }

    private static String eventually(KeyringTokenStore store, String name) {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (true) {
            try {
                return value(store.get(name));
            } catch (StoreUnavailable stillBusy) {
                assertTrue(System.nanoTime() < end, stillBusy::toString);
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void aCutValueIsNoticed() throws Exception {
        keyring.mood = Mood.CUTTING;
        StoreUnavailable tooLarge =
                assertThrows(StoreUnavailable.class, () -> store.put("a", new Secret("x".repeat(5000))));
        assertEquals("store.valueTooLarge", tooLarge.failure().code());
        assertTrue(
                tooLarge.failure().action().contains("sealed"),
                tooLarge.failure().action());
        assertFalse(tooLarge.failure().message().contains("xxx"));
    }

    @Test
    void aFailureIsNotAskedForAgainAtOnce() throws Exception {
        keyring.mood = Mood.LOCKED;
        for (int i = 0; i < 50; i++) {
            assertThrows(StoreUnavailable.class, store::names);
        }
        assertEquals(1, keyring.opened.get());
    }
}
