package dev.drawbridge.spec.emit.java;

import static java.util.stream.Collectors.joining;

import dev.drawbridge.spec.model.BaseType;
import dev.drawbridge.spec.model.Enumeration;
import dev.drawbridge.spec.model.ProtocolModel;
import dev.drawbridge.spec.model.Structure;
import dev.drawbridge.spec.model.Union;
import java.util.List;

/** The declarations of the model's types: pure data that knows nothing of JSON. */
final class TypeSource {
    private final RecordSource records;

    TypeSource(ProtocolModel model) {
        records = new RecordSource(new JavaType(model));
    }

    String of(Structure structure) {
        return records.of(structure.documentation(), "public ", structure.name(), structure.properties(), "");
    }

    String of(Union union) {
        return JavaDoc.of(union.documentation()) + "public sealed interface " + union.name() + " {\n"
                + union.cases().stream()
                        .map(one -> records.of(
                                one.documentation(),
                                "",
                                JavaNames.type(one.name()),
                                one.properties(),
                                " implements " + union.name()))
                        .collect(joining("\n"))
                + "}\n";
    }

    String of(Enumeration enumeration) {
        String wire = enumeration.type() == BaseType.STRING ? "String" : "int";
        String same = enumeration.type() == BaseType.STRING ? "one.wire.equals(wire)" : "one.wire == wire";
        List<String> constants = enumeration.values().stream()
                .map(value -> JavaDoc.of(value.documentation()) + JavaNames.constant(value.name()) + "(" + value.value()
                        + ")")
                .toList();
        return JavaDoc.of(enumeration.documentation())
                + """
                public enum NAME {
                CONSTANTS;

                private final WIRE wire;

                NAME(WIRE wire) {
                    this.wire = wire;
                }

                /** The value in JSON. */
                public WIRE wire() {
                    return wire;
                }

                /** The constant with this value in JSON. */
                public static Optional<NAME> of(WIRE wire) {
                    for (NAME one : values()) {
                        if (SAME) {
                            return Optional.of(one);
                        }
                    }
                    return Optional.empty();
                }
                }
                """.replace("NAME", enumeration.name())
                        .replace("WIRE", wire)
                        .replace("SAME", same)
                        .replace("CONSTANTS", String.join(",\n", constants));
    }
}
