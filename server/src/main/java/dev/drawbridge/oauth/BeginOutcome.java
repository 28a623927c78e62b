package dev.drawbridge.oauth;

/** What beginning a sign-in gives. */
public sealed interface BeginOutcome {
    /** It runs, and whoever would answer the browser is listening already. */
    record Begun(FlowView flow) implements BeginOutcome {}

    /** It could not begin. */
    record Failed(OAuthFailure failure) implements BeginOutcome {}
}
