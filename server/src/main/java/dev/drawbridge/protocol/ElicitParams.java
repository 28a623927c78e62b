// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol;

import java.util.Objects;

/**
 * The parameters of {@code mcp/elicit}.
 *
 * @param server The server that asks. Always to be shown, so that the person knows whom they answer.
 * @param request What it asks for.
 */
public record ElicitParams(String server, ElicitRequest request) {
    public ElicitParams {
        Objects.requireNonNull(server, "server");
        Objects.requireNonNull(request, "request");
    }
}
