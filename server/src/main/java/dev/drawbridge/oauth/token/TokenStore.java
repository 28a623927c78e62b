package dev.drawbridge.oauth.token;

import dev.drawbridge.oauth.Secret;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps secrets by name across restarts. Names are ours: {@code credential/}, {@code client/} or {@code issuer/} and a
 * SHA-256 in hex, so they reveal nothing. Values are JSON texts of up to some 100 KB. Thread-safe; a call may take as long as unlocking a
 * keyring does, but ends.
 *
 * <p>Reading what was never put gives empty; anything that keeps an implementation from telling (a locked keyring, a
 * full disk) is {@link StoreUnavailable}, so that it never looks like a lost sign-in.
 */
public interface TokenStore {
    Optional<Secret> get(String name) throws StoreUnavailable;

    /** When this returns, the value survives a crash of the process. */
    void put(String name, Secret value) throws StoreUnavailable;

    /** Removing what is not there is no failure. */
    void delete(String name) throws StoreUnavailable;

    Set<String> names() throws StoreUnavailable;
}
