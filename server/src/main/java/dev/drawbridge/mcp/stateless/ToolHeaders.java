package dev.drawbridge.mcp.stateless;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The {@code x-mcp-header} annotations of one tool (2026-07-28, Streamable HTTP, custom headers from tool parameters;
 * requirements 62 and 63): which arguments are mirrored into which {@code Mcp-Param-*} headers.
 */
public sealed interface ToolHeaders {
    String ANNOTATION = "x-mcp-header";
    Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    long LARGEST_SAFE_INTEGER = (1L << 53) - 1;
    int MOST_NESTING = 64;

    /** The annotations are in order. */
    record Valid(List<Mirrored> parameters) implements ToolHeaders {}

    /** The tool must not be offered; the reason completes "the tool … was left out: ". */
    record Invalid(String reason) implements ToolHeaders {}

    /** One argument, by the names that lead to it, and its header's last part. */
    record Mirrored(List<String> path, String header) {}

    static ToolHeaders of(JsonObject tool) {
        if (!(tool.get("inputSchema") instanceof JsonObject schema)) {
            return new Valid(List.of());
        }
        List<Mirrored> found = new ArrayList<>();
        Optional<String> fault = collect(schema, List.of(), found, new HashSet<>());
        return fault.<ToolHeaders>map(Invalid::new).orElseGet(() -> new Valid(List.copyOf(found)));
    }

    /** Walks the chain of {@code properties}; an annotation found anywhere else is a fault. */
    private static Optional<String> collect(
            JsonObject schema, List<String> path, List<Mirrored> found, Set<String> seen) {
        if (path.size() > MOST_NESTING) {
            return Optional.of("its schema nests too deeply");
        }
        for (Map.Entry<String, JsonElement> entry : schema.entrySet()) {
            Optional<String> fault;
            if (entry.getKey().equals(ANNOTATION)) {
                fault = path.isEmpty()
                        ? Optional.of(ANNOTATION + " stands at the root of the schema")
                        : annotated(schema, entry.getValue(), path, found, seen);
            } else if (entry.getKey().equals("properties") && entry.getValue() instanceof JsonObject properties) {
                fault = properties(properties, path, found, seen);
            } else if (isData(entry.getKey())) {
                fault = Optional.empty();
            } else {
                fault = holdsAnnotation(entry.getValue(), 0)
                        ? Optional.of(ANNOTATION + " stands below " + entry.getKey() + ", where it cannot be reached")
                        : Optional.empty();
            }
            if (fault.isPresent()) {
                return fault;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> properties(
            JsonObject properties, List<String> path, List<Mirrored> found, Set<String> seen) {
        for (Map.Entry<String, JsonElement> property : properties.entrySet()) {
            if (property.getValue() instanceof JsonObject schema) {
                List<String> below = new ArrayList<>(path);
                below.add(property.getKey());
                Optional<String> fault = collect(schema, below, found, seen);
                if (fault.isPresent()) {
                    return fault;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> annotated(
            JsonObject schema, JsonElement value, List<String> path, List<Mirrored> found, Set<String> seen) {
        String where = " of " + String.join(".", path);
        if (!(value instanceof JsonPrimitive text) || !text.isString()) {
            return Optional.of("the " + ANNOTATION + where + " is no string");
        }
        String name = text.getAsString();
        if (!TOKEN.matcher(name).matches()) {
            return Optional.of("the " + ANNOTATION + where + " is no header name");
        }
        if (!seen.add(name.toLowerCase(Locale.ROOT))) {
            return Optional.of("the " + ANNOTATION + " " + name + " is used twice");
        }
        if (!(schema.get("type") instanceof JsonPrimitive type)
                || !Set.of("string", "integer", "boolean").contains(type.getAsString())) {
            return Optional.of("the parameter" + where + " is neither string nor integer nor boolean");
        }
        found.add(new Mirrored(List.copyOf(path), name));
        return Optional.empty();
    }

    /** Keywords whose values are instances, not schemas: what looks like an annotation in them is none. */
    private static boolean isData(String keyword) {
        return Set.of("default", "const", "enum", "examples", "example").contains(keyword);
    }

    private static boolean holdsAnnotation(JsonElement element, int depth) {
        if (depth > MOST_NESTING) {
            return false;
        }
        return switch (element) {
            case JsonObject object ->
                object.has(ANNOTATION)
                        || object.entrySet().stream()
                                .anyMatch(entry ->
                                        !isData(entry.getKey()) && holdsAnnotation(entry.getValue(), depth + 1));
            case JsonArray array -> array.asList().stream().anyMatch(item -> holdsAnnotation(item, depth + 1));
            default -> false;
        };
    }

    /** The headers for a call with these arguments; an argument that is missing, null or of another type has none. */
    static Map<String, String> headers(List<Mirrored> parameters, JsonElement arguments) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (Mirrored parameter : parameters) {
            JsonElement at = arguments;
            for (String name : parameter.path()) {
                at = at instanceof JsonObject object && object.get(name) != null ? object.get(name) : JsonNull.INSTANCE;
            }
            if (at instanceof JsonPrimitive primitive) {
                text(primitive)
                        .ifPresent(value -> headers.put("Mcp-Param-" + parameter.header(), HeaderValue.encode(value)));
            }
        }
        return headers;
    }

    private static Optional<String> text(JsonPrimitive value) {
        if (!value.isNumber()) {
            return Optional.of(value.getAsString());
        }
        try {
            long number = value.getAsBigDecimal().longValueExact();
            return Math.abs(number) <= LARGEST_SAFE_INTEGER ? Optional.of(String.valueOf(number)) : Optional.empty();
        } catch (ArithmeticException | NumberFormatException e) {
            return Optional.empty();
        }
    }
}
