package dev.drawbridge.config;

import dev.drawbridge.config.jsonc.JsonNode;
import dev.drawbridge.config.jsonc.JsonNode.JsonArray;
import dev.drawbridge.config.jsonc.JsonNode.JsonBoolean;
import dev.drawbridge.config.jsonc.JsonNode.JsonNull;
import dev.drawbridge.config.jsonc.JsonNode.JsonNumber;
import dev.drawbridge.config.jsonc.JsonNode.JsonObject;
import dev.drawbridge.config.jsonc.JsonNode.JsonString;
import dev.drawbridge.config.jsonc.JsonNode.Member;
import dev.drawbridge.config.jsonc.JsonNode.Missing;
import java.util.Map;
import java.util.TreeMap;

/**
 * One text for all spellings of a JSON value: no blanks or comments, keys sorted, of equal keys the last one, strings in one
 * escaping. Numbers stay as written. In the manner of RFC 8785, for comparing definitions and not for interchange.
 */
final class CanonicalJson {
    private CanonicalJson() {}

    static String of(JsonNode node) {
        StringBuilder out = new StringBuilder();
        write(node, out);
        return out.toString();
    }

    static void quote(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < 0x20 || c == 0x7f || Character.isSurrogate(c)) {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }

    private static void write(JsonNode node, StringBuilder out) {
        switch (node) {
            case JsonObject object -> writeObject(object, out);
            case JsonArray array -> {
                out.append('[');
                String separator = "";
                for (JsonNode item : array.items()) {
                    out.append(separator);
                    write(item, out);
                    separator = ",";
                }
                out.append(']');
            }
            case JsonString string -> quote(string.value(), out);
            case JsonNumber number -> out.append(number.text());
            case JsonBoolean literal -> out.append(literal.value());
            case JsonNull literal -> out.append("null");
            case Missing missing -> out.append('?');
        }
    }

    private static void writeObject(JsonObject object, StringBuilder out) {
        Map<String, JsonNode> sorted = new TreeMap<>();
        for (Member member : object.members()) {
            sorted.put(member.name(), member.value());
        }
        out.append('{');
        String separator = "";
        for (Map.Entry<String, JsonNode> member : sorted.entrySet()) {
            out.append(separator);
            quote(member.getKey(), out);
            out.append(':');
            write(member.getValue(), out);
            separator = ",";
        }
        out.append('}');
    }
}
