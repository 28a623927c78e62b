package dev.drawbridge.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The JSON Schema (2020-12) of configuration files; its descriptions are what editors show on hover and completion. */
public final class ConfigSchema {
    private static final String RESOURCE = "mcp.schema.json";

    private ConfigSchema() {}

    public static String text() {
        try (InputStream in = Optional.ofNullable(ConfigSchema.class.getResourceAsStream(RESOURCE))
                .orElseThrow(() -> new IllegalStateException(RESOURCE + " belongs to the program and is not there"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
