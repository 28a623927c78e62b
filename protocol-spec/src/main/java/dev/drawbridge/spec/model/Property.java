package dev.drawbridge.spec.model;

/**
 * One member of an object.
 *
 * @param optional whether a sender may leave it out
 * @param sensitive whether its value is kept out of logs
 */
public record Property(String name, Type type, boolean optional, boolean sensitive, String documentation) {}
