package dev.drawbridge.config;

import java.io.File;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What one session brings to {@link Interpolation}; Windows' environment does not mind the case of names. */
record Surroundings(
        Map<String, String> environment,
        Optional<Path> workspaceFolder,
        Path userHome,
        SecretLookup keyring,
        InputLookup inputs,
        CommandRunner commands,
        OperatingSystem os) {
    Surroundings {
        Map<String, String> copy =
                os == OperatingSystem.WINDOWS ? new TreeMap<>(String.CASE_INSENSITIVE_ORDER) : new TreeMap<>();
        copy.putAll(environment);
        environment = copy;
    }

    /** Where relative paths start, and where children run unless told otherwise. */
    Path folder() {
        return workspaceFolder.orElse(userHome);
    }

    /** An absolute path, {@code ~} being the user's home; empty when the text can be no path. */
    Optional<Path> path(String text) {
        try {
            if (text.equals("~")) {
                return Optional.of(userHome);
            }
            boolean inHome = text.startsWith("~/") || text.startsWith("~" + File.separator);
            return Optional.of((inHome ? userHome.resolve(text.substring(2)) : folder().resolve(text)).normalize());
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    String pathSeparator() {
        return os == OperatingSystem.WINDOWS ? "\\" : "/";
    }

    /** Environments can hold secrets. */
    @Override
    public String toString() {
        return "Surroundings[" + environment.size() + " variables, " + folder() + "]";
    }
}
