package dev.drawbridge.oauth;

/** How a target's tokens are obtained (RFC 6749 sections 4.1 and 4.4, RFC 8628). */
public enum Grant {
    AUTHORIZATION_CODE,
    DEVICE_CODE,
    /** Without a person: {@link Authorization#token} fetches tokens by itself. */
    CLIENT_CREDENTIALS
}
