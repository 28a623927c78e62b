package dev.drawbridge.cli;

import dev.drawbridge.hub.Failure;
import dev.drawbridge.hub.Outcome;
import dev.drawbridge.lsp.client.ClientListener;
import dev.drawbridge.protocol.AccessTokenResult;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code drawbridge token}: a fresh access token for scripts, curl and other programs' header helpers. */
@Command(
        name = "token",
        mixinStandardHelpOptions = true,
        description = {
            "Prints a fresh access token and nothing else, for scripts, curl and header helpers.",
            "The refresh token never leaves the daemon."
        })
final class TokenCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "NAME", description = "The server, as its configuration file names it.")
    private String server = "";

    @Override
    public Integer call() throws InterruptedException {
        return DaemonTalk.run(spec, new ClientListener() {}, client -> switch (DaemonTalk.await(
                client.accessToken(server), DaemonTalk.ANSWER)) {
            case Outcome.Failed<AccessTokenResult>(Failure failure) -> Terminal.fail(spec, failure);
            case Outcome.Success<AccessTokenResult>(AccessTokenResult token) -> {
                Terminal.out(spec).println(token.accessToken());
                yield 0;
            }
        });
    }
}
