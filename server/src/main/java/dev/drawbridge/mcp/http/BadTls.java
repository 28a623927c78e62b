package dev.drawbridge.mcp.http;

/** The configured certificates cannot be used; the message is a sentence for the user. */
public final class BadTls extends Exception {
    private static final long serialVersionUID = 1L;

    BadTls(String message, Throwable cause) {
        super(message, cause);
    }
}
