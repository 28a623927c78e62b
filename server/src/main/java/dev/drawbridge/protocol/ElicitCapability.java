// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol;

import java.util.Objects;
import java.util.Optional;

/**
 * The modes of {@code mcp/elicit} a client can show.
 *
 * @param form The client shows a form made from a JSON Schema.
 * @param url The client shows an address, asks, and opens it in the browser.
 */
public record ElicitCapability(Optional<Boolean> form, Optional<Boolean> url) {
    public ElicitCapability {
        Objects.requireNonNull(form, "form");
        Objects.requireNonNull(url, "url");
    }
}
