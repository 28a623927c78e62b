package dev.drawbridge.spec.emit.java;

import dev.drawbridge.spec.emit.Wrapped;
import dev.drawbridge.spec.model.Property;
import java.util.ArrayList;
import java.util.List;

/** Writes the model's sentences as Java documentation, wrapped as the house does. */
final class JavaDoc {
    private static final int WIDTH = 112;

    private JavaDoc() {}

    static String of(String text) {
        return of(text, List.of());
    }

    static String of(String text, List<Property> properties) {
        List<String> lines = new ArrayList<>(wrap(inJava(text)));
        if (!properties.isEmpty()) {
            lines.add("");
            for (Property property : properties) {
                lines.addAll(wrap("@param " + property.name() + " " + inJava(property.documentation())));
            }
        }
        if (lines.size() == 1) {
            return "/** " + lines.getFirst() + " */\n";
        }
        StringBuilder doc = new StringBuilder("/**\n");
        for (String line : lines) {
            doc.append((" * " + line).stripTrailing()).append('\n');
        }
        return doc.append(" */\n").toString();
    }

    /** Markdown's code spans become {@code @code} tags; emphasis goes. */
    private static String inJava(String text) {
        return text.replaceAll("`([^`]*)`", "{@code $1}").replaceAll("\\*([^*]+)\\*", "$1");
    }

    private static List<String> wrap(String text) {
        return Wrapped.lines(text, WIDTH);
    }
}
