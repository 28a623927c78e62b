package dev.drawbridge.config;

/** A place in a text, as LSP counts: lines and UTF-16 columns from 0, the end exclusive. */
public record TextRange(int startLine, int startColumn, int endLine, int endColumn) {
    public static final TextRange START_OF_FILE = new TextRange(0, 0, 0, 0);

    /** As people count: {@code 3:14}. */
    public String humanStart() {
        return (startLine + 1) + ":" + (startColumn + 1);
    }
}
