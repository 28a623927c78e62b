// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol;

import java.net.URI;
import java.util.Objects;

/**
 * The answer to {@code mcp/externalUri}.
 *
 * @param uri The same listener's address as the person's browser reaches it; the one that was asked about when
 * that is the same.
 */
public record ExternalUriResult(URI uri) {
    public ExternalUriResult {
        Objects.requireNonNull(uri, "uri");
    }
}
