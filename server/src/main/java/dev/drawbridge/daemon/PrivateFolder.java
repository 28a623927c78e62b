package dev.drawbridge.daemon;

import com.sun.security.auth.module.UnixSystem;
import dev.drawbridge.hub.Failure;
import dev.drawbridge.hub.Outcome;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/**
 * A folder nobody else can enter: made with mode 0700 in one step, or found so. A bound Unix socket is open to everybody
 * who can reach its path, so the folder is the door; a check that fails, or cannot be made, keeps it shut.
 */
final class PrivateFolder {
    private static final String FIX = "If it is yours, run chmod 700 on it; otherwise remove it and try again.";

    private PrivateFolder() {}

    static Outcome<Path> open(Path folder) {
        boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("unix");
        try {
            create(folder, posix);
        } catch (IOException e) {
            return refuse("cannot be made (" + e + ")", folder);
        }
        if (!posix) {
            // On Windows the folder lies in the user's profile and inherits its access list.
            return Outcome.success(folder);
        }
        try {
            Map<String, Object> found =
                    Files.readAttributes(folder, "unix:uid,mode,isDirectory", LinkOption.NOFOLLOW_LINKS);
            if (!Boolean.TRUE.equals(found.get("isDirectory"))) {
                return refuse("is not a folder", folder);
            }
            if (!(found.get("uid") instanceof Integer owner) || owner != new UnixSystem().getUid()) {
                return refuse("belongs to another user", folder);
            }
            if (!(found.get("mode") instanceof Integer mode) || (mode & 077) != 0) {
                return refuse("can be entered by other users (its mode must be 0700)", folder);
            }
            return Outcome.success(folder);
        } catch (IOException e) {
            return refuse("cannot be checked (" + e + ")", folder);
        }
    }

    private static void create(Path folder, boolean posix) throws IOException {
        if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Path parent = folder.getParent();
        if (parent != null && !Files.isDirectory(parent)) {
            create(parent, posix);
        }
        try {
            if (posix) {
                Files.createDirectory(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            } else {
                Files.createDirectory(folder);
            }
        } catch (FileAlreadyExistsException _) {
            // Somebody else was faster; the check that follows tells whether it was us.
            return;
        }
    }

    private static Outcome<Path> refuse(String what, Path folder) {
        return Outcome.failed(new Failure("daemon.unsafeFolder", "The folder " + folder + " " + what + ".", FIX));
    }
}
