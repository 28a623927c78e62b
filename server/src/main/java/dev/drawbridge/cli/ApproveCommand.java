package dev.drawbridge.cli;

import dev.drawbridge.hub.Failure;
import dev.drawbridge.hub.Outcome;
import dev.drawbridge.lsp.client.ClientListener;
import dev.drawbridge.lsp.client.DrawbridgeClient;
import dev.drawbridge.protocol.EmptyResult;
import dev.drawbridge.protocol.ListServersResult;
import dev.drawbridge.protocol.Server;
import dev.drawbridge.protocol.ServerState;
import java.io.Console;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code drawbridge approve}: trusts a server of a workspace file, after showing all that it would run or reach. */
@Command(
        name = "approve",
        mixinStandardHelpOptions = true,
        description = "Shows a server that this folder's files bring, and trusts exactly that definition.")
final class ApproveCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "NAME", description = "The server, as its configuration file names it.")
    private String name = "";

    @Option(names = "--yes", description = "Does not ask.")
    private boolean yes;

    @Override
    public Integer call() throws InterruptedException {
        return DaemonTalk.run(spec, new ClientListener() {}, client -> switch (DaemonTalk.await(
                client.listServers(), DaemonTalk.ANSWER)) {
            case Outcome.Failed<ListServersResult>(Failure failure) -> Terminal.fail(spec, failure);
            case Outcome.Success<ListServersResult>(ListServersResult result) -> approve(client, result);
        });
    }

    private int approve(DrawbridgeClient client, ListServersResult known) throws InterruptedException {
        Optional<Server> server =
                known.servers().stream().filter(one -> one.name().equals(name)).findFirst();
        if (server.isEmpty() || !(server.get().state() instanceof ServerState.Untrusted(String digest))) {
            return Terminal.fail(
                    spec,
                    new Failure(
                            "cli.nothingToApprove",
                            "No server named " + name + " waits for approval in this folder.",
                            "Run drawbridge status to see what does."));
        }
        Terminal.out(spec).println(name + ": " + server.get().target());
        Terminal.out(spec).flush();
        if (!yes && !agreed()) {
            return Terminal.fail(
                    spec, new Failure("cli.notApproved", name + " is not approved.", "Answer yes, or add --yes."));
        }
        return switch (DaemonTalk.await(client.approve(name, digest), DaemonTalk.ANSWER)) {
            case Outcome.Failed<EmptyResult>(Failure failure) -> Terminal.fail(spec, failure);
            case Outcome.Success<EmptyResult> _ -> {
                Terminal.out(spec).println(name + " is approved.");
                yield 0;
            }
        };
    }

    private boolean agreed() {
        Console console = Objects.requireNonNull(System.console());
        if (!console.isTerminal()) {
            return false;
        }
        String answer = console.readLine("Trust and start exactly this? [yes/no] ");
        return answer != null && answer.strip().equalsIgnoreCase("yes");
    }
}
