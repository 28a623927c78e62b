package dev.drawbridge.keyring;

import java.util.Arrays;
import java.util.Optional;

/** The kinds of token store a user can choose between, as {@code DRAWBRIDGE_TOKEN_STORE} names them. */
public enum TokenStoreKind {
    /** Each secret is an entry of the operating system's keyring. */
    KEYRING("keyring", "the keyring"),
    /** An encrypted file with its key in the keyring. */
    SEALED("sealed", "an encrypted file with its key in the keyring"),
    /** An encrypted file with its key in a file of the user's. */
    KEY_FILE("key-file", "an encrypted file with its key in a file beside it"),
    /** Nothing is stored; sign-ins end with the daemon. */
    MEMORY("memory", "memory only, until the daemon stops");

    private final String setting;
    private final String words;

    TokenStoreKind(String setting, String words) {
        this.setting = setting;
        this.words = words;
    }

    /** The value that chooses it. */
    public String setting() {
        return setting;
    }

    /** Where the secrets are, for people. */
    public String words() {
        return words;
    }

    static Optional<TokenStoreKind> named(String setting) {
        return Arrays.stream(values())
                .filter(kind -> kind.setting.equals(setting))
                .findFirst();
    }
}
