// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol;

import java.util.Optional;

/** The lists a server offers. */
public enum CatalogKind {
    /** {@code tools/list} */
    TOOLS("tools"),
    /** {@code resources/list} */
    RESOURCES("resources"),
    /** {@code resources/templates/list} */
    RESOURCE_TEMPLATES("resourceTemplates"),
    /** {@code prompts/list} */
    PROMPTS("prompts");

    private final String wire;

    CatalogKind(String wire) {
        this.wire = wire;
    }

    /** The value in JSON. */
    public String wire() {
        return wire;
    }

    /** The constant with this value in JSON. */
    public static Optional<CatalogKind> of(String wire) {
        for (CatalogKind one : values()) {
            if (one.wire.equals(wire)) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }
}
