package dev.drawbridge.spec.emit;

import java.util.ArrayList;
import java.util.List;

/** Breaks the model's sentences into lines for comments. */
public final class Wrapped {
    private Wrapped() {}

    /**
     * The text in lines, broken at spaces.
     *
     * @param width the longest line in characters, unless one word is longer
     */
    public static List<String> lines(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (!line.isEmpty() && line.length() + word.length() >= width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
