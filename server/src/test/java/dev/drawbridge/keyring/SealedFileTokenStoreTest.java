package dev.drawbridge.keyring;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drawbridge.keyring.SwitchableKeyring.Mood;
import dev.drawbridge.oauth.Secret;
import dev.drawbridge.oauth.token.StoreUnavailable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sealed file: any size, nothing in clear, and never silently emptied. */
final class SealedFileTokenStoreTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochMilli(1234));

    @TempDir
    Path parent;

    private final SwitchableKeyring keyring = new SwitchableKeyring();
    private Path folder = Path.of("");
    private Path file = Path.of("");

    @BeforeEach
    void names() throws Exception {
        folder = parent.resolve("state/drawbridge");
        file = folder.resolve("tokens.sealed");
    }

    private SealedFileTokenStore withKeyring() {
        return new SealedFileTokenStore(
                file, new KeyringSealingKey(new OsKeyring(keyring, Duration.ofSeconds(5), CLOCK)), CLOCK);
    }

    private SealedFileTokenStore withKeyFile() {
        return new SealedFileTokenStore(file, new FileSealingKey(folder.resolve("tokens.key")), CLOCK);
    }

    private static String value(Optional<Secret> secret) {
        return secret.map(Secret::value).orElse("nothing");
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(path -> String.valueOf(path.getFileName())).sorted().toList();
        }
    }

    @Test
    void keepsLargeValuesAcrossRestartsWithAKeyThatFitsWindows() throws Exception {
        String large = "token ünï ".repeat(10_000);
        withKeyring().put("a", new Secret(large));
        withKeyring().put("b", new Secret("small"));
        withKeyring().delete("b");
        assertEquals(large, value(withKeyring().get("a")));
        assertEquals(Set.of("a"), withKeyring().names());
        assertTrue(keyring.entries.values().stream().allMatch(entry -> entry.length() <= 1280));
        assertEquals(List.of("tokens.sealed", "tokens.sealed.lock"), files());
    }

    @Test
    void nothingIsInClearAndNobodyElseCanRead() throws Exception {
        withKeyFile().put("the-name-of-it", new Secret("the-value-of-it"));
        String content = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertFalse(content.contains("the-name-of-it"));
        assertFalse(content.contains("the-value-of-it"));
        for (String name : files()) {
            assertEquals(
                    "rw-------",
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name))),
                    name);
        }
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)));
    }

    @Test
    void everyWritingHasItsOwnNonce() throws Exception {
        withKeyFile().put("a", new Secret("same"));
        SealedFile first = SealedFile.parse(Files.readAllBytes(file));
        withKeyFile().put("a", new Secret("same"));
        SealedFile second = SealedFile.parse(Files.readAllBytes(file));
        assertFalse(Arrays.equals(first.nonce(), second.nonce()));
        assertFalse(Arrays.equals(first.sealed(), second.sealed()));
    }

    @Test
    void whatAnotherProcessWroteIsSeen() throws Exception {
        SealedFileTokenStore one = withKeyFile();
        SealedFileTokenStore two = withKeyFile();
        one.put("a", new Secret("1"));
        two.put("b", new Secret("2"));
        one.put("c", new Secret("3"));
        assertEquals(Set.of("a", "b", "c"), two.names());
    }

    @Test
    void aLockedKeyringFailsInWordsAndTheFileStays() throws Exception {
        withKeyring().put("a", new Secret("one"));
        byte[] before = Files.readAllBytes(file);
        for (Mood mood : List.of(Mood.LOCKED, Mood.FORGETFUL)) {
            keyring.mood = mood;
            assertThrows(StoreUnavailable.class, () -> withKeyring().get("a"));
            assertThrows(StoreUnavailable.class, () -> withKeyring().put("b", new Secret("two")));
            assertArrayEquals(before, Files.readAllBytes(file));
        }
        keyring.mood = Mood.WORKING;
        assertEquals("one", value(withKeyring().get("a")));
    }

    @Test
    void aLostOrReplacedKeyIsSaidAndNothingIsOverwritten() throws Exception {
        withKeyring().put("a", new Secret("one"));
        byte[] before = Files.readAllBytes(file);
        keyring.entries.clear();
        for (int i = 0; i < 2; i++) {
            StoreUnavailable gone =
                    assertThrows(StoreUnavailable.class, () -> withKeyring().get("a"));
            assertEquals("store.keyMissing", gone.failure().code());
            assertEquals(
                    "store.keyMissing",
                    assertThrows(StoreUnavailable.class, () -> withKeyring().put("b", new Secret("two")))
                            .failure()
                            .code());
            assertArrayEquals(before, Files.readAllBytes(file));
            keyring.entries.put("sealing-key", "A".repeat(43) + "=");
        }
    }

    @Test
    void everyChangedOrMissingByteIsNoticedAndTheFileIsKeptAside() throws Exception {
        withKeyFile().put("a", new Secret("one"));
        byte[] good = Files.readAllBytes(file);
        List<byte[]> damaged = new ArrayList<>();
        for (int i = 0; i < good.length; i += 3) {
            byte[] changed = good.clone();
            changed[i] ^= 1;
            damaged.add(changed);
        }
        damaged.add(new byte[0]);
        damaged.add(Arrays.copyOf(good, good.length - 1));
        damaged.add(Arrays.copyOf(good, good.length + 1));
        for (byte[] bytes : damaged) {
            Files.write(file, bytes);
            StoreUnavailable failure =
                    assertThrows(StoreUnavailable.class, () -> withKeyFile().get("a"));
            if (failure.failure().code().equals("store.keyMissing")) {
                assertArrayEquals(bytes, Files.readAllBytes(file), "a changed fingerprint leaves the file in place");
            } else {
                assertEquals("store.damaged", failure.failure().code());
                assertTrue(failure.failure().message().contains("tokens.sealed.damaged-1234"), failure.getMessage());
                assertArrayEquals(bytes, Files.readAllBytes(folder.resolve("tokens.sealed.damaged-1234")));
            }
        }
    }

    @Test
    void aFileCannotStandInForAnother() throws Exception {
        withKeyFile().put("a", new Secret("one"));
        Path other = folder.resolve("other.sealed");
        Files.copy(file, other);
        SealedFileTokenStore moved =
                new SealedFileTokenStore(other, new FileSealingKey(folder.resolve("tokens.key")), CLOCK);
        assertEquals(
                "store.damaged",
                assertThrows(StoreUnavailable.class, () -> moved.get("a"))
                        .failure()
                        .code());
    }

    @Test
    void aKeyFileThatOthersCanReadIsRefused() throws Exception {
        withKeyFile().put("a", new Secret("one"));
        Path key = folder.resolve("tokens.key");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
        StoreUnavailable shared =
                assertThrows(StoreUnavailable.class, () -> withKeyFile().get("a"));
        assertEquals("store.keyFileShared", shared.failure().code());
        assertTrue(
                shared.failure().action().contains("chmod 600 " + key),
                shared.failure().action());
    }

    @Test
    void aCrashedWriteLeavesTheOldContent() throws Exception {
        withKeyFile().put("a", new Secret("one"));
        Files.writeString(folder.resolve("tokens.sealed.new"), "half of a fi");
        assertEquals("one", value(withKeyFile().get("a")));
        withKeyFile().put("b", new Secret("two"));
        assertEquals(Set.of("a", "b"), withKeyFile().names());
        assertEquals(List.of("tokens.key", "tokens.sealed", "tokens.sealed.lock"), files());
    }

    @Test
    void aFolderThatCannotBeWrittenFailsInWords() throws Exception {
        Files.createDirectories(folder);
        Files.createDirectory(folder.resolve("tokens.sealed.lock"));
        StoreUnavailable failure =
                assertThrows(StoreUnavailable.class, () -> withKeyFile().put("a", new Secret("one")));
        assertEquals("store.unwritable", failure.failure().code());
        assertEquals("nothing", value(withKeyFile().get("a")));
    }
}
