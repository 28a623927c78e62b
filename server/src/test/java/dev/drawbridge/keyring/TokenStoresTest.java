package dev.drawbridge.keyring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drawbridge.oauth.Secret;
import dev.drawbridge.oauth.token.StoreUnavailable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The choice of a token store: the user's word, then what was used before, then the system's own. */
final class TokenStoresTest {
    @TempDir
    Path folder;

    private ChosenTokenStore choose(Map<String, String> environment, boolean windows) throws StoreUnavailable {
        return TokenStores.choose(environment, windows, folder.resolve("drawbridge"), InstantSource.system());
    }

    private static Map<String, String> setting(String value) {
        return Map.of(TokenStores.SETTING, value);
    }

    @Test
    void everyNameChoosesItsKindAndNoneTheSystemsOwn() throws Exception {
        for (TokenStoreKind kind : TokenStoreKind.values()) {
            assertEquals(kind, choose(setting(kind.setting()), false).kind());
        }
        assertEquals(TokenStoreKind.KEYRING, choose(Map.of(), false).kind());
        assertEquals(TokenStoreKind.SEALED, choose(setting(" "), true).kind());
        assertFalse(Files.exists(folder.resolve("drawbridge")), "choosing writes nothing");
    }

    @Test
    void anUnknownNameIsRefusedInWords() throws Exception {
        StoreUnavailable refused = assertThrows(StoreUnavailable.class, () -> choose(setting("plain"), false));
        assertEquals("store.unknown", refused.failure().code());
        assertTrue(
                refused.failure().action().contains("keyring, sealed, key-file, memory"),
                refused.failure().action());
    }

    @Test
    void whatWasUsedBeforeIsUsedAgainWithoutTheSetting() throws Exception {
        choose(setting("key-file"), false).put("a", new Secret("one"));
        ChosenTokenStore later = choose(Map.of(), false);
        assertEquals(TokenStoreKind.KEY_FILE, later.kind());
        assertEquals("one", later.get("a").map(Secret::value).orElseThrow());
    }

    @Test
    void memoryLeavesNothingBehind() throws Exception {
        ChosenTokenStore store = choose(setting("memory"), false);
        store.put("a", new Secret("one"));
        assertEquals(Set.of("a"), store.names());
        store.delete("a");
        assertEquals(Set.of(), store.names());
        assertFalse(Files.exists(folder.resolve("drawbridge")));
        assertEquals(TokenStoreKind.KEYRING, choose(Map.of(), false).kind());
    }
}
