package dev.drawbridge.spec;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The examples of each type: {@code examples/<Type>/valid/*.json} and {@code examples/<Type>/invalid/*.json}. The tests of
 * the specification, of the server and of the clients all read the same ones.
 */
public final class Examples {
    private final Path folder;

    public Examples(Path folder) {
        this.folder = folder;
    }

    public List<Path> valid(String type) {
        return json(folder.resolve(type).resolve("valid"));
    }

    public List<Path> invalid(String type) {
        return json(folder.resolve(type).resolve("invalid"));
    }

    /** The names of the types that have examples. */
    public List<String> types() {
        return list(folder).stream().map(path -> path.getFileName().toString()).toList();
    }

    /** The text of the valid example with this name. */
    public Optional<String> named(String type, String name) {
        return valid(type).stream()
                .filter(path -> path.endsWith(name + ".json"))
                .map(Examples::text)
                .findFirst();
    }

    /** The text of the valid example with this name, else of the one called {@code typical}, else of the first one. */
    public String show(String type, String preferred) {
        return named(type, preferred)
                .or(() -> named(type, "typical"))
                .orElseGet(() -> text(valid(type).getFirst()));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> json(Path folder) {
        return list(folder).stream()
                .filter(path -> path.toString().endsWith(".json"))
                .toList();
    }

    private static List<Path> list(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> found = Files.list(folder)) {
            return found.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
