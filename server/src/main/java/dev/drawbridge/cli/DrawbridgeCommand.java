package dev.drawbridge.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code drawbridge}: the command line's root, for everything a person types. */
@Command(
        name = "drawbridge",
        mixinStandardHelpOptions = true,
        versionProvider = VersionLines.class,
        synopsisSubcommandLabel = "<command>",
        header = "Lets any editor use OAuth-protected MCP servers.",
        description = {
            "",
            "One process per user owns the connections to MCP servers, the sign-ins and the tokens. Editors reach it"
                    + " through drawbridge lsp, AI hosts through drawbridge proxy; neither needs anything started by"
                    + " hand.",
            ""
        },
        commandListHeading = "%nCommands:%n",
        footer = {"", "drawbridge <command> --help tells more of each command."},
        subcommands = {
            LspCommand.class,
            ProxyCommand.class,
            DaemonCommand.class,
            HttpCommand.class,
            StatusCommand.class,
            LoginCommand.class,
            LogoutCommand.class,
            ToolsCommand.class,
            CallCommand.class,
            TokenCommand.class,
            SecretCommand.class,
            ApproveCommand.class,
            ImportCommand.class,
            LogsCommand.class,
            DoctorCommand.class,
            StopCommand.class,
            DemoCommand.class
        })
public final class DrawbridgeCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Runs what the words ask for; the result is the process's exit code: 0 done, 1 failed, 2 not understood. */
    public static int run(String... args) {
        return run(
                new PrintWriter(System.out, true, System.out.charset()),
                new PrintWriter(System.err, true, System.err.charset()),
                args);
    }

    static int run(PrintWriter out, PrintWriter err, String... args) {
        CommandLine line = new CommandLine(new DrawbridgeCommand());
        line.setOut(out);
        line.setErr(err);
        line.setUsageHelpAutoWidth(true);
        line.setExecutionExceptionHandler((failure, at, parsed) -> {
            at.getErr().println("drawbridge: " + failure);
            return CommandLine.ExitCode.SOFTWARE;
        });
        return line.execute(args);
    }

    /** Without a command there is nothing to do but to say what there is. */
    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
