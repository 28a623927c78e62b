package dev.drawbridge.keyring;

import dev.drawbridge.oauth.token.MemoryTokenStore;
import dev.drawbridge.oauth.token.StoreUnavailable;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which token store is used: the one that {@code DRAWBRIDGE_TOKEN_STORE} names, else the one that was used here before,
 * else the keyring, on Windows with an encrypted file since its keyring takes only short values. There is no falling
 * back from one to another: a keyring that is away today holds the user's sign-ins, and a plain file is never an answer.
 */
public final class TokenStores {
    /** The environment variable a user chooses with. */
    public static final String SETTING = "DRAWBRIDGE_TOKEN_STORE";

    private static final Logger LOG = System.getLogger(TokenStores.class.getName());
    private static final String SERVICE = "dev.drawbridge";
    private static final String RECORD = "token-store";
    private static final String SEALED_FILE = "tokens.sealed";
    private static final String KEY_FILE = "tokens.key";
    private static final String KEY_FILE_SEALED = "tokens.key-file.sealed";

    /** Longer than any keyring on a busy machine takes, shorter than anybody waits for a window that does not open. */
    private static final Duration DEADLINE = Duration.ofSeconds(5);

    private TokenStores() {}

    /**
     * Chooses the store without touching it; the keyring is first asked when a secret is.
     *
     * @param folder the user's own folder for what Drawbridge keeps, made when something is stored
     * @throws StoreUnavailable if the setting names no store, or the folder cannot be read
     */
    public static ChosenTokenStore choose(
            Map<String, String> environment, boolean windows, Path folder, InstantSource clock)
            throws StoreUnavailable {
        Optional<TokenStoreKind> wanted = setting(environment);
        Optional<TokenStoreKind> before = recorded(folder);
        TokenStoreKind kind = wanted.or(() -> before).orElse(windows ? TokenStoreKind.SEALED : TokenStoreKind.KEYRING);
        before.filter(other -> other != kind)
                .ifPresent(other -> LOG.log(
                        Level.WARNING,
                        "Sign-ins that were stored in {0} are not used while {1} is {2}; they are kept.",
                        other.words(),
                        SETTING,
                        kind.setting()));
        Path sealed = folder.resolve(SEALED_FILE);
        return switch (kind) {
            case KEYRING -> {
                KeyringTokenStore store = new KeyringTokenStore(keyring(clock));
                yield new ChosenTokenStore(kind, store, () -> record(folder, kind), store::close);
            }
            case SEALED -> {
                SealedFileTokenStore store =
                        new SealedFileTokenStore(sealed, new KeyringSealingKey(keyring(clock)), clock);
                yield new ChosenTokenStore(kind, store, () -> record(folder, kind), store::close);
            }
            case KEY_FILE -> {
                SealedFileTokenStore store = new SealedFileTokenStore(
                        folder.resolve(KEY_FILE_SEALED), new FileSealingKey(folder.resolve(KEY_FILE)), clock);
                yield new ChosenTokenStore(kind, store, () -> record(folder, kind), store::close);
            }
            case MEMORY -> new ChosenTokenStore(kind, new MemoryTokenStore(), () -> {}, () -> {});
        };
    }

    private static OsKeyring keyring(InstantSource clock) {
        return OsKeyring.ofThisMachine(SERVICE, DEADLINE, clock);
    }

    private static Optional<TokenStoreKind> setting(Map<String, String> environment) throws StoreUnavailable {
        String value = environment.getOrDefault(SETTING, "").strip();
        if (value.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(TokenStoreKind.named(value).orElseThrow(() -> StoreFailures.unknownStore(value, choices())));
    }

    private static String choices() {
        return Arrays.stream(TokenStoreKind.values())
                .map(TokenStoreKind::setting)
                .collect(Collectors.joining(", "));
    }

    private static Optional<TokenStoreKind> recorded(Path folder) throws StoreUnavailable {
        Path record = folder.resolve(RECORD);
        try {
            return TokenStoreKind.named(Files.readString(record).strip());
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException e) {
            throw StoreFailures.unreadable(record, e);
        }
    }

    private static void record(Path folder, TokenStoreKind kind) throws StoreUnavailable {
        if (recorded(folder).equals(Optional.of(kind))) {
            return;
        }
        Path record = folder.resolve(RECORD);
        try (FileChannel lock = PrivateFiles.lock(record)) {
            LOG.log(Level.TRACE, "Recording under {0}", lock);
            PrivateFiles.replace(record, (kind.setting() + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw StoreFailures.unwritable(record, e);
        }
    }
}
