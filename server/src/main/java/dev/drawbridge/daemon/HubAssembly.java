package dev.drawbridge.daemon;

import dev.drawbridge.config.CacheFolder;
import dev.drawbridge.config.ConfigLocations;
import dev.drawbridge.config.OperatingSystem;
import dev.drawbridge.config.ShellCommandRunner;
import dev.drawbridge.hub.Failure;
import dev.drawbridge.hub.Hub;
import dev.drawbridge.hub.LiveHub;
import dev.drawbridge.hub.Outcome;
import dev.drawbridge.keyring.ChosenTokenStore;
import dev.drawbridge.keyring.TokenStores;
import dev.drawbridge.mcp.Connector;
import dev.drawbridge.oauth.token.StoreUnavailable;
import dev.drawbridge.oauth.token.TokenStore;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** Puts the daemon's hub together: store, authorization, transports, configuration. Touches no keyring and no network. */
final class HubAssembly implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(HubAssembly.class.getName());

    private final Hub hub;
    private final Runnable closeStore;

    private HubAssembly(Hub hub, Runnable closeStore) {
        this.hub = hub;
        this.closeStore = closeStore;
    }

    Hub hub() {
        return hub;
    }

    static HubAssembly open(Map<String, String> environment, Path home) {
        OperatingSystem os = OperatingSystem.current();
        InstantSource clock = InstantSource.system();
        Path state = ConfigLocations.stateFolder(os, environment, home);
        TokenStore store;
        Runnable closeStore;
        try {
            ChosenTokenStore chosen =
                    TokenStores.choose(environment, os == OperatingSystem.WINDOWS, state.resolve("store"), clock);
            store = chosen;
            closeStore = chosen::close;
        } catch (StoreUnavailable e) {
            // The daemon still serves what needs no sign-in; whoever needs one is told what to choose.
            store = new MissingTokenStore(e.failure());
            closeStore = () -> {};
        }
        LiveHub hub = LiveHub.create(
                new Connector(),
                store,
                ConfigLocations.of(os, environment, home),
                state,
                cache(ConfigLocations.cacheFolder(os, environment, home)),
                home,
                new ShellCommandRunner(),
                clock);
        return new HubAssembly(hub, closeStore);
    }

    /** Where nobody else can write, or not at all: what a host is told of a server comes from there. */
    private static Optional<CacheFolder> cache(Path folder) {
        return switch (PrivateFolder.open(folder.resolve("servers"))) {
            case Outcome.Success<Path>(Path own) -> Optional.of(new CacheFolder(own));
            case Outcome.Failed<Path>(Failure failure) -> {
                LOG.log(
                        Level.WARNING,
                        "What is known of the servers is not kept for the next start. {0} {1}",
                        failure.message(),
                        failure.action());
                yield Optional.empty();
            }
        };
    }

    @Override
    public void close() {
        hub.close();
        closeStore.run();
    }
}
