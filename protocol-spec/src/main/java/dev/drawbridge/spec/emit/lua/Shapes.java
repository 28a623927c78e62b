package dev.drawbridge.spec.emit.lua;

import static java.util.stream.Collectors.joining;

import dev.drawbridge.spec.model.BaseType;
import dev.drawbridge.spec.model.Definition;
import dev.drawbridge.spec.model.Enumeration;
import dev.drawbridge.spec.model.Property;
import dev.drawbridge.spec.model.Structure;
import dev.drawbridge.spec.model.Type;
import dev.drawbridge.spec.model.TypeAlias;
import dev.drawbridge.spec.model.Union;
import java.util.List;

/** A definition as a Lua table that says its shape. */
final class Shapes {
    private Shapes() {}

    static String of(Definition definition) {
        return "  " + definition.name() + " = "
                + switch (definition) {
                    case Structure structure -> "{ members = " + members(structure.properties(), "  ") + " }";
                    case Union union ->
                        "{\n    tag = '" + union.tag() + "',\n    cases = {\n"
                                + union.cases().stream()
                                        .map(one -> "      " + one.name() + " = " + members(one.properties(), "      ")
                                                + ",\n")
                                        .collect(joining())
                                + "    },\n  }";
                    case Enumeration enumeration ->
                        "{ values = { "
                                + enumeration.values().stream()
                                        .map(value -> Annotations.isText(enumeration)
                                                ? "'" + value.value().getAsString() + "'"
                                                : value.value().toString())
                                        .collect(joining(", "))
                                + " } }";
                    case TypeAlias alias -> "{ format = '" + alias.format() + "' }";
                }
                + ",\n";
    }

    private static String members(List<Property> properties, String indent) {
        if (properties.isEmpty()) {
            return "{}";
        }
        return "{\n"
                + properties.stream()
                        .map(one -> indent + "  " + one.name() + " = '" + shape(one.type())
                                + (one.optional() ? "?" : "") + "',\n")
                        .collect(joining())
                + indent + "}";
    }

    private static String shape(Type type) {
        return switch (type) {
            case Type.Base(BaseType base) -> base.spelling();
            case Type.Reference(String name) -> name;
            case Type.Array(Type element) -> shape(element) + "[]";
            case Type.Map(Type value) -> shape(value) + "{}";
        };
    }
}
