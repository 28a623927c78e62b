package dev.drawbridge.oauth.token;

import dev.drawbridge.oauth.Secret;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Forgets everything when the process ends; for people who chose that, and for tests. */
public final class MemoryTokenStore implements TokenStore {
    private final Map<String, Secret> values = new ConcurrentHashMap<>();

    @Override
    public Optional<Secret> get(String name) {
        return Optional.ofNullable(values.get(name));
    }

    @Override
    public void put(String name, Secret value) {
        values.put(name, value);
    }

    @Override
    public void delete(String name) {
        values.remove(name);
    }

    @Override
    public Set<String> names() {
        return Set.copyOf(values.keySet());
    }
}
