// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol;

import com.google.gson.JsonObject;
import java.util.Objects;

/**
 * The parameters of {@code mcp/addServer}.
 *
 * @param server The name of the new entry.
 * @param definition The entry, as it would stand in the configuration file.
 * @param scope The file it goes to.
 */
public record AddServerParams(String server, JsonObject definition, ConfigScope scope) {
    public AddServerParams {
        Objects.requireNonNull(server, "server");
        Objects.requireNonNull(definition, "definition");
        Objects.requireNonNull(scope, "scope");
    }

    @Override
    public String toString() {
        return "AddServerParams[server=" + server + ", definition=***, scope=" + scope + "]";
    }
}
