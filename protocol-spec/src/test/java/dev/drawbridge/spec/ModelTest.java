package dev.drawbridge.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.drawbridge.spec.model.Definition;
import dev.drawbridge.spec.model.Enumeration;
import dev.drawbridge.spec.model.Message;
import dev.drawbridge.spec.model.ModelReader;
import dev.drawbridge.spec.model.Property;
import dev.drawbridge.spec.model.ProtocolModel;
import dev.drawbridge.spec.model.Structure;
import dev.drawbridge.spec.model.Type;
import dev.drawbridge.spec.model.Union;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The model is written in its vocabulary and makes sense as a whole. */
final class ModelTest {
    private String text = "";
    private ProtocolModel model = ModelReader.read("""
        {"metaData": {"version": "0.0"}, "requests": [], "notifications": [], "structures": [], "unions": [],
         "enumerations": [], "typeAliases": []}\
        """);

    @BeforeEach
    void read() throws Exception {
        text = Files.readString(Path.of("model/drawbridge-protocol.json"));
        model = ModelReader.read(text);
    }

    @Test
    void fitsItsSchema() throws Exception {
        assertEquals(List.of(), Schemas.problems(Schemas.read(Path.of("model/model.schema.json")), text));
    }

    @Test
    void theSchemaRefusesAnUntaggedUnion() throws Exception {
        String untagged = text.replaceFirst("\\{ \"kind\": \"base\", \"name\": \"boolean\" }", """
            { "kind": "or", "items": [] }\
            """);
        assertNotEquals(text, untagged);
        assertNotEquals(List.of(), Schemas.problems(Schemas.read(Path.of("model/model.schema.json")), untagged));
    }

    @Test
    void namesAreUnique() {
        assertEquals(Set.of(), repeated(model.definitions().map(Definition::name)));
        assertEquals(Set.of(), repeated(model.messages().stream().map(Message::method)));
        for (Structure structure : model.structures()) {
            assertEquals(Set.of(), repeated(structure.properties().stream().map(Property::name)), structure.name());
        }
        for (Union union : model.unions()) {
            assertEquals(Set.of(), repeated(union.cases().stream().map(Union.Case::name)), union.name());
            for (Union.Case one : union.cases()) {
                Stream<String> members = one.properties().stream().map(Property::name);
                assertEquals(
                        Set.of(), repeated(Stream.concat(Stream.of(union.tag()), members)), union.name() + one.name());
            }
        }
        for (Enumeration enumeration : model.enumerations()) {
            assertEquals(
                    Set.of(),
                    repeated(enumeration.values().stream()
                            .map(value -> value.value().getAsString())),
                    enumeration.name());
        }
    }

    @Test
    void everyReferenceLeadsSomewhereAndEveryTypeIsUsed() {
        Set<String> defined =
                new TreeSet<>(model.definitions().map(Definition::name).toList());
        Set<String> used = new TreeSet<>(Set.of("McpClientCapabilities", "McpServerCapabilities", "ErrorCodes"));
        model.messages().forEach(message -> {
            used.add(message.params());
            message.result().ifPresent(used::add);
        });
        model.enumerations().stream()
                .flatMap(one -> one.values().stream())
                .flatMap(value -> value.errorData().stream())
                .forEach(type -> collect(type, used));
        properties().forEach(property -> collect(property.type(), used));
        assertEquals(defined, used);
    }

    @Test
    void parametersAndResultsAreObjects() {
        for (Message message : model.messages()) {
            List<String> types = new ArrayList<>(List.of(message.params()));
            message.result().ifPresent(types::add);
            for (String type : types) {
                boolean object = model.definition(type)
                        .filter(one -> one instanceof Structure || one instanceof Union)
                        .isPresent();
                assertEquals(true, object, message.method() + ": " + type);
            }
        }
    }

    @Test
    void errorsAreErrorCodesOutsideTheReservedRanges() {
        Enumeration codes = model.enumerations().stream()
                .filter(one -> one.name().equals("ErrorCodes"))
                .findFirst()
                .orElseThrow();
        Set<String> names = new HashSet<>(
                codes.values().stream().map(Enumeration.Value::name).toList());
        model.messages()
                .forEach(message -> assertEquals(
                        List.of(),
                        message.errors().stream()
                                .filter(one -> !names.contains(one))
                                .toList(),
                        message.method()));
        // JSON-RPC 2.0 section 5.1 reserves -32768 to -32000; LSP's own range lies within.
        assertEquals(
                List.of(),
                codes.values().stream()
                        .filter(one ->
                                one.value().getAsInt() >= -32768 && one.value().getAsInt() <= -32000)
                        .toList());
    }

    private Stream<Property> properties() {
        return Stream.concat(
                model.structures().stream().flatMap(one -> one.properties().stream()),
                model.unions().stream().flatMap(one -> one.cases().stream()).flatMap(one -> one.properties().stream()));
    }

    private static void collect(Type type, Set<String> used) {
        switch (type) {
            case Type.Reference(String name) -> used.add(name);
            case Type.Array(Type element) -> collect(element, used);
            case Type.Map(Type value) -> collect(value, used);
            case Type.Base _ -> {
                // It needs no definition.
            }
        }
    }

    private static Set<String> repeated(Stream<String> names) {
        Set<String> seen = new HashSet<>();
        Set<String> repeated = new TreeSet<>();
        names.filter(name -> !seen.add(name)).forEach(repeated::add);
        return repeated;
    }
}
