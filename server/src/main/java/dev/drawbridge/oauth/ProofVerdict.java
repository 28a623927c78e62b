package dev.drawbridge.oauth;

/** What a resource says of the proof that came with a token (RFC 9449 sections 7.1 and 9). */
public sealed interface ProofVerdict {
    /**
     * It wants the nonce it has just sent; a proof with it may do.
     *
     * @param otherwise what to say if it does not
     */
    record NonceRenewed(OAuthFailure otherwise) implements ProofVerdict {}

    /** Another proof would be no better. */
    record Refused(OAuthFailure failure) implements ProofVerdict {}
}
