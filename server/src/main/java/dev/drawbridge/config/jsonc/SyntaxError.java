package dev.drawbridge.config.jsonc;

/**
 * A place where the text breaks the grammar.
 *
 * @param message one sentence
 */
public record SyntaxError(int start, int end, String message) {}
