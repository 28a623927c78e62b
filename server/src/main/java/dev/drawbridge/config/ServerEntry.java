package dev.drawbridge.config;

import java.util.Map;

/**
 * One server of a configuration file that can be used.
 *
 * @param range of the whole member: from the name to the end of its object
 * @param digest SHA-256 (hex) of the name and everything the entry says apart from {@code disabled}; what a user approves
 * @param places where each value stands, by its JSON Pointer (RFC 6901) inside the entry
 */
public record ServerEntry(
        String name,
        TextRange nameRange,
        TextRange range,
        ServerDefinition definition,
        String digest,
        Map<String, TextRange> places) {
    public ServerEntry {
        places = Map.copyOf(places);
    }

    /** The value's place, or the place of what holds it, or the name. */
    public TextRange place(String pointer) {
        for (String at = pointer; !at.isEmpty(); at = at.substring(0, at.lastIndexOf('/'))) {
            if (places.containsKey(at)) {
                return places.get(at);
            }
        }
        return nameRange;
    }
}
