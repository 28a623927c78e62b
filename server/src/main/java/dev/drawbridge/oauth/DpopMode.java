package dev.drawbridge.oauth;

/** Whether tokens are bound to a key of ours (RFC 9449), as the user configured it. */
public enum DpopMode {
    /** Always; a token that is not bound is refused. */
    REQUIRED,
    /** Never. */
    OFF,
    /** Where the protected resource's metadata or challenge asks for it. */
    AUTOMATIC
}
