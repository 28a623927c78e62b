package dev.drawbridge.oauth;

/** What signing out gives. */
public sealed interface SignOutOutcome {
    /**
     * Nothing is stored any more.
     *
     * @param revoked true when the authorization server was told too and agreed (RFC 7009)
     */
    record SignedOut(boolean revoked) implements SignOutOutcome {}

    /** The credential could not be removed from the store. */
    record Failed(OAuthFailure failure) implements SignOutOutcome {}
}
