package dev.drawbridge.keyring;

import dev.drawbridge.oauth.token.StoreUnavailable;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** The sealing key as one small entry of the operating system's keyring, read once and kept. */
final class KeyringSealingKey implements SealingKey {
    private static final String ACCOUNT = "sealing-key";

    private final OsKeyring keyring;
    private @Nullable SecretKey known;

    KeyringSealingKey(OsKeyring keyring) {
        this.keyring = keyring;
    }

    @Override
    public synchronized Optional<SecretKey> find() throws StoreUnavailable {
        if (known == null) {
            keyring.read(ACCOUNT)
                    .ifPresent(text -> known = key(Base64.getDecoder().decode(text)));
        }
        return Optional.ofNullable(known);
    }

    @Override
    public synchronized SecretKey create() throws StoreUnavailable {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        keyring.write(ACCOUNT, Base64.getEncoder().encodeToString(bytes));
        SecretKey key = key(bytes);
        known = key;
        return key;
    }

    @Override
    public String place() {
        return "the keyring";
    }

    @Override
    public void close() {
        keyring.close();
    }

    private static SecretKey key(byte[] bytes) {
        SecretKey key = new SecretKeySpec(bytes, "AES");
        Arrays.fill(bytes, (byte) 0);
        return key;
    }
}
