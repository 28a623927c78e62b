package dev.drawbridge.config;

import dev.drawbridge.config.Expansion.Expanded;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Makes a child process' definition ready: command, whole environment, folder. */
final class StdioResolution {
    private static final int MAX_ENV_FILE = 1024 * 1024;

    private final StdioDefinition definition;
    private final Expansion expansion;
    private final Surroundings surroundings;

    StdioResolution(StdioDefinition definition, Expansion expansion, Surroundings surroundings) {
        this.definition = definition;
        this.expansion = expansion;
        this.surroundings = surroundings;
    }

    Resolved resolve() {
        Fingerprint identity = new Fingerprint("stdio");
        List<String> command = new ArrayList<>();
        Expanded program = expansion.expand(definition.command(), "/command");
        command.add(program(program.value()));
        identity.add("command", program.identity());
        for (int i = 0; i < definition.args().size(); i++) {
            Expanded arg = expansion.expand(definition.args().get(i), "/args/" + i);
            command.add(arg.value());
            identity.add("arg", arg.identity());
        }
        Path directory = expansion
                .expand(definition.cwd(), "/cwd")
                .flatMap(cwd -> expansion.path(cwd.value(), "/cwd"))
                .orElse(surroundings.folder());
        identity.add("directory", directory.toString());
        Map<String, String> environment = newEnvironment();
        environment.putAll(surroundings.environment());
        Map<String, String> around = newEnvironment();
        around.putAll(SharedEnvironment.of(surroundings.environment()));
        Map<String, String> own = ownVariables(environment);
        around.keySet().removeAll(own.keySet());
        identity.add("env", own);
        Fingerprint fingerprint = new Fingerprint("stdio in its surroundings")
                .add("identity", identity.hex())
                .add("around", around);
        checkNul(command, environment);
        return expansion
                .failure()
                .orElseGet(() -> new Resolved.Ok(
                        new ResolvedServer.Stdio(
                                command,
                                environment,
                                directory,
                                definition.common(),
                                fingerprint.hex(),
                                identity.hex()),
                        false));
    }

    /** Puts what the definition itself sets into the environment, and gives what identifies it. */
    private Map<String, String> ownVariables(Map<String, String> environment) {
        Map<String, String> own = newEnvironment();
        Map<String, String> fromFile = expansion
                .expand(definition.envFile(), "/envFile")
                .flatMap(file -> expansion.path(file.value(), "/envFile"))
                .map(this::read)
                .orElse(Map.of());
        environment.putAll(fromFile);
        own.putAll(fromFile);
        definition.env().forEach((name, value) -> {
            Expanded expanded = expansion.expand(value, "/env/" + Members.escape(name));
            environment.put(name, expanded.value());
            own.put(name, expanded.identity());
        });
        return own;
    }

    private Map<String, String> newEnvironment() {
        return surroundings.os() == OperatingSystem.WINDOWS
                ? new TreeMap<>(String.CASE_INSENSITIVE_ORDER)
                : new TreeMap<>();
    }

    private String program(String command) {
        if (command.isBlank()) {
            return expansion.problem(
                    "/command", "config.emptyCommand", "The command is empty once its variables are replaced.");
        }
        return command.startsWith("~/")
                ? surroundings.path(command).map(Path::toString).orElse(command)
                : command;
    }

    private Map<String, String> read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_ENV_FILE + 1);
            if (bytes.length > MAX_ENV_FILE) {
                expansion.problem("/envFile", "config.envFile", "The file " + file + " is larger than 1 MiB.");
                return Map.of();
            }
            return EnvFile.parse(new String(bytes, StandardCharsets.UTF_8));
        } catch (IOException e) {
            expansion.problem(
                    "/envFile",
                    "config.envFile",
                    "The file " + file + " cannot be read: " + FileFailures.sentence(e) + ".");
            return Map.of();
        }
    }

    /** The operating system ends texts at a NUL, so none may slip into a command or variable. */
    private void checkNul(List<String> command, Map<String, String> environment) {
        Optional<String> broken = command.stream()
                .filter(word -> word.indexOf('\0') >= 0)
                .findFirst()
                .or(() -> environment.values().stream()
                        .filter(value -> value.indexOf('\0') >= 0)
                        .findFirst());
        if (broken.isPresent()) {
            expansion.problem("/command", "config.badValue", "A NUL character cannot be given to a command.");
        }
    }
}
