package dev.drawbridge.mcp;

/** Whether a request that was rejected for want of authorization is worth another try now. */
public enum Verdict {
    /** Something changed (a token was refreshed): send the request once more. */
    RETRY,
    /** A person has to act, or nothing can be done: end the request. */
    GIVE_UP
}
