package dev.drawbridge.daemon;

import com.google.gson.JsonObject;
import dev.drawbridge.config.ConfigLocations;
import dev.drawbridge.config.OperatingSystem;
import dev.drawbridge.config.OwnSettings;
import dev.drawbridge.hub.Failure;
import dev.drawbridge.hub.HostTarget;
import dev.drawbridge.hub.Hub;
import dev.drawbridge.hub.Outcome;
import dev.drawbridge.hub.SessionContext;
import dev.drawbridge.mcp.json.RawJson;
import dev.drawbridge.proxy.HostConversation;
import dev.drawbridge.proxy.HostOptions;
import dev.drawbridge.proxy.http.EndpointToken;
import dev.drawbridge.proxy.http.HttpBounds;
import dev.drawbridge.proxy.http.HttpEndpoint;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The local HTTP endpoint, where the user switched it on: with {@code drawbridge daemon --http}, or in the user's
 * configuration file. Without that there is nothing here but this object.
 */
final class LocalEndpoint implements AutoCloseable {
    private static final String SWITCH = "--http";

    private final Supplier<Optional<Integer>> wanted;
    private final Supplier<Hub> hub;
    private Optional<HttpEndpoint> open = Optional.empty();
    private Optional<Failure> failure = Optional.empty();
    private boolean closed;

    /** @param wanted the port, when it is switched on; asked for when the daemon serves, and no earlier */
    LocalEndpoint(Supplier<Optional<Integer>> wanted, Supplier<Hub> hub) {
        this.wanted = wanted;
        this.hub = hub;
    }

    /** The port asked for on the command line; zero stands for any. */
    static Optional<Integer> asked(List<String> args) {
        return args.stream()
                .filter(arg -> arg.equals(SWITCH) || arg.matches(SWITCH + "=\\d{1,5}"))
                .findFirst()
                .map(arg -> arg.equals(SWITCH)
                        ? OwnSettings.DEFAULT_HTTP_PORT
                        : Integer.parseInt(arg.substring(SWITCH.length() + 1)));
    }

    /** The port the user's configuration file names. */
    static Optional<Integer> configured(Map<String, String> environment, Path home) {
        return OwnSettings.read(ConfigLocations.of(OperatingSystem.current(), environment, home)
                        .userFile())
                .httpPort();
    }

    /** The token of this user's endpoint, made when there is none. */
    static Outcome<EndpointToken> token(Path folder) {
        try {
            return switch (PrivateFolder.open(folder)) {
                case Outcome.Failed<Path>(Failure why) -> Outcome.failed(why);
                case Outcome.Success<Path>(Path mine) -> Outcome.success(EndpointToken.in(mine));
            };
        } catch (IOException e) {
            return Outcome.failed(new Failure(
                    "http.noToken",
                    "The token of the local HTTP endpoint cannot be kept in " + folder + ": " + e.getMessage() + ".",
                    "Make the folder writable, and start the daemon anew."));
        }
    }

    synchronized void begin() {
        Optional<Integer> port = wanted.get();
        if (port.isPresent() && !closed) {
            switch (token(UserFolders.ofThisProcess().state())) {
                case Outcome.Failed<EndpointToken>(Failure why) -> failed(why);
                case Outcome.Success<EndpointToken>(EndpointToken token) -> begin(port.get(), token);
            }
        }
    }

    private void begin(int number, EndpointToken token) {
        try {
            HttpEndpoint endpoint = HttpEndpoint.open(
                    number,
                    token,
                    (target, client, wire) -> HostConversation.open(
                            hub.get(),
                            context(client),
                            target.map(HostTarget.Configured::new),
                            HostOptions.DEFAULT,
                            wire),
                    HttpBounds.DEFAULT,
                    InstantSource.system());
            open = Optional.of(endpoint);
            log().log(Level.INFO, "Hosts are served at {0}.", endpoint.url().toString());
        } catch (IOException e) {
            failed(new Failure(
                    "http.portTaken",
                    "The local HTTP endpoint cannot use port " + number + ": " + e.getMessage() + ".",
                    "End the program that uses it, or set another port in the \"drawbridge\" object of mcp.json."));
        }
    }

    /** Such a host brings no environment and no folder: it sees the user's own servers, in the daemon's environment. */
    private static SessionContext context(String client) {
        return new SessionContext(client, System.getenv(), List.of());
    }

    private void failed(Failure why) {
        failure = Optional.of(why);
        log().log(Level.WARNING, "{0} {1}", why.message(), why.action());
    }

    /** Whether a host is attached. */
    synchronized boolean isInUse() {
        return open.filter(endpoint -> endpoint.attached() > 0).isPresent();
    }

    synchronized Map<String, RawJson> status() {
        JsonObject told = new JsonObject();
        open.ifPresent(endpoint -> {
            told.addProperty("url", endpoint.url().toString());
            told.addProperty("hosts", endpoint.attached());
        });
        failure.ifPresent(why -> {
            told.addProperty("code", why.code());
            told.addProperty("message", why.message() + " " + why.action());
        });
        return told.isEmpty() ? Map.of() : Map.of("http", RawJson.of(told));
    }

    @Override
    public synchronized void close() {
        closed = true;
        open.ifPresent(HttpEndpoint::close);
        open = Optional.empty();
    }

    private static System.Logger log() {
        return System.getLogger(LocalEndpoint.class.getName());
    }
}
