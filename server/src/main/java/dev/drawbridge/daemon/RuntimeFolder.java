package dev.drawbridge.daemon;

import dev.drawbridge.hub.Failure;
import dev.drawbridge.hub.Outcome;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The private folder in which a user's daemon and its clients meet, already checked. */
public final class RuntimeFolder {
    /** A Unix socket's address holds 104 bytes on macOS and 108 on Linux, the closing zero included. */
    private static final int MAX_SOCKET_PATH = 100;

    private final Path path;

    private RuntimeFolder(Path path) {
        this.path = path;
    }

    /** Makes the folder if it is missing; fails in words when it is not private or its path is too long for a socket. */
    public static Outcome<RuntimeFolder> open(Path path) {
        RuntimeFolder folder = new RuntimeFolder(path.toAbsolutePath().normalize());
        int length = folder.socket().toString().getBytes(StandardCharsets.UTF_8).length;
        if (length > MAX_SOCKET_PATH) {
            return Outcome.failed(new Failure(
                    "daemon.pathTooLong",
                    "The socket's path " + folder.socket() + " has " + length + " bytes; " + MAX_SOCKET_PATH
                            + " is the limit of the operating system.",
                    "Set DRAWBRIDGE_RUNTIME_DIR to a folder with a shorter path."));
        }
        if (PrivateFolder.open(folder.path) instanceof Outcome.Failed<Path>(Failure failure)) {
            return Outcome.failed(failure);
        }
        return Outcome.success(folder);
    }

    public static Outcome<RuntimeFolder> ofThisUser() {
        return open(UserFolders.ofThisProcess().runtime());
    }

    public Path path() {
        return path;
    }

    public Path socket() {
        return path.resolve("daemon-" + Hello.PROTOCOL + ".sock");
    }

    /** Held by the daemon for its whole life; only its holder may remove the socket. */
    Path daemonLock() {
        return path.resolve("daemon-" + Hello.PROTOCOL + ".lock");
    }

    /** Held by the one client that is starting a daemon, so that fifty clients do not start fifty. */
    Path startLock() {
        return path.resolve("start-" + Hello.PROTOCOL + ".lock");
    }
}
