package dev.drawbridge.oauth.flow;

import dev.drawbridge.oauth.CredentialView;
import dev.drawbridge.oauth.FlowView;
import dev.drawbridge.oauth.OAuthFailure;

/** What became of a browser's return. */
sealed interface CallbackResult {
    /** The tokens are stored. */
    record SignedIn(FlowView flow, CredentialView.Present credential) implements CallbackResult {}

    /** The flow ended without tokens. */
    record Failed(FlowView flow, OAuthFailure failure) implements CallbackResult {}

    /** The flow had ended before. */
    record AlreadyUsed(FlowView flow) implements CallbackResult {}

    /** The flow had been given up before, by time or by a person. */
    record TooLate(FlowView flow) implements CallbackResult {}

    /** No {@code state}, or one that belongs to no flow: whoever sent this does not get to touch any flow. */
    record Unknown() implements CallbackResult {}
}
