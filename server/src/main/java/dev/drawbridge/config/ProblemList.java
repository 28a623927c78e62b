package dev.drawbridge.config;

import dev.drawbridge.config.ConfigProblem.Severity;
import dev.drawbridge.config.jsonc.JsonNode;
import dev.drawbridge.config.jsonc.JsoncDocument;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Collects problems of one file while it is read; stops at a bound, so that a hostile file cannot flood an editor. */
final class ProblemList {
    private static final int MAX_PROBLEMS = 1_000;

    private final JsoncDocument document;
    private final TextLines lines;
    private final List<ConfigProblem> found = new ArrayList<>();
    private final Set<ConfigProblem> seen = new HashSet<>();

    ProblemList(JsoncDocument document, TextLines lines) {
        this.document = document;
        this.lines = lines;
    }

    JsoncDocument document() {
        return document;
    }

    TextRange range(JsonNode node) {
        return lines.range(node.start(), node.end());
    }

    TextRange range(int start, int end) {
        return lines.range(start, end);
    }

    void error(JsonNode at, String code, String message) {
        add(range(at), Severity.ERROR, code, message);
    }

    void warning(JsonNode at, String code, String message) {
        add(range(at), Severity.WARNING, code, message);
    }

    void information(JsonNode at, String code, String message) {
        add(range(at), Severity.INFORMATION, code, message);
    }

    void add(TextRange range, Severity severity, String code, String message) {
        ConfigProblem problem = new ConfigProblem(range, severity, code, message);
        if ((found.size() < MAX_PROBLEMS || severity == Severity.ERROR) && seen.add(problem)) {
            found.add(problem);
        }
    }

    int size() {
        return found.size();
    }

    /** The errors added since the list had {@code from} problems. */
    List<ConfigProblem> errorsSince(int from) {
        return found.subList(from, found.size()).stream()
                .filter(problem -> problem.severity() == Severity.ERROR)
                .toList();
    }

    /** In the order of the text. */
    List<ConfigProblem> all() {
        return found.stream()
                .sorted(Comparator.comparingInt(
                                (ConfigProblem problem) -> problem.range().startLine())
                        .thenComparingInt(problem -> problem.range().startColumn()))
                .toList();
    }
}
