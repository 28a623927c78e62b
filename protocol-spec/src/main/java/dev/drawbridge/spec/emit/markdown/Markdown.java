package dev.drawbridge.spec.emit.markdown;

import dev.drawbridge.spec.model.Type;
import java.util.Locale;

/** The few Markdown forms the specification uses. */
final class Markdown {
    private Markdown() {}

    /** The anchor that the usual renderers give a heading. */
    static String anchor(String heading) {
        return heading.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9 -]", "").replace(' ', '-');
    }

    static String link(String type) {
        return "[`" + type + "`](#" + anchor(type) + ")";
    }

    static String type(Type type) {
        return switch (type) {
            case Type.Base(var base) -> "`" + base.spelling() + "`";
            case Type.Reference(String name) -> link(name);
            case Type.Array(Type element) -> "array of " + type(element);
            case Type.Map(Type value) -> "object of " + type(value);
        };
    }

    /** A text inside a table. */
    static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
