package dev.drawbridge.spec.emit.typescript;

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
import java.util.Optional;

/**
 * A definition in TypeScript: an interface for a structure, a union of interfaces that are told apart by their tag, a
 * union of literals for an enumeration of strings, and a constant object for one of numbers.
 */
final class TypeText {
    private TypeText() {}

    static String of(Definition definition) {
        return switch (definition) {
            case Structure(String name, String documentation, List<Property> properties) ->
                Comment.of(documentation, "") + object(name, Optional.empty(), properties);
            case Union union -> union(union);
            case Enumeration enumeration -> enumeration(enumeration);
            case TypeAlias alias ->
                Comment.of(alias.documentation(), "") + "export type " + alias.name() + " = " + base(alias.type())
                        + ";\n";
        };
    }

    private static String union(Union union) {
        return union.cases().stream()
                        .map(one -> Comment.of(one.documentation(), "")
                                + object(
                                        caseName(union, one),
                                        Optional.of("readonly " + union.tag() + ": '" + one.name() + "'"),
                                        one.properties())
                                + "\n")
                        .collect(joining())
                + Comment.of(
                        union.documentation() + " The member `" + union.tag() + "` tells which of these it is.", "")
                + "export type " + union.name() + " ="
                + union.cases().stream()
                        .map(one -> "\n  | " + caseName(union, one))
                        .collect(joining())
                + ";\n";
    }

    private static String caseName(Union union, Union.Case one) {
        return union.name()
                + Character.toUpperCase(one.name().charAt(0))
                + one.name().substring(1);
    }

    private static String object(String name, Optional<String> tag, List<Property> properties) {
        if (tag.isEmpty() && properties.isEmpty()) {
            return "export type " + name + " = { readonly [member: string]: unknown };\n";
        }
        return "export interface " + name + " {\n"
                + tag.map(one -> "  " + one + ";\n").orElse("")
                + properties.stream().map(TypeText::member).collect(joining())
                + "}\n";
    }

    private static String member(Property property) {
        return Comment.of(property.documentation() + (property.sensitive() ? " Kept out of logs." : ""), "  ")
                + "  readonly " + property.name() + (property.optional() ? "?" : "") + ": " + type(property.type())
                + ";\n";
    }

    private static String enumeration(Enumeration enumeration) {
        String documentation = Comment.of(enumeration.documentation(), "");
        if (enumeration.type() == BaseType.STRING) {
            return documentation + "export type " + enumeration.name() + " ="
                    + enumeration.values().stream()
                            .map(value -> "\n" + Comment.of(value.documentation(), "  ") + "  | '"
                                    + value.value().getAsString() + "'")
                            .collect(joining())
                    + ";\n";
        }
        return documentation + "export const " + enumeration.name() + " = {\n"
                + enumeration.values().stream()
                        .map(value -> Comment.of(value.documentation(), "  ") + "  " + value.name() + ": "
                                + value.value() + ",\n")
                        .collect(joining())
                + "} as const;\n\n"
                + documentation
                + "export type " + enumeration.name() + " = (typeof " + enumeration.name() + ")[keyof typeof "
                + enumeration.name() + "];\n";
    }

    private static String type(Type type) {
        return switch (type) {
            case Type.Base(BaseType base) -> base(base);
            case Type.Reference(String name) -> name;
            case Type.Array(Type element) -> "readonly " + type(element) + "[]";
            case Type.Map(Type value) -> "{ readonly [name: string]: " + type(value) + " }";
        };
    }

    private static String base(BaseType base) {
        return switch (base) {
            case STRING -> "string";
            case BOOLEAN -> "boolean";
            case INTEGER, UINTEGER, DECIMAL -> "number";
            case URI, DOCUMENT_URI, ANY, OBJECT -> base.spelling();
        };
    }
}
