package dev.drawbridge.spec.emit.java;

import static java.util.stream.Collectors.joining;

import dev.drawbridge.spec.model.BaseType;
import dev.drawbridge.spec.model.Enumeration;
import dev.drawbridge.spec.model.Property;
import dev.drawbridge.spec.model.ProtocolModel;
import dev.drawbridge.spec.model.Structure;
import dev.drawbridge.spec.model.Union;
import java.util.List;

/** The reading and writing of each type: one class with {@code read} and {@code write}. */
final class JsonSource {
    private final JavaType types;

    JsonSource(ProtocolModel model) {
        types = new JavaType(model);
    }

    String of(Structure structure) {
        String name = structure.name();
        String read = structure.properties().isEmpty()
                ? "json.object();\nreturn new " + name + "();\n"
                : "return " + construct(name, structure.properties()) + ";\n";
        return frame(name, read, "return new JsonFields()" + fields("value", structure.properties()) + ".object();\n");
    }

    String of(Union union) {
        String name = union.name();
        String read = "JsonNode tag = json.required(\"" + union.tag() + "\", one -> one);\n"
                + "return switch (tag.string()) {\n"
                + union.cases().stream()
                        .map(one -> "case \"" + one.name() + "\" -> "
                                + construct(name + "." + JavaNames.type(one.name()), one.properties()) + ";\n")
                        .collect(joining())
                + "default -> throw tag.expectedOneOf(\""
                + union.cases().stream().map(Union.Case::name).collect(joining(", "))
                + "\");\n};\n";
        String write = "return switch (value) {\n"
                + union.cases().stream()
                        .map(one -> "case " + name + "." + JavaNames.type(one.name())
                                + (one.properties().isEmpty() ? " _" : " one") + " -> new JsonFields().required(\""
                                + union.tag() + "\", \"" + one.name() + "\", JsonPrimitive::new)"
                                + fields("one", one.properties()) + ".object();\n")
                        .collect(joining())
                + "};\n";
        return frame(name, read, write);
    }

    String of(Enumeration enumeration) {
        String name = enumeration.name();
        String value = enumeration.type() == BaseType.STRING ? "json.string()" : "json.integer()";
        String read = "return " + name + ".of(" + value + ").orElseThrow(() -> json.expectedOneOf(\""
                + enumeration.values().stream()
                        .map(one -> one.value().getAsString())
                        .collect(joining(", "))
                + "\"));\n";
        return frame(name, read, "return new JsonPrimitive(value.wire());\n");
    }

    private String construct(String name, List<Property> properties) {
        return "new " + name + "("
                + properties.stream()
                        .map(one -> "json." + (one.optional() ? "optional" : "required") + "(\"" + one.name() + "\", "
                                + types.reader(one.type()) + ")")
                        .collect(joining(", "))
                + ")";
    }

    private String fields(String value, List<Property> properties) {
        return properties.stream()
                .map(one -> "." + (one.optional() ? "optional" : "required") + "(\"" + one.name() + "\", " + value + "."
                        + one.name() + "(), " + types.writer(one.type()) + ")")
                .collect(joining());
    }

    private static String frame(String name, String read, String write) {
        return "/** {@link " + name + "} as JSON. */\nfinal class " + name + "Json {\n"
                + "private " + name + "Json() {}\n\n"
                + "static " + name + " read(JsonNode json) {\n" + read + "}\n\n"
                + "static JsonElement write(" + name + " value) {\n" + write + "}\n}\n";
    }
}
