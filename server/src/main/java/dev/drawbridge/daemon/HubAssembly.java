package dev.drawbridge.daemon;

import dev.drawbridge.config.ConfigLocations;
import dev.drawbridge.config.LookupResult;
import dev.drawbridge.config.OperatingSystem;
import dev.drawbridge.config.ShellCommandRunner;
import dev.drawbridge.hub.Hub;
import dev.drawbridge.hub.LiveHub;
import dev.drawbridge.keyring.ChosenTokenStore;
import dev.drawbridge.keyring.TokenStores;
import dev.drawbridge.mcp.Connector;
import dev.drawbridge.oauth.Secret;
import dev.drawbridge.oauth.token.StoreUnavailable;
import dev.drawbridge.oauth.token.TokenStore;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

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
        TokenStore kept = store;
        LiveHub hub = LiveHub.create(
                new Connector(),
                kept,
                ConfigLocations.of(os, environment, home),
                state,
                new LiveHub.Lookups(
                        name -> lookup(kept, "user/" + name),
                        id -> lookup(kept, "input/" + id),
                        new ShellCommandRunner(),
                        home),
                clock);
        return new HubAssembly(hub, closeStore);
    }

    private static LookupResult lookup(TokenStore store, String name) {
        try {
            Optional<Secret> found = store.get(name);
            return found.<LookupResult>map(secret -> new LookupResult.Found(secret.value()))
                    .orElseGet(LookupResult.Missing::new);
        } catch (StoreUnavailable e) {
            return new LookupResult.Unavailable(
                    e.failure().message() + " " + e.failure().action());
        }
    }

    @Override
    public void close() {
        hub.close();
        closeStore.run();
    }
}
