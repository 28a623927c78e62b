package dev.drawbridge.lsp;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.lsp4j.jsonrpc.ResponseErrorException;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseError;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of one incoming message, read member by member.
 *
 * <p>Editors send surprising things, {@code null} where an object is due above all. Reading the few members Drawbridge
 * needs one at a time turns every surprise into JSON-RPC's "invalid params" instead of a null pointer in a handler.
 */
record Params(JsonElement json) {
    static final Params NONE = new Params(JsonNull.INSTANCE);

    /** What LSP4J hands over for a method whose parameter type it was not told: a JSON tree, or null. */
    static Params of(@Nullable Object raw) {
        return raw instanceof JsonElement tree ? new Params(tree) : NONE;
    }

    /** The value at the path of member names; empty when it is missing or null on the way. */
    Optional<JsonElement> at(String... path) {
        JsonElement current = json;
        for (String name : path) {
            if (!(current instanceof JsonObject object) || !object.has(name)) {
                return Optional.empty();
            }
            current = object.get(name);
        }
        return current.isJsonNull() ? Optional.empty() : Optional.of(current);
    }

    Optional<String> optionalString(String... path) {
        return at(path).flatMap(Params::text);
    }

    String string(String... path) {
        return optionalString(path).orElseThrow(() -> invalid(name(path) + " must be a string"));
    }

    Optional<Boolean> optionalBoolean(String... path) {
        return at(path).flatMap(value -> value instanceof JsonPrimitive primitive && primitive.isBoolean()
                ? Optional.of(primitive.getAsBoolean())
                : Optional.empty());
    }

    /** True only where the member is the literal true: an undeclared capability is one the client lacks. */
    boolean flag(String... path) {
        return optionalBoolean(path).orElse(false);
    }

    int integer(String... path) {
        return at(path).flatMap(Params::whole).orElseThrow(() -> invalid(name(path) + " must be an integer"));
    }

    /** The elements of an array; none when it is missing. */
    List<Params> elements(String... path) {
        List<Params> found = new ArrayList<>();
        if (at(path).orElse(JsonNull.INSTANCE) instanceof JsonArray array) {
            array.forEach(element -> found.add(new Params(element)));
        }
        return found;
    }

    /** The value itself when it is a string. */
    Optional<String> asText() {
        return text(json);
    }

    static ResponseErrorException invalid(String sentence) {
        return new ResponseErrorException(
                new ResponseError(ResponseErrorCode.InvalidParams, "Invalid params: " + sentence + ".", null));
    }

    private static Optional<String> text(JsonElement value) {
        return value instanceof JsonPrimitive primitive && primitive.isString()
                ? Optional.of(primitive.getAsString())
                : Optional.empty();
    }

    private static Optional<Integer> whole(JsonElement value) {
        if (value instanceof JsonPrimitive primitive && primitive.isNumber()) {
            double number = primitive.getAsDouble();
            if (number == Math.rint(number) && Math.abs(number) <= Integer.MAX_VALUE) {
                return Optional.of((int) number);
            }
        }
        return Optional.empty();
    }

    private static String name(String... path) {
        return String.join(".", path);
    }
}
