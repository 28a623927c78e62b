package dev.drawbridge.spec.emit.java;

import static java.util.stream.Collectors.joining;

import dev.drawbridge.spec.model.Property;
import dev.drawbridge.spec.model.Type;
import java.util.List;

/** A record for a set of properties: immutable, checked, and silent about what is sensitive. */
final class RecordSource {
    private final JavaType types;

    RecordSource(JavaType types) {
        this.types = types;
    }

    /**
     * The declaration, documentation included.
     *
     * @param head what stands before the word {@code record}
     * @param tail what stands after the components
     */
    String of(String documentation, String head, String name, List<Property> properties, String tail) {
        return JavaDoc.of(documentation, properties)
                + head
                + "record "
                + name
                + "("
                + properties.stream()
                        .map(property -> types.component(property) + " " + property.name())
                        .collect(joining(", "))
                + ")"
                + tail
                + " {"
                + constructor(name, properties)
                + silence(name, properties)
                + "}\n";
    }

    private String constructor(String name, List<Property> properties) {
        String checks = properties.stream().map(this::check).collect(joining());
        return checks.isEmpty() ? "" : "\npublic " + name + " {\n" + checks + "}\n";
    }

    private String check(Property property) {
        String name = property.name();
        return switch (property.type()) {
            case Type.Array _ when property.optional() -> name + " = " + name + ".map(List::copyOf);\n";
            case Type.Array _ -> name + " = List.copyOf(" + name + ");\n";
            case Type.Map _
            when property.optional() ->
                name + " = " + name + ".map(one -> Collections.unmodifiableMap(new LinkedHashMap<>(one)));\n";
            case Type.Map _ -> name + " = Collections.unmodifiableMap(new LinkedHashMap<>(" + name + "));\n";
            case Type.Base _, Type.Reference _ ->
                isPrimitive(property) ? "" : "Objects.requireNonNull(" + name + ", \"" + name + "\");\n";
        };
    }

    private boolean isPrimitive(Property property) {
        String component = types.component(property);
        return component.equals("int") || component.equals("boolean");
    }

    private static String silence(String name, List<Property> properties) {
        if (properties.stream().noneMatch(Property::sensitive)) {
            return "";
        }
        String fields = properties.stream()
                .map(property ->
                        property.name() + "=" + (property.sensitive() ? "***" : "\" + " + property.name() + " + \""))
                .collect(joining(", "));
        return "\n@Override\npublic String toString() {\nreturn "
                + ("\"" + name + "[" + fields + "]\"").replace(" + \"\"", "")
                + ";\n}\n";
    }
}
