package dev.drawbridge.spec.emit.markdown;

import static java.util.stream.Collectors.joining;

import dev.drawbridge.spec.Examples;
import dev.drawbridge.spec.model.Definition;
import dev.drawbridge.spec.model.Enumeration;
import dev.drawbridge.spec.model.Property;
import dev.drawbridge.spec.model.Structure;
import dev.drawbridge.spec.model.TypeAlias;
import dev.drawbridge.spec.model.Union;
import java.util.List;

/** A type as a section of the specification. */
final class TypeText {
    private final Examples examples;

    TypeText(Examples examples) {
        this.examples = examples;
    }

    String section(Definition definition) {
        String head = "### " + definition.name() + "\n\n" + definition.documentation() + "\n\n";
        return head
                + switch (definition) {
                    case Structure structure -> table(structure.properties()) + example(structure.name(), "");
                    case Union union -> cases(union);
                    case Enumeration enumeration -> values(enumeration);
                    case TypeAlias alias ->
                        "A " + alias.type().spelling() + " of the JSON Schema format `" + alias.format() + "`.\n\n";
                };
    }

    private String cases(Union union) {
        String tag = union.tag();
        return "The member `" + tag + "` tells which of these it is.\n\n"
                + union.cases().stream()
                        .map(one -> "**`" + tag + ": \"" + one.name() + "\"`** " + one.documentation() + "\n\n"
                                + table(one.properties()) + example(union.name(), one.name()))
                        .collect(joining());
    }

    private static String values(Enumeration enumeration) {
        boolean named = enumeration.values().stream()
                .anyMatch(value -> !value.value().getAsString().equals(value.name()));
        return (named ? "| value | name | meaning |\n|---|---|---|\n" : "| value | meaning |\n|---|---|\n")
                + enumeration.values().stream()
                        .map(value -> "| `" + value.value() + "` | " + (named ? "`" + value.name() + "` | " : "")
                                + Markdown.cell(value.documentation())
                                + value.errorData()
                                        .map(data -> " `data`: " + Markdown.type(data))
                                        .orElse("")
                                + " |\n")
                        .collect(joining())
                + "\n";
    }

    private static String table(List<Property> properties) {
        if (properties.isEmpty()) {
            return "";
        }
        return "| member | type | meaning |\n|---|---|---|\n"
                + properties.stream()
                        .map(property -> "| `" + property.name() + "` | " + Markdown.type(property.type())
                                + (property.optional() ? ", *optional*" : "") + " | "
                                + Markdown.cell(property.documentation())
                                + (property.sensitive() ? " Kept out of logs." : "") + " |\n")
                        .collect(joining())
                + "\n";
    }

    private String example(String type, String preferred) {
        return "```json\n" + examples.show(type, preferred) + "\n```\n\n";
    }
}
