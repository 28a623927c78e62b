package dev.drawbridge.oauth;

/** A secret that somebody else renews, such as a workload's JWT: it is read anew each time it is needed, and never kept. */
public interface FreshSecret {
    /** Blocks as long as a file or a command takes. */
    Secret read() throws AuthorizationFailed;

    /** What tells it from other sources; not a secret, and equal for as long as the source is the same. */
    String identity();
}
