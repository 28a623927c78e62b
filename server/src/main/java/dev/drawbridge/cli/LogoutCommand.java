package dev.drawbridge.cli;

import dev.drawbridge.hub.Failure;
import dev.drawbridge.hub.Outcome;
import dev.drawbridge.lsp.client.ClientListener;
import dev.drawbridge.protocol.SignOutResult;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code drawbridge logout}: forgets a sign-in, here and where the authorization server offers that (RFC 7009). */
@Command(
        name = "logout",
        mixinStandardHelpOptions = true,
        description = "Signs out of a server, and revokes the credential where the server offers that.")
final class LogoutCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "NAME", description = "The server, as its configuration file names it.")
    private String server = "";

    @Override
    public Integer call() throws InterruptedException {
        return DaemonTalk.run(spec, new ClientListener() {}, client -> switch (DaemonTalk.await(
                client.signOut(server), DaemonTalk.ANSWER)) {
            case Outcome.Failed<SignOutResult>(Failure failure) -> Terminal.fail(spec, failure);
            case Outcome.Success<SignOutResult>(SignOutResult result) -> {
                Terminal.out(spec)
                        .println("Signed out of " + server + (result.revoked() ? "; the credential is revoked." : "."));
                yield 0;
            }
        });
    }
}
