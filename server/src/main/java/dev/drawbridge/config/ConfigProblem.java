package dev.drawbridge.config;

/**
 * Something wrong, or worth knowing, at one place of a configuration file.
 *
 * @param code stable, such as {@code config.syntax} or {@code config.unknownVariable}
 * @param message one sentence
 */
public record ConfigProblem(TextRange range, Severity severity, String code, String message) {
    /** How bad it is. */
    public enum Severity {
        /** The entry (or, for a syntax error, the file) is not used. */
        ERROR,
        WARNING,
        INFORMATION
    }
}
