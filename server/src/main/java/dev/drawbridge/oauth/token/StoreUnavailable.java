package dev.drawbridge.oauth.token;

import dev.drawbridge.oauth.OAuthFailure;

/** The token store cannot answer now. What it keeps is not lost. */
public final class StoreUnavailable extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient OAuthFailure failure;

    /** @param failure its code starts with {@code store.}, and its action tells how to get the store back */
    public StoreUnavailable(OAuthFailure failure) {
        super(failure.message());
        this.failure = failure;
    }

    public StoreUnavailable(OAuthFailure failure, Throwable cause) {
        super(failure.message(), cause);
        this.failure = failure;
    }

    public OAuthFailure failure() {
        return failure;
    }
}
