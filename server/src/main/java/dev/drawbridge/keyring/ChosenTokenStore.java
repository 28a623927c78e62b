package dev.drawbridge.keyring;

import dev.drawbridge.oauth.Secret;
import dev.drawbridge.oauth.token.StoreUnavailable;
import dev.drawbridge.oauth.token.TokenStore;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The token store in use, with its kind; it notes the kind before it stores the first secret, so that the next start
 * looks in the same place.
 */
public final class ChosenTokenStore implements TokenStore, AutoCloseable {
    private final TokenStoreKind kind;
    private final TokenStore store;
    private final Recording record;
    private final Runnable close;
    private final AtomicBoolean recorded = new AtomicBoolean();

    ChosenTokenStore(TokenStoreKind kind, TokenStore store, Recording record, Runnable close) {
        this.kind = kind;
        this.store = store;
        this.record = record;
        this.close = close;
    }

    /** Notes which store is in use. */
    @FunctionalInterface
    interface Recording {
        void run() throws StoreUnavailable;
    }

    /** Where the secrets are. */
    public TokenStoreKind kind() {
        return kind;
    }

    @Override
    public Optional<Secret> get(String name) throws StoreUnavailable {
        return store.get(name);
    }

    @Override
    public void put(String name, Secret value) throws StoreUnavailable {
        if (!recorded.get()) {
            record.run();
            recorded.set(true);
        }
        store.put(name, value);
    }

    @Override
    public void delete(String name) throws StoreUnavailable {
        store.delete(name);
    }

    @Override
    public Set<String> names() throws StoreUnavailable {
        return store.names();
    }

    @Override
    public void close() {
        close.run();
    }
}
