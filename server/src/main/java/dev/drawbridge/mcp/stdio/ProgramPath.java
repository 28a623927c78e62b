package dev.drawbridge.mcp.stdio;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Finds a program on the PATH its own environment names, where the JDK would look on the daemon's. */
final class ProgramPath {
    private ProgramPath() {}

    static Optional<String> find(String program, Map<String, String> environment, Path directory, boolean windows) {
        if (program.contains("/") || windows && program.contains("\\")) {
            Path path = directory.resolve(program);
            return executable(path, windows);
        }
        String path = value(environment, "PATH", windows).orElse(windows ? "" : "/usr/local/bin:/usr/bin:/bin");
        for (String folder : path.split(windows ? ";" : ":")) {
            try {
                Optional<String> found = executable(directory.resolve(folder).resolve(program), windows);
                if (found.isPresent()) {
                    return found;
                }
            } catch (InvalidPathException e) {
                // A broken entry of the PATH hides nothing behind it.
            }
        }
        return Optional.empty();
    }

    private static Optional<String> executable(Path path, boolean windows) {
        List<String> endings = windows ? List.of("", ".exe", ".cmd", ".bat", ".com") : List.of("");
        for (String ending : endings) {
            File file = new File(path + ending);
            boolean runnable = windows ? !ending.isEmpty() || file.getName().contains(".") : file.canExecute();
            if (runnable && Files.isRegularFile(file.toPath())) {
                return Optional.of(file.getPath());
            }
        }
        return Optional.empty();
    }

    /** Windows does not tell the case of a variable's name apart. */
    private static Optional<String> value(Map<String, String> environment, String name, boolean windows) {
        return environment.entrySet().stream()
                .filter(entry -> windows
                        ? entry.getKey().toUpperCase(Locale.ROOT).equals(name)
                        : entry.getKey().equals(name))
                .map(Map.Entry::getValue)
                .findFirst();
    }
}
