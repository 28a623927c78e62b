package dev.drawbridge.spec.emit.markdown;

import static java.util.stream.Collectors.joining;

import dev.drawbridge.spec.Examples;
import dev.drawbridge.spec.model.ProtocolModel;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fills in what hand-written pages take from the model, so that it cannot go out of date: {@code {{version}}}, {@code
 * {{fallbacks}}}, and examples as {@code {{Server/connected}}}.
 */
final class Prose {
    private static final Pattern BLANK = Pattern.compile("\\{\\{([A-Za-z]+)(?:/([A-Za-z]+))?}}");

    private final ProtocolModel model;
    private final Examples examples;

    Prose(ProtocolModel model, Examples examples) {
        this.model = model;
        this.examples = examples;
    }

    String fill(String page) {
        return BLANK.matcher(page)
                .replaceAll(blank -> Matcher.quoteReplacement(
                        switch (blank.group(1)) {
                            case "version" -> model.version();
                            case "fallbacks" -> fallbacks();
                            case String type ->
                                examples.named(type, blank.group(2))
                                        .orElseThrow(() -> new IllegalStateException(
                                                "a page asks for an example that is not there: " + blank.group()));
                        }))
                .strip();
    }

    private String fallbacks() {
        return "| message | a bare LSP editor gets |\n|---|---|\n"
                + model.messages().stream()
                        .map(one -> "| [`" + one.method() + "`](specification.md#" + Markdown.anchor(one.method())
                                + ") | " + Markdown.cell(one.fallback()) + " |")
                        .collect(joining("\n"));
    }
}
