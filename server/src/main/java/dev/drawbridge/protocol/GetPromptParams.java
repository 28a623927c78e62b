// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The parameters of {@code mcp/getPrompt}.
 *
 * @param server The server's name, as {@code mcp/listServers} gives it.
 * @param name The prompt's name.
 * @param arguments The prompt's arguments by name.
 */
public record GetPromptParams(String server, String name, Optional<Map<String, String>> arguments) {
    public GetPromptParams {
        Objects.requireNonNull(server, "server");
        Objects.requireNonNull(name, "name");
        arguments = arguments.map(one -> Collections.unmodifiableMap(new LinkedHashMap<>(one)));
    }
}
