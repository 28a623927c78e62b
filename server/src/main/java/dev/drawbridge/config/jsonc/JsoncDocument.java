package dev.drawbridge.config.jsonc;

import dev.drawbridge.config.jsonc.JsonNode.JsonArray;
import dev.drawbridge.config.jsonc.JsonNode.JsonObject;
import dev.drawbridge.config.jsonc.JsonNode.JsonString;
import dev.drawbridge.config.jsonc.JsonNode.Member;
import dev.drawbridge.config.jsonc.JsonNode.Missing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A parsed text: JSON (RFC 8259) with comments, trailing commas and a byte order mark allowed. Every text has a document;
 * one that breaks the grammar has errors besides.
 *
 * @param comments where the comments are, in order
 */
public record JsoncDocument(String text, JsonNode root, List<SyntaxError> errors, List<Span> comments) {
    /** Texts longer than this (in UTF-16 units) are not read. */
    public static final int MAX_LENGTH = 4 * 1024 * 1024;

    /** Objects and arrays nested deeper than this are not read. */
    public static final int MAX_DEPTH = 512;

    public JsoncDocument {
        errors = List.copyOf(errors);
        comments = List.copyOf(comments);
    }

    /** A part of the text, the end exclusive. */
    public record Span(int start, int end) {}

    /** Never throws: whatever the text is, there is a tree. */
    public static JsoncDocument parse(String text) {
        if (text.length() > MAX_LENGTH) {
            SyntaxError error = new SyntaxError(0, 0, "The file is larger than 4 MiB, so it is not read.");
            return new JsoncDocument(text, new Missing(0, 0), List.of(error), List.of());
        }
        return new JsoncParser(text).parse();
    }

    /** Whether the text is only white space and comments. */
    public boolean isBlank() {
        return errors.isEmpty() && root instanceof Missing;
    }

    /** The value at a path of keys and array indices. */
    public Optional<JsonNode> find(List<String> path) {
        JsonNode at = root;
        for (String step : path) {
            Optional<JsonNode> next = switch (at) {
                case JsonObject object -> object.member(step).map(Member::value);
                case JsonArray array -> index(step, array.items().size()).map(array.items()::get);
                default -> Optional.empty();
            };
            if (next.isEmpty()) {
                return Optional.empty();
            }
            at = next.get();
        }
        return Optional.of(at);
    }

    /** The offset in the text of the character at {@code index} in a string's value. */
    public int offsetInString(JsonString string, int index) {
        int at = string.start()
                + (text.startsWith("\"", string.start()) || text.startsWith("'", string.start()) ? 1 : 0);
        for (int i = 0; i < index && at < string.end(); i++) {
            if (text.charAt(at) != '\\') {
                at++;
            } else {
                at += text.startsWith("u", at + 1) ? 6 : 2;
            }
        }
        return Math.min(at, string.end());
    }

    /** The deepest value or key whose text touches the offset. */
    public Optional<JsonNode> nodeAt(int offset) {
        return placeAt(offset).node();
    }

    /** What stands, or could be written, at the offset. */
    public JsonPlace placeAt(int offset) {
        List<String> path = new ArrayList<>();
        for (Span comment : comments) {
            if (comment.start() < offset && offset < comment.end()
                    || offset == comment.end() && text.startsWith("//", comment.start())) {
                return new JsonPlace(path, JsonPlace.Role.NOTHING, Optional.empty());
            }
        }
        JsonNode at = root;
        while (true) {
            switch (at) {
                case JsonObject object
                when isInside(object, object.closed(), offset) -> {
                    Optional<Member> member = memberAt(object, offset);
                    if (member.isEmpty()) {
                        return new JsonPlace(path, JsonPlace.Role.KEY, Optional.empty());
                    }
                    if (offset <= member.get().key().end()) {
                        return new JsonPlace(
                                path,
                                JsonPlace.Role.KEY,
                                Optional.of(member.get().key()));
                    }
                    if (member.get().colon() < 0 || offset <= member.get().colon()) {
                        return new JsonPlace(path, JsonPlace.Role.NOTHING, Optional.empty());
                    }
                    path.add(member.get().name());
                    at = member.get().value();
                }
                case JsonArray array
                when isInside(array, array.closed(), offset) -> {
                    int index = itemAt(array, offset);
                    path.add(String.valueOf(index));
                    if (index >= array.items().size()
                            || offset < array.items().get(index).start()) {
                        return new JsonPlace(path, JsonPlace.Role.VALUE, Optional.empty());
                    }
                    at = array.items().get(index);
                }
                default -> {
                    return leaf(path, at, offset);
                }
            }
        }
    }

    private static JsonPlace leaf(List<String> path, JsonNode node, int offset) {
        if (node.start() <= offset && offset <= node.end()) {
            Optional<JsonNode> touched =
                    node instanceof Missing && node.start() == node.end() ? Optional.empty() : Optional.of(node);
            return new JsonPlace(path, JsonPlace.Role.VALUE, touched);
        }
        boolean stillToCome = offset < node.start() || node instanceof Missing;
        return new JsonPlace(path, stillToCome ? JsonPlace.Role.VALUE : JsonPlace.Role.NOTHING, Optional.empty());
    }

    private static boolean isInside(JsonNode container, boolean closed, int offset) {
        return container.start() < offset && (offset < container.end() || !closed);
    }

    /** The member whose stretch, from its key to the comma after it, holds the offset. */
    private static Optional<Member> memberAt(JsonObject object, int offset) {
        for (Member member : object.members()) {
            if (offset < member.start()) {
                return Optional.empty();
            }
            if (member.comma() >= 0 ? offset <= member.comma() : offset <= member.end()) {
                return Optional.of(member);
            }
            if (member.comma() < 0 && member.value() instanceof Missing && member.colon() >= 0) {
                return Optional.of(member);
            }
        }
        return Optional.empty();
    }

    private static int itemAt(JsonArray array, int offset) {
        int index = 0;
        while (index < array.items().size() && offset > array.items().get(index).end()) {
            index++;
        }
        return index;
    }

    private static Optional<Integer> index(String step, int size) {
        if (!step.matches("[0-9]{1,9}")) {
            return Optional.empty();
        }
        int index = Integer.parseInt(step);
        return index < size ? Optional.of(index) : Optional.empty();
    }
}
