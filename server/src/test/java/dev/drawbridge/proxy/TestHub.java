package dev.drawbridge.proxy;

import dev.drawbridge.config.CacheFolder;
import dev.drawbridge.config.ConfigLocations;
import dev.drawbridge.config.OperatingSystem;
import dev.drawbridge.config.ShellCommandRunner;
import dev.drawbridge.hub.LiveHub;
import dev.drawbridge.mcp.Connector;
import dev.drawbridge.oauth.token.MemoryTokenStore;
import dev.drawbridge.oauth.token.TokenStore;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** A hub of its own for one test, which keeps what it keeps in the test's folder. */
final class TestHub {
    private TestHub() {}

    static LiveHub in(Path folder) {
        return in(folder, new MemoryTokenStore());
    }

    /** With a token store of the test's own. */
    static LiveHub in(Path folder, TokenStore store) {
        return LiveHub.create(
                new Connector(),
                store,
                ConfigLocations.of(
                        OperatingSystem.LINUX,
                        Map.of(
                                ConfigLocations.OVERRIDE,
                                folder.resolve("mcp.json").toString()),
                        folder),
                folder.resolve("state"),
                Optional.of(new CacheFolder(folder.resolve("cache"))),
                folder,
                new ShellCommandRunner(),
                InstantSource.system());
    }
}
