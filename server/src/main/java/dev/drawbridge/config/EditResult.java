package dev.drawbridge.config;

/** What {@link ConfigEditor} has to say to a wish. */
public sealed interface EditResult {
    record Edited(TextEdit edit) implements EditResult {}

    /**
     * The text cannot be edited so.
     *
     * @param message one sentence
     */
    record Refused(String code, String message) implements EditResult {}
}
