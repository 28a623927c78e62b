package dev.drawbridge.spec.emit.typescript;

import static java.util.stream.Collectors.joining;

import dev.drawbridge.spec.emit.Wrapped;
import java.util.List;

/** The model's sentences as TSDoc. */
final class Comment {
    private static final int WIDTH = 108;

    private Comment() {}

    static String of(String text, String indent) {
        List<String> lines = Wrapped.lines(text, WIDTH);
        if (lines.size() == 1) {
            return indent + "/** " + lines.getFirst() + " */\n";
        }
        return indent + "/**\n"
                + lines.stream().map(line -> indent + " * " + line + "\n").collect(joining())
                + indent + " */\n";
    }
}
