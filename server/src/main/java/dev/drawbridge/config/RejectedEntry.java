package dev.drawbridge.config;

import java.util.List;

/** A server of a configuration file that cannot be used, and why. */
public record RejectedEntry(String name, TextRange nameRange, List<ConfigProblem> problems) {
    public RejectedEntry {
        problems = List.copyOf(problems);
    }
}
