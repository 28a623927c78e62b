package dev.drawbridge.spec.emit.lua;

import static java.util.stream.Collectors.joining;

import dev.drawbridge.spec.emit.Wrapped;
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

/** A definition as LuaLS annotations: a class for each object, an alias for what is one of several. */
final class Annotations {
    private static final int WIDTH = 112;

    private Annotations() {}

    static String of(Definition definition) {
        return switch (definition) {
            case Structure(String name, String documentation, List<Property> properties) ->
                comment(documentation) + type(name, Optional.empty(), properties);
            case Union union ->
                union.cases().stream()
                                .map(one -> comment(one.documentation())
                                        + type(
                                                union.name() + "." + one.name(),
                                                Optional.of("---@field " + union.tag() + " '" + one.name() + "'\n"),
                                                one.properties())
                                        + "\n")
                                .collect(joining())
                        + comment(union.documentation()) + "---@alias drawbridge." + union.name() + "\n"
                        + union.cases().stream()
                                .map(one -> "---| drawbridge." + union.name() + "." + one.name() + "\n")
                                .collect(joining());
            case Enumeration enumeration ->
                comment(enumeration.documentation()) + "---@alias drawbridge." + enumeration.name() + "\n"
                        + enumeration.values().stream()
                                .map(value ->
                                        "---| " + literal(enumeration, value) + " # " + value.documentation() + "\n")
                                .collect(joining());
            case TypeAlias alias ->
                comment(alias.documentation()) + "---@alias drawbridge." + alias.name() + " " + base(alias.type())
                        + "\n";
        };
    }

    static boolean isText(Enumeration enumeration) {
        return enumeration.type() == BaseType.STRING;
    }

    static String comment(String text) {
        return Wrapped.lines(text, WIDTH).stream()
                .map(line -> "---" + line + "\n")
                .collect(joining());
    }

    private static String literal(Enumeration enumeration, Enumeration.Value value) {
        return isText(enumeration)
                ? "'" + value.value().getAsString() + "'"
                : value.value().toString();
    }

    private static String type(String name, Optional<String> tag, List<Property> properties) {
        return "---@class drawbridge." + name + "\n" + tag.orElse("")
                + properties.stream()
                        .map(one -> "---@field " + one.name() + (one.optional() ? "? " : " ") + lua(one.type()) + " "
                                + one.documentation() + (one.sensitive() ? " Kept out of logs." : "") + "\n")
                        .collect(joining());
    }

    private static String lua(Type type) {
        return switch (type) {
            case Type.Base(BaseType base) -> base(base);
            case Type.Reference(String name) -> "drawbridge." + name;
            case Type.Array(Type element) -> lua(element) + "[]";
            case Type.Map(Type value) -> "table<string, " + lua(value) + ">";
        };
    }

    private static String base(BaseType base) {
        return switch (base) {
            case STRING, URI, DOCUMENT_URI -> "string";
            case BOOLEAN -> "boolean";
            case INTEGER, UINTEGER -> "integer";
            case DECIMAL -> "number";
            case ANY, OBJECT -> "drawbridge." + base.spelling();
        };
    }
}
