package dev.drawbridge.cli;

import com.google.gson.JsonObject;
import dev.drawbridge.daemon.DaemonConnection;
import dev.drawbridge.daemon.DaemonFiles;
import dev.drawbridge.daemon.Hello;
import dev.drawbridge.daemon.Role;
import dev.drawbridge.hub.Failure;
import dev.drawbridge.hub.Outcome;
import dev.drawbridge.proxy.http.EndpointToken;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code drawbridge http}: what a host that only speaks HTTP has to be told. */
@Command(
        name = "http",
        mixinStandardHelpOptions = true,
        description = {
            "Prints the address of the local HTTP endpoint and the token hosts present there. The endpoint is off until"
                    + " it is switched on, with \"drawbridge\": {\"http\": true} in your mcp.json or with drawbridge"
                    + " daemon --http."
        })
final class HttpCommand implements Callable<Integer> {
    private static final Failure OFF = new Failure(
            "http.off",
            "The running daemon has no HTTP endpoint.",
            "Put \"drawbridge\": {\"http\": true} into your mcp.json and run drawbridge stop, or run drawbridge daemon"
                    + " --http.");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--token", description = "Print the token alone, for scripts.")
    private boolean tokenOnly;

    @Override
    public Integer call() {
        return switch (DaemonFiles.httpToken()) {
            case Outcome.Failed<EndpointToken>(Failure failure) -> Terminal.fail(spec, failure);
            case Outcome.Success<EndpointToken>(EndpointToken token) -> {
                if (tokenOnly) {
                    Terminal.out(spec).println(token.value());
                    yield 0;
                }
                yield tell(token);
            }
        };
    }

    private int tell(EndpointToken token) {
        Outcome<DaemonConnection> opened =
                DaemonConnection.openRunning(Hello.ofThisProcess(Role.STATUS, "drawbridge http", List.of()));
        return switch (opened) {
            case Outcome.Failed<DaemonConnection>(Failure failure) -> Terminal.fail(spec, failure);
            case Outcome.Success<DaemonConnection>(DaemonConnection connection) -> {
                JsonObject status;
                try (connection) {
                    status = connection.welcome().result().tree().getAsJsonObject();
                }
                if (!(status.get("http") instanceof JsonObject http)) {
                    yield Terminal.fail(spec, OFF);
                }
                if (!http.has("url")) {
                    yield Terminal.fail(
                            spec,
                            new Failure(
                                    http.get("code").getAsString(),
                                    http.get("message").getAsString(),
                                    "drawbridge logs tells more."));
                }
                Terminal.out(spec)
                        .println("Address  " + http.get("url").getAsString()
                                + "/NAME for each server, or without /NAME for all as one");
                Terminal.out(spec).println("Header   Authorization: Bearer " + token.value());
                yield 0;
            }
        };
    }
}
