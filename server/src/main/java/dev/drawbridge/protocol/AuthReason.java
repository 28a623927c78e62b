// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Why a sign-in is needed.
 *
 * @param kind The cause.
 * @param scopes The scopes a sign-in would ask for, as far as they are known.
 * @param requestedBy Who needed the server, to be shown in the prompt, such as {@code codecompanion called
 * github/create_issue}.
 */
public record AuthReason(AuthReasonKind kind, List<String> scopes, Optional<String> requestedBy) {
    public AuthReason {
        Objects.requireNonNull(kind, "kind");
        scopes = List.copyOf(scopes);
        Objects.requireNonNull(requestedBy, "requestedBy");
    }
}
