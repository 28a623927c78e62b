package dev.drawbridge.config;

/** One replacement in a text, by UTF-16 offsets, the end exclusive; empty on both sides when nothing needs to change. */
public record TextEdit(int start, int end, String replacement) {
    public String applyTo(String text) {
        return text.substring(0, start) + replacement + text.substring(end);
    }

    public boolean isNothing() {
        return start == end && replacement.isEmpty();
    }

    public TextRange range(String text) {
        return new TextLines(text).range(start, end);
    }

    /** The smallest single replacement that makes one text of the other. */
    static TextEdit between(String before, String after) {
        int shorter = Math.min(before.length(), after.length());
        int start = 0;
        while (start < shorter && before.charAt(start) == after.charAt(start)) {
            start++;
        }
        if (start > 0 && Character.isHighSurrogate(before.charAt(start - 1))) {
            start--;
        }
        int same = 0;
        while (same < shorter - start
                && before.charAt(before.length() - 1 - same) == after.charAt(after.length() - 1 - same)) {
            same++;
        }
        if (same > 0 && Character.isLowSurrogate(before.charAt(before.length() - same))) {
            same--;
        }
        return new TextEdit(start, before.length() - same, after.substring(start, after.length() - same));
    }
}
