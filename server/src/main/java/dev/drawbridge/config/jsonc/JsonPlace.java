package dev.drawbridge.config.jsonc;

import java.util.List;
import java.util.Optional;

/**
 * What stands, or could be written, at one offset; the question behind completion and hover.
 *
 * @param path keys and array indices from the root: of the value here, or of the object whose key is here
 * @param node the key or value that touches the offset, if there is one
 */
public record JsonPlace(List<String> path, Role role, Optional<JsonNode> node) {
    public JsonPlace {
        path = List.copyOf(path);
    }

    /** What may be written there. */
    public enum Role {
        KEY,
        VALUE,
        /** Inside a comment, after a finished value, or outside the document. */
        NOTHING
    }
}
