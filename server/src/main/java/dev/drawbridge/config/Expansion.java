package dev.drawbridge.config;

import dev.drawbridge.config.ConfigProblem.Severity;
import dev.drawbridge.config.VariableText.Kind;
import dev.drawbridge.config.VariableText.Piece;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Replaces the variables of one entry's values, collecting what is missing and what identifies the result. */
final class Expansion {
    private static final int MAX_VALUE = 1024 * 1024;

    private final ServerEntry entry;
    private final Surroundings surroundings;
    private final List<ConfigProblem> problems = new ArrayList<>();
    private final List<String> missingInputs = new ArrayList<>();
    private final Map<String, CommandRunner.CommandResult> ran = new LinkedHashMap<>();
    private boolean usesCommands;

    Expansion(ServerEntry entry, Surroundings surroundings) {
        this.entry = entry;
        this.surroundings = surroundings;
    }

    /**
     * A value, and the same with every command in place of its output. The latter stays equal when a command gives a new
     * token each time, and goes into fingerprints only.
     */
    record Expanded(String value, String identity) {
        @Override
        public String toString() {
            return "Expanded[redacted]";
        }
    }

    /**
     * What {@link Expanded#identity} would be, without running any command: for values that are looked up later, whose other
     * variables are wanted now, so that what is missing is told at once. {@code @} and a path get the full path.
     */
    String withoutCommands(String text, String pointer) {
        StringBuilder identity = new StringBuilder();
        for (Piece piece : VariableText.parse(text).pieces()) {
            if (piece instanceof Piece.Variable variable && variable.kind() == Kind.COMMAND) {
                usesCommands = true;
                identity.append(identityOf(variable));
            } else {
                identity.append(replaced(piece, pointer));
            }
        }
        // The same relative path is another file in another folder.
        Optional<Path> file = text.startsWith("@") ? surroundings.path(identity.substring(1)) : Optional.empty();
        return file.map(path -> "@" + path).orElseGet(identity::toString);
    }

    Expanded expand(String text, String pointer) {
        StringBuilder value = new StringBuilder();
        StringBuilder identity = new StringBuilder();
        for (Piece piece : VariableText.parse(text).pieces()) {
            String replaced = replaced(piece, pointer);
            value.append(replaced);
            boolean command = piece instanceof Piece.Variable variable && variable.kind() == Kind.COMMAND;
            identity.append(command ? identityOf((Piece.Variable) piece) : replaced);
        }
        if (value.length() > MAX_VALUE) {
            problem(pointer, "config.badValue", "This value is longer than 1 MiB once its variables are replaced.");
        }
        return new Expanded(value.toString(), identity.toString());
    }

    private String replaced(Piece piece, String pointer) {
        return switch (piece) {
            case Piece.Text plain -> plain.text();
            case Piece.Variable variable -> variable(variable, pointer);
            case Piece.Unknown unknown -> problem(pointer, "config.unknownVariable", unknown.why());
        };
    }

    private static String identityOf(Piece.Variable command) {
        return "\0" + command.argument() + "\0";
    }

    Optional<Expanded> expand(Optional<String> text, String pointer) {
        return text.map(value -> expand(value, pointer));
    }

    /** Runs a command, once per entry and command. */
    Optional<String> run(String command, String pointer) {
        usesCommands = true;
        CommandRunner.CommandResult result = ran.computeIfAbsent(
                command, text -> surroundings.commands().run(text, surroundings.environment(), surroundings.folder()));
        return switch (result) {
            case CommandRunner.CommandResult.Output output ->
                Optional.of(output.text().stripTrailing());
            case CommandRunner.CommandResult.Failed failed -> {
                problem(pointer, "config.commandFailed", "The command for this value failed: " + failed.why());
                yield Optional.empty();
            }
        };
    }

    /** Notes a problem at a value; the empty text takes the value's place. */
    String problem(String pointer, String code, String sentence) {
        problems.add(new ConfigProblem(entry.place(pointer), Severity.ERROR, code, sentence));
        return "";
    }

    Optional<Path> path(String text, String pointer) {
        Optional<Path> path = surroundings.path(text);
        if (path.isEmpty()) {
            problem(pointer, "config.badValue", "This is no path on this system.");
        }
        return path;
    }

    boolean usesCommands() {
        return usesCommands;
    }

    List<ConfigProblem> problems() {
        return List.copyOf(problems);
    }

    Optional<Resolved> failure() {
        return problems.isEmpty() ? Optional.empty() : Optional.of(new Resolved.Failed(problems, missingInputs));
    }

    private String variable(Piece.Variable variable, String pointer) {
        String argument = variable.argument();
        return switch (variable.kind()) {
            case ENVIRONMENT -> environment(variable, pointer);
            case INPUT -> input(argument, pointer);
            case KEYRING -> keyring(argument, pointer);
            case COMMAND -> run(argument, pointer).orElse("");
            case WORKSPACE_FOLDER ->
                workspaceFolder(pointer).map(Path::toString).orElse("");
            case WORKSPACE_FOLDER_BASENAME ->
                workspaceFolder(pointer)
                        .map(Path::getFileName)
                        .map(Path::toString)
                        .orElse("");
            case USER_HOME -> surroundings.userHome().toString();
            case CURRENT_FOLDER -> surroundings.folder().toString();
            case PATH_SEPARATOR -> surroundings.pathSeparator();
        };
    }

    /** As in a shell, a default also stands in for an empty value. */
    private String environment(Piece.Variable variable, String pointer) {
        Optional<String> value = Optional.ofNullable(surroundings.environment().get(variable.argument()));
        if (variable.otherwise().isPresent()) {
            return value.filter(text -> !text.isEmpty())
                    .orElse(variable.otherwise().get());
        }
        return value.orElseGet(() -> problem(
                pointer,
                "config.undefinedVariable",
                "The environment variable " + variable.argument()
                        + " is not set; set it before the editor starts, or write ${" + variable.argument()
                        + ":-default}."));
    }

    private String input(String id, String pointer) {
        return switch (surroundings.inputs().find(id)) {
            case LookupResult.Found found -> found.value();
            case LookupResult.Missing missing -> {
                missingInputs.add(id);
                yield problem(
                        pointer,
                        "config.missingInput",
                        "The input \"" + id + "\" has not been answered yet; run: drawbridge secret --input " + id);
            }
            case LookupResult.Unavailable unavailable ->
                problem(pointer, "config.keyringUnavailable", unavailable.why());
        };
    }

    private String keyring(String name, String pointer) {
        return switch (surroundings.keyring().find(name)) {
            case LookupResult.Found found -> found.value();
            case LookupResult.Missing missing ->
                problem(
                        pointer,
                        "config.missingSecret",
                        "The keyring has no secret \"" + name + "\" for Drawbridge; run: drawbridge secret " + name);
            case LookupResult.Unavailable unavailable ->
                problem(pointer, "config.keyringUnavailable", unavailable.why());
        };
    }

    private Optional<Path> workspaceFolder(String pointer) {
        if (surroundings.workspaceFolder().isEmpty()) {
            problem(pointer, "config.noWorkspace", "There is no workspace folder; open one, or write a full path.");
        }
        return surroundings.workspaceFolder();
    }
}
