package dev.drawbridge.proxy.http;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/**
 * The user's key to the local endpoint: made once and kept in a file that only the user can read, in a folder only the
 * user can enter.
 */
public record EndpointToken(String value) {
    public static final String FILE = "http-token";
    private static final int BYTES = 32;

    public EndpointToken {
        if (!value.matches("[\\w-]{20,200}")) {
            throw new IllegalArgumentException("this is no token of the local endpoint");
        }
    }

    /** The token kept in the folder, made when there is none. */
    public static EndpointToken in(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        Optional<EndpointToken> kept = kept(file);
        if (kept.isPresent()) {
            return kept.get();
        }
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        EndpointToken made =
                new EndpointToken(Base64.getUrlEncoder().withoutPadding().encodeToString(random));
        Path fresh = Files.createTempFile(folder, FILE, ".new", forUserOnly(folder));
        try {
            Files.writeString(fresh, made.value() + "\n", StandardOpenOption.WRITE);
            // A link fails when somebody else was faster, so two processes never hold two tokens.
            Files.createLink(file, fresh);
            return made;
        } catch (FileAlreadyExistsException e) {
            return kept(file).orElseThrow(() -> e);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    /** What the file holds; one that others could have read is not trusted any more, and neither is a broken one. */
    private static Optional<EndpointToken> kept(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        String text = Files.readString(file).strip();
        if (posix && !Files.getPosixFilePermissions(file).equals(PosixFilePermissions.fromString("rw-------"))
                || !text.matches("[\\w-]{20,200}")) {
            Files.delete(file);
            return Optional.empty();
        }
        return Optional.of(new EndpointToken(text));
    }

    private static FileAttribute<?>[] forUserOnly(Path folder) {
        Set<String> views = folder.getFileSystem().supportedFileAttributeViews();
        return views.contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    /** The value is a secret. */
    @Override
    public String toString() {
        return "EndpointToken[…]";
    }
}
