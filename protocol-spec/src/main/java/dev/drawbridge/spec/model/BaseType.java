package dev.drawbridge.spec.model;

/** LSP's base types, and its two names for JSON that is carried untouched. */
public enum BaseType {
    STRING("string"),
    BOOLEAN("boolean"),
    /** From -2^31 to 2^31 - 1. */
    INTEGER("integer"),
    /** From 0 to 2^31 - 1. */
    UINTEGER("uinteger"),
    DECIMAL("decimal"),
    URI("URI"),
    DOCUMENT_URI("DocumentUri"),
    ANY("LSPAny"),
    OBJECT("LSPObject");

    private final String spelling;

    BaseType(String spelling) {
        this.spelling = spelling;
    }

    /** The name in the model. */
    public String spelling() {
        return spelling;
    }

    static BaseType of(String spelling) {
        for (BaseType type : values()) {
            if (type.spelling.equals(spelling)) {
                return type;
            }
        }
        throw new IllegalArgumentException("no base type is called " + spelling);
    }
}
