package dev.drawbridge.spec.model;

import com.google.gson.JsonPrimitive;
import java.util.List;
import java.util.Optional;

/** A closed set of strings or integers. */
public record Enumeration(String name, BaseType type, String documentation, List<Value> values) implements Definition {
    public Enumeration {
        values = List.copyOf(values);
    }

    /**
     * One of the values.
     *
     * @param value what stands in the JSON
     * @param errorData for an error code, the type of the error's {@code data}
     */
    public record Value(String name, JsonPrimitive value, String documentation, Optional<Type> errorData) {}
}
