package dev.drawbridge.cli.demo;

/** A refusal in OAuth's own terms (RFC 6749 section 5.2, RFC 7591 section 3.2.2). */
final class OAuthError extends Exception {
    private static final long serialVersionUID = 1L;

    private final String code;

    OAuthError(String code, String description) {
        super(description);
        this.code = code;
    }

    String code() {
        return code;
    }

    String description() {
        return String.valueOf(getMessage());
    }
}
