package dev.drawbridge.oauth.token;

import dev.drawbridge.oauth.Scheduler;
import dev.drawbridge.oauth.Secret;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The credentials of the token store, with what was read kept in memory, since a token is needed for every request and a
 * keyring takes tens of milliseconds. Thread-safe; changes to one name are made by one thread at a time, which the caller
 * sees to.
 */
public final class Credentials {
    private static final Logger LOG = System.getLogger(Credentials.class.getName());
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final TokenStore store;
    private final Scheduler scheduler;
    private final Map<StoreName, Optional<Credential>> known = new ConcurrentHashMap<>();
    private final Set<StoreName> unsaved = ConcurrentHashMap.newKeySet();

    public Credentials(TokenStore store, Scheduler scheduler) {
        this.store = store;
        this.scheduler = scheduler;
    }

    /** Whether {@link #load} answers from memory. */
    public boolean isKnown(StoreName name) {
        return known.containsKey(name);
    }

    /** From memory, else from the store. */
    public Optional<Credential> load(StoreName name) throws StoreUnavailable {
        Optional<Credential> remembered = known.get(name);
        if (remembered != null) {
            return remembered;
        }
        Optional<Credential> read = read(name);
        Optional<Credential> earlier = known.putIfAbsent(name, read);
        return earlier != null ? earlier : read;
    }

    /** From the store, where another process may have put a newer one; from memory while that could not be saved. */
    public Optional<Credential> reload(StoreName name) throws StoreUnavailable {
        if (unsaved.contains(name)) {
            return load(name);
        }
        Optional<Credential> read = read(name);
        known.put(name, read);
        return read;
    }

    /** Stores, and only then counts as known. */
    public void save(StoreName name, Credential credential) throws StoreUnavailable {
        store.put(name.value(), credential.toJson());
        known.put(name, Optional.of(credential));
        unsaved.remove(name);
    }

    /**
     * Counts from now on, and is stored now or as soon as the store works again: after a refresh the old refresh token is
     * void already, so that giving up the new one would lose the sign-in.
     */
    public void keep(StoreName name, Credential credential) {
        known.put(name, Optional.of(credential));
        try {
            save(name, credential);
        } catch (StoreUnavailable e) {
            LOG.log(Level.WARNING, "A refreshed credential is not stored yet: {0}", e.getMessage());
            unsaved.add(name);
            retry(name, Duration.ofSeconds(2));
        }
    }

    /** Removes from the store, then from memory. */
    public void delete(StoreName name) throws StoreUnavailable {
        store.delete(name.value());
        unsaved.remove(name);
        known.put(name, Optional.empty());
    }

    private Optional<Credential> read(StoreName name) throws StoreUnavailable {
        Optional<Secret> text = store.get(name.value());
        return text.flatMap(Credential::parse);
    }

    private void retry(StoreName name, Duration pause) {
        scheduler.after(pause, () -> {
            Optional<Credential> credential = known.getOrDefault(name, Optional.empty());
            if (!unsaved.contains(name) || credential.isEmpty()) {
                return;
            }
            try {
                store.put(name.value(), credential.get().toJson());
                unsaved.remove(name);
            } catch (StoreUnavailable e) {
                Duration next = pause.multipliedBy(2);
                retry(name, next.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : next);
            }
        });
    }
}
