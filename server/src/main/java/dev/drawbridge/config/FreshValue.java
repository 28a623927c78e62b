package dev.drawbridge.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A value that somebody else renews, such as a workload's assertion: reading it looks everything up again, runs the command
 * behind {@code ${cmd:…}} and reads the file behind {@code @}. Thread-safe.
 */
public final class FreshValue {
    private static final int LONGEST = 1024 * 1024;

    private final ServerEntry entry;
    private final Surroundings surroundings;
    private final String pointer;
    private final String text;

    /** @param pointer where in the entry the text stands */
    FreshValue(ServerEntry entry, Surroundings surroundings, String pointer, String text) {
        this.entry = entry;
        this.surroundings = surroundings;
        this.pointer = pointer;
        this.text = text;
    }

    /** The value now, without the line break at its end; blocks as long as the command or the keyring takes. */
    public LookupResult read() {
        Expansion expansion = new Expansion(entry, surroundings);
        String value = expansion.expand(text, pointer).value();
        Optional<Path> file = isFile() ? expansion.path(value.substring(1), pointer) : Optional.empty();
        if (!expansion.problems().isEmpty()) {
            return new LookupResult.Unavailable(expansion.problems().getFirst().message());
        }
        return file.map(FreshValue::content).orElseGet(() -> found(value));
    }

    /**
     * What the value comes from, as a hash: a command counts by its text and the folder it runs in, a file by its full path,
     * all else by its value.
     */
    public String identity() {
        Expansion expansion = new Expansion(entry, surroundings);
        String source = expansion.withoutCommands(text, pointer);
        String folder = expansion.usesCommands() ? "\0" + surroundings.folder() : "";
        return Sha256.hex(source + folder);
    }

    private boolean isFile() {
        return text.startsWith("@");
    }

    private static LookupResult content(Path file) {
        try {
            if (Files.size(file) > LONGEST) {
                return new LookupResult.Unavailable("The file " + file + " is longer than 1 MiB.");
            }
            return found(Files.readString(file));
        } catch (IOException e) {
            return new LookupResult.Unavailable(
                    "The file " + file + " cannot be read: " + FileFailures.sentence(e) + ".");
        }
    }

    private static LookupResult found(String value) {
        return value.isBlank() ? new LookupResult.Missing() : new LookupResult.Found(value.strip());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FreshValue fresh
                && pointer.equals(fresh.pointer)
                && identity().equals(fresh.identity());
    }

    @Override
    public int hashCode() {
        return identity().hashCode();
    }

    /** A JWT may be written in the file itself. */
    @Override
    public String toString() {
        return "FreshValue[" + pointer + "]";
    }
}
