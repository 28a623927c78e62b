package dev.drawbridge.protocol.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSyntaxException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A JSON value together with its place, read as one of the protocol's types. What does not fit is a {@link
 * JsonSyntaxException} that names the place: a request that fails with any other exception is never answered.
 */
record JsonNode(JsonElement element, String path) {
    private static final int LONGEST_QUOTE = 60;

    /** A member that must be there. */
    <T> T required(String name, Function<JsonNode, T> as) {
        JsonElement member = object().get(name);
        if (member == null) {
            throw new JsonSyntaxException("at " + path + ": the member \"" + name + "\" is missing");
        }
        return as.apply(new JsonNode(member, path + "." + name));
    }

    /** A member that may be absent. Null counts as absent, because some languages have no other word for it. */
    <T> Optional<T> optional(String name, Function<JsonNode, T> as) {
        JsonElement member = object().get(name);
        return member == null || member.isJsonNull()
                ? Optional.empty()
                : Optional.of(as.apply(new JsonNode(member, path + "." + name)));
    }

    JsonObject object() {
        if (element instanceof JsonObject object) {
            return object;
        }
        throw expected("an object");
    }

    String string() {
        if (element instanceof JsonPrimitive primitive && primitive.isString()) {
            return primitive.getAsString();
        }
        throw expected("a string");
    }

    boolean bool() {
        if (element instanceof JsonPrimitive primitive && primitive.isBoolean()) {
            return primitive.getAsBoolean();
        }
        throw expected("true or false");
    }

    int integer() {
        try {
            return decimal().intValueExact();
        } catch (ArithmeticException e) {
            throw expected("a whole number of at most 32 bits");
        }
    }

    int uinteger() {
        int number = integer();
        if (number < 0) {
            throw expected("a number that is not negative");
        }
        return number;
    }

    BigDecimal decimal() {
        if (element instanceof JsonPrimitive primitive && primitive.isNumber()) {
            try {
                return primitive.getAsBigDecimal();
            } catch (NumberFormatException e) {
                throw expected("a number of a usual size");
            }
        }
        throw expected("a number");
    }

    /** RFC 3339. */
    Instant timestamp() {
        try {
            return OffsetDateTime.parse(string()).toInstant();
        } catch (DateTimeException e) {
            throw expected("a time such as 2026-11-23T18:04:05Z");
        }
    }

    URI uri() {
        try {
            URI uri = new URI(string());
            if (uri.isAbsolute()) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // It is told below, in the same words as a relative one.
        }
        throw expected("an absolute URI");
    }

    static <T> Function<JsonNode, List<T>> list(Function<JsonNode, T> as) {
        return node -> {
            if (!node.element.isJsonArray()) {
                throw node.expected("an array");
            }
            List<T> items = new ArrayList<>();
            for (JsonElement item : node.element.getAsJsonArray()) {
                items.add(as.apply(new JsonNode(item, node.path + "[" + items.size() + "]")));
            }
            return items;
        };
    }

    static <T> Function<JsonNode, Map<String, T>> map(Function<JsonNode, T> as) {
        return node -> {
            Map<String, T> members = new LinkedHashMap<>();
            node.object()
                    .asMap()
                    .forEach((name, member) ->
                            members.put(name, as.apply(new JsonNode(member, node.path + "." + name))));
            return members;
        };
    }

    /** The refusal of this value. It never quotes a string: strings may be secret. */
    JsonSyntaxException expected(String what) {
        return new JsonSyntaxException("at " + path + ": expected " + what + " but found "
                + switch (element) {
                    case JsonObject _ -> "an object";
                    case JsonArray _ -> "an array";
                    case JsonPrimitive primitive when primitive.isString() -> "a string";
                    default -> shortened();
                });
    }

    /** The refusal of a value of an enumeration, or of a tag, which are no secrets. */
    JsonSyntaxException expectedOneOf(String values) {
        return new JsonSyntaxException("at " + path + ": expected one of " + values + " but found " + shortened());
    }

    private String shortened() {
        String text = element.toString();
        return text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "…";
    }
}
