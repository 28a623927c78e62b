package dev.drawbridge.config.jsonc;

import java.util.List;
import java.util.Optional;

/**
 * A node of the syntax tree of a JSON text with comments. {@code start} and {@code end} are UTF-16 offsets into the text,
 * the end exclusive. Half-written texts have trees too: what is not there is a {@link Missing}.
 */
public sealed interface JsonNode {
    int start();

    int end();

    /** What people call this kind of value in a message. */
    default String kind() {
        return switch (this) {
            case JsonObject object -> "an object";
            case JsonArray array -> "an array";
            case JsonString string -> "a string";
            case JsonNumber number -> "a number";
            case JsonBoolean literal -> "a boolean";
            case JsonNull literal -> "null";
            case Missing missing -> "nothing";
        };
    }

    /** @param closed whether the closing brace is there */
    record JsonObject(int start, int end, List<Member> members, boolean closed) implements JsonNode {
        public JsonObject {
            members = List.copyOf(members);
        }

        /** The last member of that name, which is the one that counts. */
        public Optional<Member> member(String name) {
            return members.reversed().stream()
                    .filter(member -> member.name().equals(name))
                    .findFirst();
        }
    }

    /**
     * A key and its value.
     *
     * @param colon the colon's offset, or -1 when it is missing
     * @param comma the offset of the comma that follows, or -1
     */
    record Member(JsonString key, int colon, JsonNode value, int comma) {
        public String name() {
            return key.value();
        }

        public int start() {
            return key.start();
        }

        public int end() {
            return Math.max(key.end(), Math.max(colon + 1, value.end()));
        }
    }

    /** @param closed whether the closing bracket is there */
    record JsonArray(int start, int end, List<JsonNode> items, boolean closed) implements JsonNode {
        public JsonArray {
            items = List.copyOf(items);
        }
    }

    /** @param closed whether the closing quote is there */
    record JsonString(int start, int end, String value, boolean closed) implements JsonNode {}

    /** @param text as written */
    record JsonNumber(int start, int end, String text) implements JsonNode {}

    record JsonBoolean(int start, int end, boolean value) implements JsonNode {}

    record JsonNull(int start, int end) implements JsonNode {}

    /** Where a value should be: empty, or text that is none. */
    record Missing(int start, int end) implements JsonNode {}
}
