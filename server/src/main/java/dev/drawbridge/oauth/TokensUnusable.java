package dev.drawbridge.oauth;

/** A token endpoint gave tokens that cannot be used here. What they were given for has been used up by it. */
final class TokensUnusable extends TokenRefused {
    private static final long serialVersionUID = 1L;

    TokensUnusable(OAuthFailure failure) {
        super(failure);
    }
}
