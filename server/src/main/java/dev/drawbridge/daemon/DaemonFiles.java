package dev.drawbridge.daemon;

import java.nio.file.Path;

/** Where a person finds what the daemon wrote. */
public final class DaemonFiles {
    private DaemonFiles() {}

    public static Path log() {
        return UserFolders.ofThisProcess().log();
    }

    /** What the JVM itself said. */
    public static Path standardError() {
        return UserFolders.ofThisProcess().standardError();
    }
}
