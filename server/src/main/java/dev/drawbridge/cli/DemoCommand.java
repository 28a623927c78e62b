package dev.drawbridge.cli;

import dev.drawbridge.cli.demo.Demo;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code drawbridge demo}: shows on this machine, with nothing else installed, what Drawbridge is for. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "The whole journey on this machine: starts a protected MCP server and an authorization server with a"
                    + " sign-in page, attaches as an editor, is told to sign in, signs in and calls a tool.",
            "It touches neither your configuration nor your keyring, and leaves nothing behind."
        })
final class DemoCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--headless", description = "Signs in without a browser and without you.")
    private boolean headless;

    @Override
    public Integer call() throws InterruptedException {
        Demo demo = new Demo(Terminal.out(spec), spec.commandLine().getErr());
        return headless ? demo.withoutPerson() : demo.withPerson(System.in, BrowserLauncher.ofThisProcess()::open);
    }
}
