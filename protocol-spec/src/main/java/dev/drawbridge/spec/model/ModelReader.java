package dev.drawbridge.spec.model;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Reads the model file. What its JSON Schema guarantees is not checked a second time here. */
public final class ModelReader {
    private ModelReader() {}

    public static ProtocolModel read(String json) {
        JsonObject root = JsonParser.parseString(json).getAsJsonObject();
        return new ProtocolModel(
                text(root.getAsJsonObject("metaData"), "version"),
                Stream.of("requests", "notifications")
                        .flatMap(kind -> list(root, kind, ModelReader::message).stream())
                        .toList(),
                list(root, "structures", ModelReader::structure),
                list(root, "unions", ModelReader::union),
                list(root, "enumerations", ModelReader::enumeration),
                list(root, "typeAliases", ModelReader::typeAlias));
    }

    private static Message message(JsonObject json) {
        return new Message(
                text(json, "method"),
                text(json, "messageDirection").equals("clientToServer")
                        ? Message.Direction.CLIENT_TO_SERVER
                        : Message.Direction.SERVER_TO_CLIENT,
                text(json.getAsJsonObject("params"), "name"),
                optional(json, "result").map(result -> text(result.getAsJsonObject(), "name")),
                optional(json, "errors").stream()
                        .flatMap(errors -> stream(errors.getAsJsonArray()))
                        .map(JsonElement::getAsString)
                        .toList(),
                text(json, "since"),
                text(json, "documentation"),
                text(json, "fallback"));
    }

    private static Structure structure(JsonObject json) {
        return new Structure(text(json, "name"), text(json, "documentation"), properties(json));
    }

    private static Union union(JsonObject json) {
        return new Union(
                text(json, "name"),
                text(json, "tag"),
                text(json, "documentation"),
                list(
                        json,
                        "cases",
                        one -> new Union.Case(text(one, "name"), text(one, "documentation"), properties(one))));
    }

    private static Enumeration enumeration(JsonObject json) {
        return new Enumeration(
                text(json, "name"),
                BaseType.of(text(json.getAsJsonObject("type"), "name")),
                text(json, "documentation"),
                list(
                        json,
                        "values",
                        value -> new Enumeration.Value(
                                text(value, "name"),
                                value.getAsJsonPrimitive("value"),
                                text(value, "documentation"),
                                optional(value, "errorData").map(data -> type(data.getAsJsonObject())))));
    }

    private static TypeAlias typeAlias(JsonObject json) {
        return new TypeAlias(
                text(json, "name"),
                BaseType.of(text(json.getAsJsonObject("type"), "name")),
                text(json, "format"),
                text(json, "documentation"));
    }

    private static List<Property> properties(JsonObject owner) {
        return list(
                owner,
                "properties",
                json -> new Property(
                        text(json, "name"),
                        type(json.getAsJsonObject("type")),
                        flag(json, "optional"),
                        flag(json, "sensitive"),
                        text(json, "documentation")));
    }

    private static Type type(JsonObject json) {
        return switch (text(json, "kind")) {
            case "base" -> new Type.Base(BaseType.of(text(json, "name")));
            case "reference" -> new Type.Reference(text(json, "name"));
            case "array" -> new Type.Array(type(json.getAsJsonObject("element")));
            case "map" -> new Type.Map(type(json.getAsJsonObject("value")));
            default -> throw new IllegalArgumentException("not a type: " + json);
        };
    }

    private static <T> List<T> list(JsonObject owner, String name, Function<JsonObject, T> read) {
        return stream(owner.getAsJsonArray(name))
                .map(JsonElement::getAsJsonObject)
                .map(read)
                .toList();
    }

    private static Stream<JsonElement> stream(JsonArray array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static String text(JsonObject json, String name) {
        return json.get(name).getAsString();
    }

    private static boolean flag(JsonObject json, String name) {
        return json.has(name) && json.get(name).getAsBoolean();
    }

    private static Optional<JsonElement> optional(JsonObject json, String name) {
        return Optional.ofNullable(json.get(name));
    }
}
