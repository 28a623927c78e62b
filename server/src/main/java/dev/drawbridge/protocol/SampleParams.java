// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol;

import com.google.gson.JsonObject;
import java.util.Objects;

/**
 * The parameters of {@code mcp/sample}.
 *
 * @param server The server that asks.
 * @param params The parameters of MCP's {@code sampling/createMessage}, untouched.
 */
public record SampleParams(String server, JsonObject params) {
    public SampleParams {
        Objects.requireNonNull(server, "server");
        Objects.requireNonNull(params, "params");
    }
}
