// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol;

import java.net.URI;
import java.util.Objects;

/**
 * The parameters of {@code mcp/externalUri}.
 *
 * @param server The server the person signs in to, as {@code mcp/listServers} names it.
 * @param uri The callback listener's address on the machine Drawbridge runs on, with the port it listens on.
 */
public record ExternalUriParams(String server, URI uri) {
    public ExternalUriParams {
        Objects.requireNonNull(server, "server");
        Objects.requireNonNull(uri, "uri");
    }
}
