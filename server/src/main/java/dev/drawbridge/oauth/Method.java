package dev.drawbridge.oauth;

/** How the person signs in. */
public enum Method {
    /** The browser comes back to this machine, or its address is pasted (RFC 6749 section 4.1). */
    BROWSER,
    /** The browser may be anywhere; a code is typed (RFC 8628). */
    DEVICE_CODE
}
