package dev.drawbridge.cli;

import dev.drawbridge.config.ConfigFileWriter;
import dev.drawbridge.config.ConfigLocations;
import dev.drawbridge.config.FoundServers;
import dev.drawbridge.config.ImportPlan;
import dev.drawbridge.config.ImportPlan.Step;
import dev.drawbridge.config.OperatingSystem;
import dev.drawbridge.config.OtherProgram;
import dev.drawbridge.daemon.relay.McpRemoteCommand;
import dev.drawbridge.hub.Failure;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code drawbridge import}: takes over the MCP servers that other programs on this machine are set up with. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = {
            "Adds the MCP servers that other programs on this machine are set up with to your mcp.json.",
            "Shows what it would add and asks first. Nothing that is there changes, and the other programs' files stay"
                    + " as they are. An entry that runs mcp-remote becomes one that needs no such program.",
            "",
            "Programs: vscode, cursor, claude-code, claude-desktop (claude for both), windsurf, zed, gemini, opencode."
        })
final class ImportCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--from", split = ",", paramLabel = "PROGRAM", description = "Only these programs.")
    private List<String> from = List.of();

    @Option(names = "--dry-run", description = "Only shows what would be added.")
    private boolean dryRun;

    @Option(names = "--yes", description = "Adds without asking.")
    private boolean yes;

    private final OperatingSystem os;
    private final Map<String, String> environment;
    private final Path home;

    ImportCommand() {
        this(OperatingSystem.current(), System.getenv(), Path.of(System.getProperty("user.home", ".")));
    }

    ImportCommand(OperatingSystem os, Map<String, String> environment, Path home) {
        this.os = os;
        this.environment = environment;
        this.home = home;
    }

    @Override
    public Integer call() throws IOException {
        List<OtherProgram> programs = new ArrayList<>();
        for (String word : from) {
            List<OtherProgram> named = OtherProgram.named(word);
            if (named.isEmpty()) {
                return Terminal.fail(
                        spec,
                        new Failure(
                                "cli.unknownProgram",
                                "No program is called " + word + " here.",
                                "drawbridge import --help lists them."));
            }
            programs.addAll(named);
        }
        List<FoundServers> found = (programs.isEmpty() ? List.of(OtherProgram.values()) : programs)
                .stream()
                        .flatMap(program -> FoundServers.of(program, program.file(os, environment, home)).stream())
                        .toList();
        Path userFile = ConfigLocations.of(os, environment, home).userFile();
        Optional<String> before = read(userFile);
        ImportPlan plan;
        try {
            plan = ImportPlan.of(before.orElse(""), found, ImportCommand::withoutMcpRemote);
        } catch (IllegalArgumentException e) {
            return Terminal.fail(
                    spec,
                    new Failure(
                            "config.unusable", userFile + ": " + e.getMessage(), "Correct the file, then try again."));
        }
        show(found, plan, userFile);
        if (!plan.addsSomething() || dryRun) {
            return 0;
        }
        if (!yes && !confirmed()) {
            return Terminal.fail(
                    spec,
                    new Failure("cli.notConfirmed", "Nothing was added.", "Say --yes to add without being asked."));
        }
        Path locks = ConfigLocations.stateFolder(os, environment, home).resolve("locks");
        return switch (new ConfigFileWriter(locks).write(userFile, before, plan.text())) {
            case ConfigFileWriter.Outcome.Written _ -> {
                Terminal.out(spec).println("Added to " + userFile + ".");
                yield 0;
            }
            case ConfigFileWriter.Outcome.Failed(String code, String message) ->
                Terminal.fail(spec, new Failure(code, message, "Nothing was added."));
        };
    }

    private static Optional<ImportPlan.Conversion.Converted> withoutMcpRemote(
            List<String> command, Map<String, String> environment) {
        return McpRemoteCommand.of(command, environment)
                .map(entry -> new ImportPlan.Conversion.Converted(entry.definition(), entry.remarks()));
    }

    private static Optional<String> read(Path file) throws IOException {
        try {
            return Optional.of(Files.readString(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private void show(List<FoundServers> found, ImportPlan plan, Path userFile) {
        PrintWriter out = Terminal.out(spec);
        for (FoundServers each : found) {
            out.println(each.program().title() + " (" + each.file() + ")");
            each.problem().ifPresent(why -> out.println("  ! " + why + "."));
            plan.steps().stream().filter(step -> step.from().equals(each)).forEach(step -> show(out, step));
            if (each.servers().isEmpty() && each.problem().isEmpty()) {
                out.println("  no servers");
            }
        }
        long added =
                plan.steps().stream().filter(step -> step instanceof Step.Added).count();
        out.println(
                added == 0
                        ? "There is nothing to add to " + userFile + "."
                        : added + (added == 1 ? " server" : " servers") + " to add to " + userFile + ".");
    }

    private static void show(PrintWriter out, Step step) {
        switch (step) {
            case Step.Added added -> {
                out.println("  + " + added.as() + "  " + added.target());
                added.remarks().forEach(remark -> out.println("      " + remark));
            }
            case Step.Known known -> out.println("  = " + known.name() + "  is there already as " + known.as());
            case Step.Unusable unusable -> out.println("  - " + unusable.name() + "  " + unusable.why());
        }
    }

    private static boolean confirmed() {
        Console console = Objects.requireNonNull(System.console());
        if (!console.isTerminal()) {
            return false;
        }
        String answer = console.readLine("Add them? [y/N] ");
        return answer != null
                && answer.strip().toLowerCase(java.util.Locale.ROOT).startsWith("y");
    }
}
