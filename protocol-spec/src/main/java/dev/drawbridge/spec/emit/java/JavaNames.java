package dev.drawbridge.spec.emit.java;

import java.util.Locale;

/** How names of the model are spelled in Java. */
final class JavaNames {
    /** Where the records, sealed interfaces and enums live. */
    static final String TYPES = "dev.drawbridge.protocol";

    /** Where their reading and writing lives. */
    static final String JSON = TYPES + ".json";

    private JavaNames() {}

    /** {@code authRequired} becomes {@code AuthRequired}. */
    static String type(String name) {
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }

    /** {@code authRequired} becomes {@code AUTH_REQUIRED}. */
    static String constant(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT);
    }
}
