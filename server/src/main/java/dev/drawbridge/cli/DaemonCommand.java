package dev.drawbridge.cli;

import dev.drawbridge.daemon.DaemonProcess;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code drawbridge daemon}, as far as {@code --help} needs it. */
@Command(
        name = "daemon",
        mixinStandardHelpOptions = true,
        description = {
            "The shared process, in the foreground. Nobody has to start it by hand: the first editor or host does.",
            "It ends after five minutes without a session; DRAWBRIDGE_IDLE_SECONDS changes that.",
            "",
            "With --http, hosts that only speak HTTP reach each server at http://127.0.0.1:PORT/mcp/NAME, and the"
                    + " daemon stays until it is stopped. The same, without the staying, is \"drawbridge\": {\"http\":"
                    + " true} in your mcp.json. drawbridge http prints the address and the token."
        })
final class DaemonCommand implements Callable<Integer> {
    @Option(
            names = "--http",
            arity = "0..1",
            paramLabel = "PORT",
            fallbackValue = "48812",
            description = "Serve hosts over HTTP on this machine, at port ${FALLBACK-VALUE} unless told otherwise.")
    private Optional<Integer> http = Optional.empty();

    @Override
    public Integer call() throws IOException, InterruptedException {
        return DaemonProcess.run(http.map(port -> List.of("--http=" + port)).orElse(List.of()));
    }
}
