package dev.drawbridge.cli;

import dev.drawbridge.daemon.DaemonProcess;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code drawbridge daemon}, as far as {@code --help} needs it. */
@Command(
        name = "daemon",
        mixinStandardHelpOptions = true,
        description = {
            "The shared process, in the foreground. Nobody has to start it by hand: the first editor or host does.",
            "It ends after five minutes without a session; DRAWBRIDGE_IDLE_SECONDS changes that."
        })
final class DaemonCommand implements Callable<Integer> {
    @Override
    public Integer call() throws IOException, InterruptedException {
        return DaemonProcess.run(List.of());
    }
}
