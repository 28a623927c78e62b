package dev.drawbridge.lsp;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The JSON Schema of configuration files, as far as completion and hover ask: which members and values there may be at a
 * place, and what they mean. Checking a file is {@code ConfigFile}'s work.
 */
final class ConfigSchema {
    private static final String RESOURCE = "/dev/drawbridge/config/mcp.schema.json";

    private final JsonObject root;

    ConfigSchema(JsonObject root) {
        this.root = root;
    }

    /** Read when the first question is asked: most sessions never open a configuration file. */
    static ConfigSchema read() {
        try (InputStream in = ConfigSchema.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is missing from this build");
            }
            return new ConfigSchema(JsonParser.parseReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .getAsJsonObject());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The members an object at the path may have, with their schemas. */
    Map<String, JsonObject> members(List<String> path) {
        Map<String, JsonObject> members = new LinkedHashMap<>();
        for (JsonObject schema : at(path)) {
            if (schema.get("properties") instanceof JsonObject properties) {
                properties
                        .entrySet()
                        .forEach(member -> resolve(member.getValue())
                                .ifPresent(value -> members.putIfAbsent(member.getKey(), value)));
            }
        }
        return members;
    }

    /** The values a place may have, as JSON. */
    List<JsonElement> values(List<String> path) {
        List<JsonElement> values = new ArrayList<>();
        for (JsonObject schema : at(path)) {
            if (schema.has("enum")) {
                schema.getAsJsonArray("enum").forEach(values::add);
            } else if (schema.has("type") && schema.get("type").toString().equals("\"boolean\"")) {
                values.add(JsonParser.parseString("true"));
                values.add(JsonParser.parseString("false"));
            }
        }
        return values;
    }

    Optional<String> description(List<String> path) {
        return at(path).stream().flatMap(schema -> description(schema).stream()).findFirst();
    }

    static Optional<String> description(JsonObject schema) {
        return new Params(schema).optionalString("description");
    }

    /** The schemas that describe the value at a path, alternatives side by side. */
    private List<JsonObject> at(List<String> path) {
        List<JsonObject> current = alternatives(root);
        for (String step : path) {
            List<JsonObject> next = new ArrayList<>();
            for (JsonObject schema : current) {
                child(schema, step).ifPresent(found -> next.addAll(alternatives(found)));
            }
            current = next;
        }
        return current;
    }

    private Optional<JsonObject> child(JsonObject schema, String step) {
        if (schema.get("properties") instanceof JsonObject properties && properties.has(step)) {
            return resolve(properties.get(step));
        }
        if (schema.has("items")) {
            return resolve(schema.get("items"));
        }
        return schema.has("additionalProperties") ? resolve(schema.get("additionalProperties")) : Optional.empty();
    }

    private List<JsonObject> alternatives(JsonObject schema) {
        List<JsonObject> all = new ArrayList<>(List.of(schema));
        for (String keyword : List.of("anyOf", "oneOf", "allOf")) {
            if (schema.has(keyword)) {
                schema.getAsJsonArray(keyword)
                        .forEach(one -> resolve(one).ifPresent(found -> all.addAll(alternatives(found))));
            }
        }
        return all;
    }

    /** Follows a reference into {@code $defs}. */
    private Optional<JsonObject> resolve(JsonElement schema) {
        if (!(schema instanceof JsonObject object)) {
            return Optional.empty();
        }
        Optional<String> reference = new Params(object).optionalString("$ref");
        if (reference.isEmpty()) {
            return Optional.of(object);
        }
        String name = reference.get().substring(reference.get().lastIndexOf('/') + 1);
        return new Params(root).at("$defs", name).map(JsonElement::getAsJsonObject);
    }
}
