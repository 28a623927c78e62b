package dev.drawbridge.oauth;

/** How a sign-in ended. */
public sealed interface FlowEnd {
    /** The tokens are stored. */
    record Succeeded(CredentialView.Present credential) implements FlowEnd {}

    /** It failed; the person was told on a page of its own when there was a browser to tell. */
    record Failed(OAuthFailure failure) implements FlowEnd {}

    /** Somebody called it off. */
    record Cancelled() implements FlowEnd {}
}
