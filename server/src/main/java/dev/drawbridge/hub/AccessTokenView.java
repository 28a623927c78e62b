package dev.drawbridge.hub;

import java.time.Instant;
import java.util.Optional;

/** An access token on its way to a program of the user's that asked for it. */
public record AccessTokenView(String value, Optional<Instant> expiresAt) {
    @Override
    public String toString() {
        return "AccessTokenView[***, expires " + expiresAt + "]";
    }
}
