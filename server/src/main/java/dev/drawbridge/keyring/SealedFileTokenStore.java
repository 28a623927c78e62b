package dev.drawbridge.keyring;

import dev.drawbridge.oauth.Secret;
import dev.drawbridge.oauth.token.StoreUnavailable;
import dev.drawbridge.oauth.token.TokenStore;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * Secrets of any size in one file, sealed with a key that is kept elsewhere: for Windows, whose keyring takes 1,280
 * characters, and for users who prefer it. The file is never emptied by itself: without its key it stays as it is and
 * every call fails; a damaged one is put aside under another name, and the call that found it fails and says so.
 *
 * <p>Guarded by this object; a lock file beside it keeps a second version of Drawbridge from writing at the same time.
 */
final class SealedFileTokenStore implements TokenStore, AutoCloseable {
    private static final Logger LOG = System.getLogger(SealedFileTokenStore.class.getName());
    private static final long LARGEST = 64L * 1024 * 1024;

    private final Path file;
    private final SealingKey key;
    private final InstantSource clock;
    private Snapshot snapshot = new Snapshot(null, Map.of());

    /** What the file held when it bore this stamp; a null stamp is that of no file. */
    private record Snapshot(@Nullable Stamp stamp, Map<String, Secret> entries) {}

    private record Stamp(
            long size, FileTime modified, @Nullable Object identity) {}

    SealedFileTokenStore(Path file, SealingKey key, InstantSource clock) {
        this.file = file;
        this.key = key;
        this.clock = clock;
    }

    @Override
    public synchronized Optional<Secret> get(String name) throws StoreUnavailable {
        return Optional.ofNullable(current().get(name));
    }

    @Override
    public synchronized void put(String name, Secret value) throws StoreUnavailable {
        change(entries -> entries.put(name, value));
    }

    @Override
    public synchronized void delete(String name) throws StoreUnavailable {
        if (current().containsKey(name)) {
            change(entries -> entries.remove(name));
        }
    }

    @Override
    public synchronized Set<String> names() throws StoreUnavailable {
        return Set.copyOf(current().keySet());
    }

    @Override
    public void close() {
        key.close();
    }

    private void change(Consumer<Map<String, Secret>> edit) throws StoreUnavailable {
        try (FileChannel lock = PrivateFiles.lock(file)) {
            LOG.log(Level.TRACE, "Writing under {0}", lock);
            Map<String, Secret> entries = new LinkedHashMap<>(current());
            edit.accept(entries);
            PrivateFiles.replace(
                    file, SealedFile.seal(name(), sealingKey(), entries).content());
            snapshot = new Snapshot(stamp(), Map.copyOf(entries));
        } catch (IOException e) {
            throw StoreFailures.unwritable(file, e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES-GCM and SHA-256", e);
        }
    }

    private Map<String, Secret> current() throws StoreUnavailable {
        Stamp now = stamp();
        if (now == null) {
            snapshot = new Snapshot(null, Map.of());
        } else if (!now.equals(snapshot.stamp())) {
            snapshot = new Snapshot(now, load());
        }
        return snapshot.entries();
    }

    private Map<String, Secret> load() throws StoreUnavailable {
        byte[] content = content();
        try {
            SealedFile sealed = SealedFile.parse(content);
            SecretKey known = key.find().orElseThrow(this::keyMissing);
            if (!sealed.isSealedWith(known)) {
                throw keyMissing();
            }
            return Map.copyOf(sealed.open(name(), known));
        } catch (IOException | GeneralSecurityException e) {
            throw damaged(e);
        }
    }

    private byte[] content() throws StoreUnavailable {
        try {
            if (Files.size(file) > LARGEST) {
                throw new IOException("it is larger than any file this program writes");
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw StoreFailures.unreadable(file, e);
        }
    }

    /** The key for writing; one is made only while there is nothing that an older key has sealed. */
    private SecretKey sealingKey() throws StoreUnavailable {
        Optional<SecretKey> known = key.find();
        if (known.isEmpty() && Files.exists(file)) {
            throw keyMissing();
        }
        return known.isPresent() ? known.get() : key.create();
    }

    private StoreUnavailable keyMissing() {
        return StoreFailures.keyMissing(file, key.place());
    }

    private StoreUnavailable damaged(Exception cause) {
        Path aside = file.resolveSibling(name() + ".damaged-" + clock.instant().toEpochMilli());
        try {
            Files.move(file, aside, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            cause.addSuppressed(e);
            aside = file;
        }
        return StoreFailures.damaged(file, aside, cause);
    }

    private String name() {
        return String.valueOf(file.getFileName());
    }

    private @Nullable Stamp stamp() throws StoreUnavailable {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new Stamp(attributes.size(), attributes.lastModifiedTime(), attributes.fileKey());
        } catch (NoSuchFileException none) {
            return null;
        } catch (IOException e) {
            throw StoreFailures.unreadable(file, e);
        }
    }
}
