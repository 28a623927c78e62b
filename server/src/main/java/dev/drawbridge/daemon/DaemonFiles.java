package dev.drawbridge.daemon;

import dev.drawbridge.hub.Outcome;
import dev.drawbridge.proxy.http.EndpointToken;
import java.nio.file.Path;

/** Where a person finds what the daemon wrote. */
public final class DaemonFiles {
    private DaemonFiles() {}

    public static Path log() {
        return UserFolders.ofThisProcess().log();
    }

    /** The token that hosts present to the local HTTP endpoint; made when there is none. */
    public static Outcome<EndpointToken> httpToken() {
        return LocalEndpoint.token(UserFolders.ofThisProcess().state());
    }

    /** What the JVM itself said. */
    public static Path standardError() {
        return UserFolders.ofThisProcess().standardError();
    }
}
