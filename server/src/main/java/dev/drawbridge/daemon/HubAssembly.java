package dev.drawbridge.daemon;

import dev.drawbridge.config.ConfigLocations;
import dev.drawbridge.config.OperatingSystem;
import dev.drawbridge.config.ShellCommandRunner;
import dev.drawbridge.hub.Hub;
import dev.drawbridge.hub.LiveHub;
import dev.drawbridge.keyring.ChosenTokenStore;
import dev.drawbridge.keyring.TokenStores;
import dev.drawbridge.mcp.Connector;
import dev.drawbridge.oauth.token.StoreUnavailable;
import dev.drawbridge.oauth.token.TokenStore;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

/** Puts the daemon's hub together: store, authorization, transports, configuration. Touches no keyring and no network. */
final class HubAssembly implements AutoCloseable {
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
                home,
                new ShellCommandRunner(),
                clock);
        return new HubAssembly(hub, closeStore);
    }

    @Override
    public void close() {
        hub.close();
        closeStore.run();
    }
}
