// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol;

import java.util.Objects;

/**
 * The parameters of {@code mcp/approve}.
 *
 * @param server The server's name, as {@code mcp/listServers} gives it.
 * @param definitionDigest The digest from the {@code untrusted} state, which names exactly the definition that was
 * shown.
 */
public record ApproveParams(String server, String definitionDigest) {
    public ApproveParams {
        Objects.requireNonNull(server, "server");
        Objects.requireNonNull(definitionDigest, "definitionDigest");
    }
}
