// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol;

import java.util.List;
import java.util.Objects;

/**
 * What Drawbridge offers. It stands under {@code capabilities.experimental.mcp} of the answer to {@code
 * initialize}.
 *
 * @param version The version of this protocol Drawbridge speaks.
 * @param methods Every {@code mcp/*} request Drawbridge answers. A client asks for nothing else.
 */
public record McpServerCapabilities(String version, List<String> methods) {
    public McpServerCapabilities {
        Objects.requireNonNull(version, "version");
        methods = List.copyOf(methods);
    }
}
