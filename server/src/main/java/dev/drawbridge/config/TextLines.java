package dev.drawbridge.config;

import java.util.Arrays;

/** Turns offsets into lines and UTF-16 columns, and back; a line ends with LF, CRLF or CR, as LSP has it. */
public final class TextLines {
    private final int[] starts;
    private final int length;

    public TextLines(String text) {
        int[] found = new int[16];
        int count = 1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n' || c == '\r' && (i + 1 == text.length() || text.charAt(i + 1) != '\n')) {
                if (count == found.length) {
                    found = Arrays.copyOf(found, count * 2);
                }
                found[count++] = i + 1;
            }
        }
        this.starts = Arrays.copyOf(found, count);
        this.length = text.length();
    }

    public TextRange range(int start, int end) {
        int startLine = line(start);
        int endLine = line(end);
        return new TextRange(startLine, start - starts[startLine], endLine, end - starts[endLine]);
    }

    /** The offset of a position; one beyond its line or the text is the nearest there is. */
    public int offset(int line, int column) {
        if (line < 0) {
            return 0;
        }
        if (line >= starts.length) {
            return length;
        }
        int lineEnd = line + 1 < starts.length ? starts[line + 1] - 1 : length;
        return Math.max(starts[line], Math.min(starts[line] + Math.max(0, column), lineEnd));
    }

    private int line(int offset) {
        int found = Arrays.binarySearch(starts, offset);
        return found >= 0 ? found : -found - 2;
    }
}
