package dev.drawbridge.oauth;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** Lenient reading of JSON documents of other machines: a member of an unexpected type counts as absent. */
public final class Json {
    private Json() {}

    public static Optional<JsonObject> object(String text) {
        try {
            return JsonParser.parseString(text) instanceof JsonObject object ? Optional.of(object) : Optional.empty();
        } catch (JsonParseException | IllegalStateException e) {
            return Optional.empty();
        }
    }

    public static Optional<String> string(JsonObject object, String name) {
        return object.get(name) instanceof JsonPrimitive value && value.isString()
                ? Optional.of(value.getAsString())
                : Optional.empty();
    }

    public static boolean isTrue(JsonObject object, String name) {
        return object.get(name) instanceof JsonPrimitive value && value.isBoolean() && value.getAsBoolean();
    }

    /** The strings of an array, in order; empty when the member is absent or no array. */
    public static Optional<Set<String>> strings(JsonObject object, String name) {
        JsonElement member = object.get(name);
        if (member == null || !member.isJsonArray()) {
            return Optional.empty();
        }
        Set<String> strings = new LinkedHashSet<>();
        for (JsonElement element : member.getAsJsonArray()) {
            if (element instanceof JsonPrimitive value && value.isString()) {
                strings.add(value.getAsString());
            }
        }
        return Optional.of(strings);
    }

    /** A whole number, also when it is written as a string or with a fraction. */
    public static Optional<Long> whole(JsonObject object, String name) {
        if (!(object.get(name) instanceof JsonPrimitive value) || value.isBoolean()) {
            return Optional.empty();
        }
        try {
            double number = Double.parseDouble(value.getAsString().strip());
            return Double.isFinite(number) ? Optional.of((long) number) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
