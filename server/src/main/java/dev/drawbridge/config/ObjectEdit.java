package dev.drawbridge.config;

import dev.drawbridge.config.jsonc.JsonNode;
import dev.drawbridge.config.jsonc.JsonNode.JsonArray;
import dev.drawbridge.config.jsonc.JsonNode.JsonObject;
import dev.drawbridge.config.jsonc.JsonNode.Member;
import dev.drawbridge.config.jsonc.JsoncDocument;
import dev.drawbridge.config.jsonc.JsoncDocument.Span;
import java.util.List;

/** Puts members into one object's text and takes them out, in the manner the text around is written in. */
final class ObjectEdit {
    private final JsoncDocument document;
    private final String text;
    private final JsonObject object;
    private final String newline;

    ObjectEdit(JsoncDocument document, JsonObject object) {
        this.document = document;
        this.text = document.text();
        this.object = object;
        this.newline = text.contains("\r\n") ? "\r\n" : "\n";
    }

    static String replace(JsoncDocument document, JsonNode old, JsoncDocument value) {
        String text = document.text();
        StringBuilder out = new StringBuilder(text.substring(0, old.start()));
        ObjectEdit edit = new ObjectEdit(document, new JsonObject(0, 0, List.of(), true));
        edit.write(value, value.root(), edit.indentAt(old.start()), false, out);
        return out.append(text.substring(old.end())).toString();
    }

    String insert(String key, JsoncDocument value) {
        return object.members().isEmpty() ? insertFirst(key, value) : insertLast(key, value);
    }

    private String insertFirst(String key, JsoncDocument value) {
        String closing = indentAt(object.start());
        String indent = closing + unit();
        int from = lastCommentEnd(object.start() + 1, object.end() - 1);
        return text.substring(0, from)
                + newline
                + indent
                + member(key, value, indent, false)
                + newline
                + closing
                + text.substring(object.end() - 1);
    }

    private String insertLast(String key, JsoncDocument value) {
        Member last = object.members().getLast();
        boolean inline = text.substring(object.start(), last.end()).indexOf('\n') < 0;
        boolean trailingComma = last.comma() >= 0;
        int afterLast = trailingComma ? last.comma() + 1 : last.end();
        if (inline) {
            String added = " " + member(key, value, indentAt(object.start()), true);
            return text.substring(0, afterLast)
                    + (trailingComma ? "" : ",")
                    + added
                    + (trailingComma ? "," : "")
                    + text.substring(afterLast);
        }
        int afterComments = endOfLineComments(afterLast);
        String indent = indentAt(last.start());
        return text.substring(0, afterLast)
                + (trailingComma ? "" : ",")
                + text.substring(afterLast, afterComments)
                + newline
                + indent
                + member(key, value, indent, false)
                + (trailingComma ? "," : "")
                + text.substring(afterComments);
    }

    String remove(Member member) {
        int index = object.members().indexOf(member);
        boolean last = index == object.members().size() - 1;
        int from = member.start();
        int to = member.comma() >= 0 ? member.comma() + 1 : member.end();
        boolean ownLines = isBlank(lineStart(from), from);
        if (ownLines) {
            int afterComments = endOfLineComments(to);
            if (atLineEnd(afterComments)) {
                from = lineStart(from);
                to = nextLine(afterComments);
            }
        } else if (!last) {
            to = object.members().get(index + 1).start();
        } else if (index > 0 && member.comma() >= 0) {
            int afterComma = object.members().get(index - 1).comma() + 1;
            from = isBlank(afterComma, from) ? afterComma : from;
        }
        String before = text.substring(0, from);
        if (last && index > 0 && member.comma() < 0) {
            // The comma before would trail now, which strict readers of the same file do not allow.
            int comma = object.members().get(index - 1).comma();
            before = text.substring(0, comma)
                    + (ownLines
                            ? text.substring(comma + 1, from)
                            : text.substring(comma + 1, from).stripTrailing());
        }
        return before + text.substring(to);
    }

    private String member(String key, JsoncDocument value, String indent, boolean inline) {
        StringBuilder out = new StringBuilder();
        CanonicalJson.quote(key, out);
        out.append(": ");
        write(value, value.root(), indent, inline, out);
        return out.toString();
    }

    /** Scalars and lists of scalars on one line, objects on several. */
    private void write(JsoncDocument source, JsonNode node, String indent, boolean inline, StringBuilder out) {
        switch (node) {
            case JsonObject container
            when !container.members().isEmpty() -> {
                String inner = indent + unit();
                String separator = inline ? "{" : "{" + newline + inner;
                for (Member member : container.members()) {
                    out.append(separator);
                    CanonicalJson.quote(member.name(), out);
                    out.append(": ");
                    write(source, member.value(), inner, inline, out);
                    separator = inline ? ", " : "," + newline + inner;
                }
                out.append(inline ? "}" : newline + indent + "}");
            }
            case JsonObject container -> out.append("{}");
            case JsonArray array -> {
                String separator = "[";
                for (JsonNode item : array.items()) {
                    out.append(separator);
                    write(source, item, indent, true, out);
                    separator = ", ";
                }
                out.append(array.items().isEmpty() ? "[]" : "]");
            }
            default -> out.append(source.text(), node.start(), node.end());
        }
    }

    /** What one level is indented by: as the root's first member is, or two spaces. */
    private String unit() {
        if (document.root() instanceof JsonObject root && !root.members().isEmpty()) {
            int first = root.members().getFirst().start();
            String indent = indentAt(first);
            if (!indent.isEmpty() && isBlank(lineStart(first), first)) {
                return indent;
            }
        }
        return "  ";
    }

    /** The blanks the offset's line starts with. */
    private String indentAt(int offset) {
        int start = lineStart(offset);
        int end = start;
        while (end < text.length() && (text.charAt(end) == ' ' || text.charAt(end) == '\t')) {
            end++;
        }
        return text.substring(start, end);
    }

    private int lineStart(int offset) {
        int start = text.lastIndexOf('\n', offset - 1) + 1;
        return start == 0 && text.startsWith("\uFEFF") ? 1 : start;
    }

    private boolean isBlank(int from, int to) {
        return text.substring(from, to).isBlank();
    }

    /** The end of the comments that follow on the same line. */
    private int endOfLineComments(int from) {
        int end = from;
        for (Span comment : document.comments()) {
            if (comment.start() >= end
                    && isBlank(end, comment.start())
                    && text.substring(end, comment.end()).indexOf('\n') < 0) {
                end = comment.end();
            }
        }
        return end;
    }

    private int lastCommentEnd(int from, int to) {
        int end = from;
        for (Span comment : document.comments()) {
            if (comment.start() >= from && comment.end() <= to) {
                end = comment.end();
            }
        }
        return end;
    }

    private boolean atLineEnd(int offset) {
        int end = text.indexOf('\n', offset);
        return end >= 0 && isBlank(offset, end);
    }

    private int nextLine(int offset) {
        return text.indexOf('\n', offset) + 1;
    }
}
