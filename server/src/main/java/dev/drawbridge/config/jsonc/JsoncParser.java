package dev.drawbridge.config.jsonc;

import dev.drawbridge.config.jsonc.JsonNode.JsonArray;
import dev.drawbridge.config.jsonc.JsonNode.JsonBoolean;
import dev.drawbridge.config.jsonc.JsonNode.JsonNull;
import dev.drawbridge.config.jsonc.JsonNode.JsonNumber;
import dev.drawbridge.config.jsonc.JsonNode.JsonObject;
import dev.drawbridge.config.jsonc.JsonNode.JsonString;
import dev.drawbridge.config.jsonc.JsonNode.Member;
import dev.drawbridge.config.jsonc.JsonNode.Missing;
import dev.drawbridge.config.jsonc.JsoncDocument.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Recursive descent over JSON with comments that goes on after an error: strings end with their line, a missing comma,
 * colon or value is noted and supposed, and text that is no JSON is stepped over.
 */
final class JsoncParser {
    private static final int MAX_ERRORS = 100;
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

    private final String text;
    private final List<SyntaxError> errors = new ArrayList<>();
    private final List<Span> comments = new ArrayList<>();
    private int at;
    private int depth;

    JsoncParser(String text) {
        this.text = text;
    }

    JsoncDocument parse() {
        if (text.startsWith("\uFEFF")) {
            at = 1;
        }
        skipBlanks();
        JsonNode root = at == text.length() ? new Missing(at, at) : value();
        skipBlanks();
        if (at < text.length()) {
            error(at, text.length(), "There is text after the end of the JSON value.");
        }
        return new JsoncDocument(text, root, errors, comments);
    }

    private JsonNode value() {
        return switch (peek()) {
            case '{' -> nested(true);
            case '[' -> nested(false);
            case '"', '\'' -> string();
            default -> word();
        };
    }

    private JsonNode nested(boolean object) {
        if (depth == JsoncDocument.MAX_DEPTH) {
            error(at, at + 1, "Values are nested deeper than " + JsoncDocument.MAX_DEPTH + " levels.");
            int start = at;
            at = text.length();
            return new Missing(start, at);
        }
        depth++;
        try {
            return object ? object() : array();
        } finally {
            depth--;
        }
    }

    private JsonObject object() {
        int start = at++;
        List<Member> members = new ArrayList<>();
        while (true) {
            skipBlanks();
            switch (peek()) {
                case 0 -> {
                    error(start, start + 1, "This { is never closed.");
                    return new JsonObject(start, at, members, false);
                }
                case '}' -> {
                    at++;
                    return new JsonObject(start, at, members, true);
                }
                case ',' -> {
                    error(at, at + 1, "A key is expected here, not a comma.");
                    at++;
                }
                case ']', ':' -> {
                    error(at, at + 1, "A key is expected here, not " + peek() + ".");
                    at++;
                }
                case '{', '[' -> {
                    error(at, at + 1, "A key is expected before this value.");
                    value();
                    skipComma();
                }
                default -> members.add(member());
            }
        }
    }

    private Member member() {
        JsonString key = key();
        int afterKey = at;
        skipBlanks();
        int colon = -1;
        if (peek() == ':') {
            colon = at++;
        }
        int before = colon < 0 ? afterKey : at;
        skipBlanks();
        boolean valueFollows = !isEndOfValue(peek()) && peek() != ':' && !startsNextMember(before, colon >= 0);
        if (colon < 0) {
            error(key.start(), key.end(), "A colon is missing after this key.");
        } else if (!valueFollows) {
            error(colon, colon + 1, "A value is missing after this colon.");
        }
        JsonNode value = valueFollows ? value() : new Missing(before, before);
        Member member = new Member(key, colon, value, -1);
        boolean errorTold = value instanceof Missing || value instanceof JsonString string && !string.closed();
        return new Member(key, colon, value, separator('}', member.end(), errorTold));
    }

    /** Whether what follows, on another line if a colon came before, looks like {@code "key":}, so that the value was left out. */
    private boolean startsNextMember(int before, boolean afterColon) {
        if (peek() != '"' || afterColon && text.substring(before, at).indexOf('\n') < 0) {
            return false;
        }
        int close = at + 1;
        while (close < text.length() && text.charAt(close) != '"' && text.charAt(close) != '\n') {
            close += text.charAt(close) == '\\' ? 2 : 1;
        }
        int colon = close + 1;
        while (colon < text.length() && (text.charAt(colon) == ' ' || text.charAt(colon) == '\t')) {
            colon++;
        }
        return colon < text.length() && text.charAt(colon) == ':';
    }

    private JsonString key() {
        if (peek() == '"' || peek() == '\'') {
            return string();
        }
        int start = at;
        skipWord();
        error(start, at, "Keys are written in double quotes.");
        return new JsonString(start, at, text.substring(start, at), true);
    }

    private JsonArray array() {
        int start = at++;
        List<JsonNode> items = new ArrayList<>();
        while (true) {
            skipBlanks();
            switch (peek()) {
                case 0 -> {
                    error(start, start + 1, "This [ is never closed.");
                    return new JsonArray(start, at, items, false);
                }
                case ']' -> {
                    at++;
                    return new JsonArray(start, at, items, true);
                }
                case '}' -> {
                    error(start, start + 1, "This [ is never closed.");
                    return new JsonArray(start, at, items, false);
                }
                case ',', ':' -> {
                    error(at, at + 1, "A value is expected here, not " + peek() + ".");
                    at++;
                }
                default -> {
                    JsonNode item = value();
                    items.add(item);
                    separator(']', item.end(), item instanceof Missing);
                }
            }
        }
    }

    /** Steps over the comma after a value; a missing one is noted when another value follows. */
    private int separator(char close, int valueEnd, boolean errorTold) {
        skipBlanks();
        char next = peek();
        if (next == ',') {
            return at++;
        }
        if (!errorTold && next != close && next != 0 && next != '}' && next != ']') {
            error(Math.max(0, valueEnd - 1), valueEnd, "A comma is missing after this.");
        }
        return -1;
    }

    private void skipComma() {
        skipBlanks();
        if (peek() == ',') {
            at++;
        }
    }

    private JsonString string() {
        int start = at;
        char quote = text.charAt(at++);
        if (quote == '\'') {
            error(start, start + 1, "Strings are written in double quotes.");
        }
        StringBuilder value = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == quote) {
                at++;
                return new JsonString(start, at, value.toString(), true);
            }
            if (c == '\n' || c == '\r') {
                break;
            }
            if (c == '\\') {
                escape(value);
            } else {
                if (c < 0x20 && c != '\t') {
                    error(at, at + 1, "A control character in a string is written as an escape.");
                }
                value.append(c);
                at++;
            }
        }
        error(start, at, "This string is never closed.");
        return new JsonString(start, at, value.toString(), false);
    }

    private void escape(StringBuilder value) {
        int start = at++;
        char kind = peek();
        switch (kind) {
            case '"', '\\', '/', '\'' -> value.append(kind);
            case 'b' -> value.append('\b');
            case 'f' -> value.append('\f');
            case 'n' -> value.append('\n');
            case 'r' -> value.append('\r');
            case 't' -> value.append('\t');
            case 'u' -> {
                if (at + 5 <= text.length() && text.substring(at + 1, at + 5).matches("[0-9a-fA-F]{4}")) {
                    value.append((char) Integer.parseInt(text.substring(at + 1, at + 5), 16));
                    at += 4;
                } else {
                    error(start, at + 1, "Four hexadecimal digits follow \\u.");
                }
            }
            case 0, '\n', '\r' -> {
                error(start, at, "A backslash cannot end a line of a string.");
                return;
            }
            default -> {
                error(start, at + 1, "JSON has no escape \\" + kind + "; write \\\\ for a backslash.");
                value.append('\\').append(kind);
            }
        }
        at++;
    }

    private JsonNode word() {
        int start = at;
        skipWord();
        String word = text.substring(start, at);
        return switch (word) {
            case "true", "false" -> new JsonBoolean(start, at, word.equals("true"));
            case "null" -> new JsonNull(start, at);
            default -> {
                if (NUMBER.matcher(word).matches()) {
                    yield new JsonNumber(start, at, word);
                }
                error(start, at, "This is no JSON value; a text is written in double quotes.");
                yield new Missing(start, at);
            }
        };
    }

    /** Always moves on by one character at least. */
    private void skipWord() {
        do {
            at++;
        } while (at < text.length() && " \t\r\n,:{}[]\"'".indexOf(text.charAt(at)) < 0 && !isComment(at));
    }

    private static boolean isEndOfValue(char c) {
        return c == 0 || c == ',' || c == '}' || c == ']';
    }

    private boolean isComment(int offset) {
        return text.startsWith("//", offset) || text.startsWith("/*", offset);
    }

    private void skipBlanks() {
        while (at < text.length()) {
            if (" \t\r\n".indexOf(text.charAt(at)) >= 0) {
                at++;
            } else if (isComment(at)) {
                skipComment();
            } else {
                return;
            }
        }
    }

    private void skipComment() {
        int start = at;
        if (text.charAt(at + 1) == '/') {
            while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
                at++;
            }
        } else {
            int close = text.indexOf("*/", at + 2);
            at = close < 0 ? text.length() : close + 2;
            if (close < 0) {
                error(start, start + 2, "This comment is never closed.");
            }
        }
        comments.add(new Span(start, at));
    }

    /** The character here, or 0 at the end; a NUL in the text is stepped over as a word. */
    private char peek() {
        if (at >= text.length()) {
            return 0;
        }
        char c = text.charAt(at);
        return c == 0 ? '\u0001' : c;
    }

    private void error(int start, int end, String message) {
        if (errors.size() < MAX_ERRORS) {
            errors.add(new SyntaxError(start, Math.min(Math.max(end, start), text.length()), message));
        }
    }
}
