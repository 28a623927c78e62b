package dev.drawbridge.keyring;

import dev.drawbridge.oauth.Secret;
import dev.drawbridge.oauth.token.StoreUnavailable;
import dev.drawbridge.oauth.token.TokenStore;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Secrets as entries of the operating system's keyring, one for each name, and one entry more that lists the names,
 * since no keyring library can list them. What was read or written once is kept in memory.
 *
 * <p>A crash between two steps leaves at most a listed name without an entry, never an entry that nobody can find: the
 * name is listed before its entry is written and struck off after its entry is removed.
 */
final class KeyringTokenStore implements TokenStore, AutoCloseable {
    private static final String INDEX = "index";
    private static final String INDEX_VERSION = "1";
    private static final String ENTRY = "entry:";

    private final OsKeyring keyring;

    /** Read without waiting; what changes the keyring holds this object, since the keyring takes one call at a time. */
    private final Map<String, Secret> known = new ConcurrentHashMap<>();

    KeyringTokenStore(OsKeyring keyring) {
        this.keyring = keyring;
    }

    @Override
    public Optional<Secret> get(String name) throws StoreUnavailable {
        Secret cached = known.get(name);
        return cached == null ? read(name) : Optional.of(cached);
    }

    private synchronized Optional<Secret> read(String name) throws StoreUnavailable {
        Optional<Secret> stored = keyring.read(ENTRY + name).map(Secret::new);
        stored.ifPresent(secret -> known.put(name, secret));
        return stored;
    }

    @Override
    public synchronized void put(String name, Secret value) throws StoreUnavailable {
        Set<String> names = names();
        if (names.add(name)) {
            writeIndex(names);
        }
        keyring.write(ENTRY + name, value.value());
        known.put(name, value);
    }

    @Override
    public synchronized void delete(String name) throws StoreUnavailable {
        keyring.delete(ENTRY + name);
        known.remove(name);
        Set<String> names = names();
        if (names.remove(name)) {
            writeIndex(names);
        }
    }

    @Override
    public synchronized Set<String> names() throws StoreUnavailable {
        return keyring.read(INDEX).map(KeyringTokenStore::parseIndex).orElseGet(TreeSet::new);
    }

    @Override
    public void close() {
        keyring.close();
    }

    private void writeIndex(Set<String> names) throws StoreUnavailable {
        Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
        Stream<String> lines =
                names.stream().map(name -> encoder.encodeToString(name.getBytes(StandardCharsets.UTF_8)));
        keyring.write(INDEX, Stream.concat(Stream.of(INDEX_VERSION), lines).collect(Collectors.joining("\n")));
    }

    private static Set<String> parseIndex(String index) {
        Base64.Decoder decoder = Base64.getUrlDecoder();
        return index.lines()
                .skip(1)
                .map(line -> new String(decoder.decode(line), StandardCharsets.UTF_8))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
