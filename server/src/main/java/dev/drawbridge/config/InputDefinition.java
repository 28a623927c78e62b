package dev.drawbridge.config;

import java.util.List;
import java.util.Optional;

/**
 * A value the user is asked for once, as in VS Code's {@code inputs}.
 *
 * @param password whether typing is hidden
 * @param options what {@code pickString} offers
 */
public record InputDefinition(
        String id,
        Kind kind,
        Optional<String> description,
        Optional<String> defaultValue,
        boolean password,
        List<String> options,
        TextRange range) {
    public InputDefinition {
        options = List.copyOf(options);
    }

    /** How the user answers. */
    public enum Kind {
        PROMPT,
        PICK
    }
}
