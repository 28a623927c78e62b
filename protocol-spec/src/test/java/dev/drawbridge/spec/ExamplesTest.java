package dev.drawbridge.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.networknt.schema.Schema;
import dev.drawbridge.spec.emit.JsonSchemaEmitter;
import dev.drawbridge.spec.model.Definition;
import dev.drawbridge.spec.model.ModelReader;
import dev.drawbridge.spec.model.ProtocolModel;
import dev.drawbridge.spec.model.TypeAlias;
import dev.drawbridge.spec.model.Union;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every type has examples; the valid ones fit the derived JSON Schema, the invalid ones do not. */
final class ExamplesTest {
    private final Examples examples = new Examples(Path.of("examples"));
    private final ProtocolModel model;
    private final String schema;

    ExamplesTest() throws Exception {
        model = ModelReader.read(Files.readString(Path.of("model/drawbridge-protocol.json")));
        schema = new JsonSchemaEmitter().emit(model).getFirst().content();
    }

    @TestFactory
    Stream<DynamicTest> everyTypeHasExamplesThatFitAndExamplesThatDoNot() {
        return types().map(type -> DynamicTest.dynamicTest(type, () -> check(type)));
    }

    @Test
    void noExampleBelongsToNothing() {
        assertEquals(types().sorted().toList(), examples.types());
    }

    /** The specification shows them under these names. */
    @TestFactory
    Stream<DynamicTest> everyCaseOfAUnionHasAnExampleOfItsName() {
        return model.unions().stream()
                .map(union -> DynamicTest.dynamicTest(
                        union.name(),
                        () -> assertEquals(
                                List.of(),
                                union.cases().stream()
                                        .map(Union.Case::name)
                                        .filter(name -> !Files.exists(
                                                Path.of("examples", union.name(), "valid", name + ".json")))
                                        .toList())));
    }

    private void check(String type) throws Exception {
        Schema definition = Schemas.definition(schema, type);
        assertFalse(examples.valid(type).isEmpty(), "no valid example");
        assertFalse(examples.invalid(type).isEmpty(), "no invalid example");
        for (Path example : examples.valid(type)) {
            assertEquals(List.of(), Schemas.problems(definition, Files.readString(example)), example.toString());
        }
        for (Path example : examples.invalid(type)) {
            assertFalse(Schemas.problems(definition, Files.readString(example)).isEmpty(), example + " was accepted");
        }
    }

    private Stream<String> types() {
        return model.definitions().filter(one -> !(one instanceof TypeAlias)).map(Definition::name);
    }
}
