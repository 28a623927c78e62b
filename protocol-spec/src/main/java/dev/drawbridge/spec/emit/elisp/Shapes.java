package dev.drawbridge.spec.emit.elisp;

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

/** A definition as a Lisp list that says its shape. */
final class Shapes {
    private Shapes() {}

    static String of(Definition definition) {
        return "(" + definition.name() + " "
                + switch (definition) {
                    case Structure structure -> "object" + members(structure.properties(), "\n     ");
                    case Union union ->
                        "union :" + union.tag()
                                + union.cases().stream()
                                        .map(one -> "\n     (\"" + one.name() + "\""
                                                + members(one.properties(), "\n      ") + ")")
                                        .collect(joining());
                    case Enumeration enumeration ->
                        "enum"
                                + enumeration.values().stream()
                                        .map(value -> " " + value.value())
                                        .collect(joining());
                    case TypeAlias alias -> "format " + alias.format();
                }
                + ")";
    }

    private static String members(List<Property> properties, String separator) {
        return properties.stream()
                .map(one -> separator + "(:" + one.name() + " " + shape(one.type())
                        + (one.optional() ? " optional" : "") + ")")
                .collect(joining());
    }

    private static String shape(Type type) {
        return switch (type) {
            case Type.Base(BaseType base) -> base.spelling();
            case Type.Reference(String name) -> name;
            case Type.Array(Type element) -> "(list " + shape(element) + ")";
            case Type.Map(Type value) -> "(map " + shape(value) + ")";
        };
    }
}
