package dev.drawbridge.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.drawbridge.daemon.DaemonConnection;
import dev.drawbridge.daemon.Hello;
import dev.drawbridge.daemon.Role;
import dev.drawbridge.hub.Failure;
import dev.drawbridge.hub.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code drawbridge stop}: ends the daemon; an editor that is still attached starts the next one at once. */
@Command(
        name = "stop",
        mixinStandardHelpOptions = true,
        description =
                "Ends the daemon and waits until it is gone. Editors that are still open start a new one at once.")
final class StopCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        Outcome<DaemonConnection> opened =
                DaemonConnection.openRunning(Hello.ofThisProcess(Role.STOP, "drawbridge stop", List.of()));
        return switch (opened) {
            case Outcome.Failed<DaemonConnection>(Failure failure) -> {
                if (failure.code().equals("daemon.notRunning")) {
                    Terminal.out(spec).println("No daemon is running.");
                    yield 0;
                }
                yield Terminal.fail(spec, failure);
            }
            case Outcome.Success<DaemonConnection>(DaemonConnection connection) -> {
                try (connection) {
                    yield awaitEnd(connection);
                }
            }
        };
    }

    private int awaitEnd(DaemonConnection connection) throws Exception {
        long pid = connection.welcome().pid();
        Optional<ProcessHandle> process = ProcessHandle.of(pid);
        if (process.isPresent()) {
            try {
                process.get().onExit().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException _) {
                return Terminal.fail(
                        spec,
                        new Failure(
                                "daemon.doesNotEnd",
                                "The daemon (process " + pid + ") has not ended within 10 seconds.",
                                "End the process " + pid + " yourself; nothing is lost by it."));
            }
        }
        Terminal.out(spec).println("The daemon (process " + pid + ") has ended.");
        if (connection.welcome().result().tree() instanceof JsonObject status
                && status.get("sessions") instanceof JsonArray sessions
                && !sessions.isEmpty()) {
            Terminal.out(spec).println(sessions.size() + " attached client(s) are starting a new one.");
        }
        return 0;
    }
}
