package dev.drawbridge.spec.model;

/**
 * A name for a string of a certain format.
 *
 * @param format the JSON Schema format, such as {@code date-time}
 */
public record TypeAlias(String name, BaseType type, String format, String documentation) implements Definition {}
