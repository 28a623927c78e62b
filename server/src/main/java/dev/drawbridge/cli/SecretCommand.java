package dev.drawbridge.cli;

import dev.drawbridge.hub.Failure;
import dev.drawbridge.hub.Outcome;
import dev.drawbridge.lsp.client.ClientListener;
import dev.drawbridge.protocol.EmptyResult;
import dev.drawbridge.protocol.SecretKind;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code drawbridge secret}: keeps the values of {@code ${keyring:…}} and {@code ${input:…}} where the tokens are kept. */
@Command(
        name = "secret",
        mixinStandardHelpOptions = true,
        description = {
            "Keeps the value of a ${keyring:NAME} of your mcp.json in the keyring.",
            "The value is asked for, or read from standard input: it never stands on a command line."
        })
final class SecretCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "NAME", description = "What stands after the colon of the variable.")
    private String name = "";

    @Option(names = "--input", description = "NAME is the id of an ${input:…} instead.")
    private boolean input;

    @Option(names = "--forget", description = "Forgets the value.")
    private boolean forget;

    @Override
    public Integer call() throws InterruptedException, IOException {
        Optional<String> value = forget ? Optional.empty() : Optional.of(ask());
        if (value.filter(String::isEmpty).isPresent()) {
            return Terminal.fail(
                    spec,
                    new Failure(
                            "cli.noValue",
                            "No value was given for " + name + ".",
                            "Type it, or pipe it in; nothing was kept."));
        }
        return DaemonTalk.run(spec, new ClientListener() {}, client -> switch (DaemonTalk.await(
                client.storeSecret(input ? SecretKind.INPUT : SecretKind.KEYRING, name, value), DaemonTalk.ANSWER)) {
            case Outcome.Failed<EmptyResult>(Failure failure) -> Terminal.fail(spec, failure);
            case Outcome.Success<EmptyResult> _ -> {
                Terminal.out(spec).println(forget ? name + " is forgotten." : name + " is kept.");
                yield 0;
            }
        });
    }

    private String ask() throws IOException {
        Console console = Objects.requireNonNull(System.console());
        if (console.isTerminal()) {
            char[] typed = console.readPassword("Value of %s: ", name);
            return typed == null ? "" : new String(typed);
        }
        String line = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
        return line == null ? "" : line;
    }
}
