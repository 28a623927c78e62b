package dev.drawbridge.oauth;

import java.time.Duration;

/**
 * Bounds on what is asked of other machines.
 *
 * @param exchange one HTTP exchange, its redirects and its body included
 * @param body the largest answer read, in bytes
 * @param redirects followed for metadata; other requests follow none
 * @param flow how long a person may take
 */
public record Limits(Duration exchange, int body, int redirects, Duration flow) {
    public static final Limits DEFAULT = new Limits(Duration.ofSeconds(10), 1 << 20, 3, Duration.ofMinutes(10));
}
