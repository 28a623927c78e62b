package dev.drawbridge.keyring;

import dev.drawbridge.oauth.token.StoreUnavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The sealing key in a file that only its owner can read, for machines without a keyring and on the user's explicit
 * choice: it keeps tokens out of backups and searches of the sealed file, not from somebody who can read both files.
 */
final class FileSealingKey implements SealingKey {
    private static final Set<PosixFilePermission> OWNER_ONLY =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    private static final int LONGEST = 256;

    private final Path file;

    FileSealingKey(Path file) {
        this.file = file;
    }

    @Override
    public Optional<SecretKey> find() throws StoreUnavailable {
        try {
            refuseOthersAccess();
            if (Files.size(file) > LONGEST) {
                throw StoreFailures.keyFileUnreadable(file, new IOException("the file is too long"));
            }
            byte[] bytes = Base64.getDecoder().decode(Files.readString(file).strip());
            if (bytes.length != BYTES) {
                throw StoreFailures.keyFileUnreadable(file, new IOException("it holds no key of 256 bits"));
            }
            return Optional.of(key(bytes));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            throw StoreFailures.keyFileUnreadable(file, e);
        }
    }

    @Override
    public SecretKey create() throws StoreUnavailable {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        try {
            PrivateFiles.replace(file, Base64.getEncoder().encode(bytes));
        } catch (IOException e) {
            throw StoreFailures.unwritable(file, e);
        }
        return key(bytes);
    }

    @Override
    public String place() {
        return "the key file " + file;
    }

    private void refuseOthersAccess() throws IOException, StoreUnavailable {
        if (PrivateFiles.posix(file) && !OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
            throw StoreFailures.keyFileShared(file);
        }
    }

    private static SecretKey key(byte[] bytes) {
        SecretKey key = new SecretKeySpec(bytes, "AES");
        Arrays.fill(bytes, (byte) 0);
        return key;
    }
}
