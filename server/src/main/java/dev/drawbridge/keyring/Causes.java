package dev.drawbridge.keyring;

/** Words for a failure that a library or the operating system reports; never a value that was to be stored. */
final class Causes {
    private static final int LONGEST = 200;

    private Causes() {}

    static String describe(Throwable cause) {
        Throwable root = cause;
        for (int depth = 0; depth < 8 && root.getCause() != null; depth++) {
            root = root.getCause();
        }
        String message = root.getMessage();
        String words = message == null || message.isBlank() ? root.getClass().getSimpleName() : message.strip();
        String line = words.lines().findFirst().orElse(words);
        String cut = shorten(line);
        return cut.endsWith(".") ? cut.substring(0, cut.length() - 1) : cut;
    }

    static String shorten(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    }
}
