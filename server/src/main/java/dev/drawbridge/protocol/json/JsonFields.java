package dev.drawbridge.protocol.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Builds a JSON object member by member; an empty optional is left out. */
final class JsonFields {
    private final JsonObject object = new JsonObject();

    <T> JsonFields required(String name, T value, Function<? super T, ? extends JsonElement> write) {
        object.add(name, write.apply(value));
        return this;
    }

    <T> JsonFields optional(String name, Optional<T> value, Function<? super T, ? extends JsonElement> write) {
        value.ifPresent(present -> object.add(name, write.apply(present)));
        return this;
    }

    JsonObject object() {
        return object;
    }

    /** A URI or a time, whose text is its JSON. */
    static JsonElement text(Object value) {
        return new JsonPrimitive(value.toString());
    }

    static JsonElement untouched(JsonElement value) {
        return value;
    }

    static <T> Function<List<T>, JsonElement> list(Function<? super T, ? extends JsonElement> write) {
        return items -> {
            JsonArray array = new JsonArray(items.size());
            items.forEach(item -> array.add(write.apply(item)));
            return array;
        };
    }

    static <T> Function<Map<String, T>, JsonElement> map(Function<? super T, ? extends JsonElement> write) {
        return members -> {
            JsonObject written = new JsonObject();
            members.forEach((name, member) -> written.add(name, write.apply(member)));
            return written;
        };
    }
}
