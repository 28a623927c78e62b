package dev.drawbridge.cli;

import dev.drawbridge.daemon.relay.LspRelay;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code drawbridge lsp}, as far as {@code --help} needs it: editors are served before picocli is loaded. */
@Command(
        name = "lsp",
        mixinStandardHelpOptions = true,
        description =
                "The editor's end: a language server on standard input and output. Starts the daemon if none runs.")
final class LspCommand implements Callable<Integer> {
    @Option(names = "--stdio", description = "Accepted for editors that add it; there is no other way.")
    private boolean stdio;

    @Option(
            names = "--client",
            paramLabel = "NAME",
            description = "Who the editor is; by default what it says in initialize.")
    private String client = "";

    @Override
    public Integer call() {
        List<String> args = new ArrayList<>();
        if (stdio) {
            args.add("--stdio");
        }
        if (!client.isEmpty()) {
            args.add("--client");
            args.add(client);
        }
        return LspRelay.main(args);
    }
}
