package dev.drawbridge.cli;

import dev.drawbridge.daemon.BuildInfo;
import dev.drawbridge.daemon.DaemonConnection;
import dev.drawbridge.daemon.Hello;
import dev.drawbridge.daemon.Role;
import dev.drawbridge.hub.Failure;
import dev.drawbridge.hub.Outcome;
import dev.drawbridge.lsp.client.ClientListener;
import dev.drawbridge.lsp.client.DrawbridgeClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Model.CommandSpec;

/** A terminal command's talk with the daemon: attaches as an editor would, in the current folder. */
final class DaemonTalk {
    /** For what needs no person; the daemon has shorter limits of its own. */
    static final Duration ANSWER = Duration.ofMinutes(2);

    private DaemonTalk() {}

    /** What a command does with the client; gives the exit code. */
    interface Work {
        int with(DrawbridgeClient client) throws InterruptedException;
    }

    static int run(CommandSpec spec, ClientListener listener, Work work) throws InterruptedException {
        String name = "drawbridge " + spec.name();
        Outcome<DaemonConnection> opened = DaemonConnection.open(Hello.ofThisProcess(Role.LSP, name, List.of()));
        return switch (opened) {
            case Outcome.Failed<DaemonConnection>(Failure failure) -> Terminal.fail(spec, failure);
            case Outcome.Success<DaemonConnection>(DaemonConnection connection) -> {
                try (connection;
                        DrawbridgeClient client = DrawbridgeClient.connect(
                                connection.in(),
                                connection.out(),
                                name,
                                BuildInfo.current().version(),
                                List.of(Path.of("").toAbsolutePath()),
                                listener)) {
                    yield work.with(client);
                }
            }
        };
    }

    static <T> Outcome<T> await(CompletableFuture<Outcome<T>> answer, Duration limit) throws InterruptedException {
        try {
            return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            return Outcome.failed(new Failure(
                    "daemon.timedOut",
                    "The daemon gave no answer within " + limit.toSeconds() + " seconds.",
                    "Run drawbridge doctor."));
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
