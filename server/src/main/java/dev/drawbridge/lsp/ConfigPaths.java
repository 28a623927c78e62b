package dev.drawbridge.lsp;

import dev.drawbridge.config.ConfigLocations;
import dev.drawbridge.config.OperatingSystem;
import dev.drawbridge.hub.SessionContext;
import java.nio.file.Path;

/** Which documents are configuration files: the user's, and any file that has the name of a workspace's. */
record ConfigPaths(ConfigLocations locations) {
    static ConfigPaths of(SessionContext context) {
        Path home = Path.of(System.getProperty("user.home", ""));
        return new ConfigPaths(ConfigLocations.of(OperatingSystem.current(), context.environment(), home));
    }

    boolean isConfig(Path file) {
        return file.equals(locations.userFile())
                || locations.workspaceFiles().stream().anyMatch(file::endsWith);
    }
}
