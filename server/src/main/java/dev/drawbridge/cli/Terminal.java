package dev.drawbridge.cli;

import dev.drawbridge.hub.Failure;
import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;

/** What all commands print the same way. */
final class Terminal {
    /** The exit code of a command that was understood and failed. */
    static final int FAILED = 1;

    private Terminal() {}

    static PrintWriter out(CommandSpec spec) {
        return spec.commandLine().getOut();
    }

    /** One sentence on what happened and one on what to do, and the exit code. */
    static int fail(CommandSpec spec, Failure failure) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("drawbridge: " + failure.message());
        err.println("  " + failure.action() + " (" + failure.code() + ")");
        return FAILED;
    }
}
