package dev.drawbridge.keyring;

import dev.drawbridge.oauth.token.StoreUnavailable;
import java.util.Optional;
import javax.crypto.SecretKey;

/** Where the one key of a {@link SealedFileTokenStore} is kept. */
interface SealingKey extends AutoCloseable {
    int BYTES = 32;

    /**
     * The key; empty only if it is certain that there is none.
     *
     * @throws StoreUnavailable if that cannot be told now
     */
    Optional<SecretKey> find() throws StoreUnavailable;

    /** Makes a key and stores it; called only while no sealed file exists, so that no key is ever replaced. */
    SecretKey create() throws StoreUnavailable;

    /** The place, in words for the user. */
    String place();

    @Override
    default void close() {}
}
