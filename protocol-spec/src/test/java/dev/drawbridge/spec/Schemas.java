package dev.drawbridge.spec;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Validates JSON against a schema of this module, formats included. */
final class Schemas {
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private Schemas() {}

    static Schema read(Path file) throws IOException {
        return REGISTRY.getSchema(Files.readString(file));
    }

    /** One definition of the derived schema. */
    static Schema definition(String schema, String name) {
        // Nothing but a reference, next to the definitions that it and they refer to.
        return REGISTRY.getSchema(schema.replaceFirst("\\{", "{ \"\\$ref\": \"#/\\$defs/" + name + "\","));
    }

    /** What is wrong, in words; empty when nothing is. */
    static List<String> problems(Schema schema, String json) {
        return schema
                .validate(
                        json,
                        InputFormat.JSON,
                        context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
                .stream()
                .map(Error::toString)
                .toList();
    }
}
