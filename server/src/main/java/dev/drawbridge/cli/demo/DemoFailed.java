package dev.drawbridge.cli.demo;

/** A step of the demo did not work; the message is a sentence for the person who watches. */
final class DemoFailed extends Exception {
    private static final long serialVersionUID = 1L;

    DemoFailed(String message) {
        super(message);
    }

    DemoFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
