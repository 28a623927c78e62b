// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol;

import java.util.List;
import java.util.Objects;

/**
 * The parameters of {@code mcp/catalogChanged}.
 *
 * @param server The server's name, as {@code mcp/listServers} gives it.
 * @param kinds The lists to be read again.
 */
public record CatalogChangedParams(String server, List<CatalogKind> kinds) {
    public CatalogChangedParams {
        Objects.requireNonNull(server, "server");
        kinds = List.copyOf(kinds);
    }
}
