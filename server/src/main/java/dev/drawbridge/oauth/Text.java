package dev.drawbridge.oauth;

/** Text from other machines on its way into a message. */
final class Text {
    private static final int LIMIT = 300;

    private Text() {}

    /** At most 300 characters, without control characters, so that nobody can forge a log line or flood a dialog. */
    static String excerpt(String text) {
        String shown = text.length() > LIMIT ? text.substring(0, LIMIT) + "…" : text;
        return shown.replaceAll("[\\p{Cntrl}\\p{Cf}]+", " ").strip();
    }
}
