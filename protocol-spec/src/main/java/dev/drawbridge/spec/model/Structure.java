package dev.drawbridge.spec.model;

import java.util.List;

/** A JSON object with known members. A receiver ignores the members it does not know. */
public record Structure(String name, String documentation, List<Property> properties) implements Definition {
    public Structure {
        properties = List.copyOf(properties);
    }
}
