package dev.drawbridge.oauth;

/** A token endpoint said a definite no: asking the same again would change nothing (RFC 6749 section 5.2). */
sealed class TokenRefused extends AuthorizationFailed permits TokensUnusable {
    private static final long serialVersionUID = 1L;

    TokenRefused(OAuthFailure failure) {
        super(failure);
    }
}
