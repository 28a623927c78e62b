// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * The answer to {@code mcp/accessToken}.
 *
 * @param accessToken A fresh access token, for the program that asked and nobody else.
 * @param expiresAt When it expires, as far as the authorization server said.
 */
public record AccessTokenResult(String accessToken, Optional<Instant> expiresAt) {
    public AccessTokenResult {
        Objects.requireNonNull(accessToken, "accessToken");
        Objects.requireNonNull(expiresAt, "expiresAt");
    }

    @Override
    public String toString() {
        return "AccessTokenResult[accessToken=***, expiresAt=" + expiresAt + "]";
    }
}
