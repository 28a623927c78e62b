package dev.drawbridge.oauth;

import java.net.URI;

/** Which RFC 8707 resource indicator is sent. */
public sealed interface ResourceSetting {
    /** What the protected resource metadata says, else the server's own canonical URI. */
    record Automatic() implements ResourceSetting {}

    /** Exactly this one. */
    record Fixed(URI resource) implements ResourceSetting {}

    /** None, for authorization servers that refuse the parameter. */
    record Omitted() implements ResourceSetting {}
}
