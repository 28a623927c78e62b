package dev.drawbridge.oauth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * The only form in which a token, a client secret or a key travels inside the program: it never prints, and it compares in
 * constant time.
 */
public record Secret(String value) {
    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret
                && MessageDigest.isEqual(
                        value.getBytes(StandardCharsets.UTF_8), secret.value.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return "Secret[redacted]";
    }
}
