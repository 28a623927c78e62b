package dev.drawbridge.oauth;

/** Carries a failure from the step that met it to the façade, which turns it into a value. */
public sealed class AuthorizationFailed extends Exception permits TokenRefused {
    private static final long serialVersionUID = 1L;

    private final transient OAuthFailure failure;

    public AuthorizationFailed(OAuthFailure failure) {
        super(failure.code() + ": " + failure.message());
        this.failure = failure;
    }

    public OAuthFailure failure() {
        return failure;
    }
}
