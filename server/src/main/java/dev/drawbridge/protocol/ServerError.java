// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol;

import com.google.gson.JsonElement;
import java.util.Objects;
import java.util.Optional;

/**
 * The JSON-RPC error an MCP server answered with, untouched. It is the {@code data} of an error with the code
 * {@code serverError}.
 *
 * @param code The server's code.
 * @param message The server's message.
 * @param data The server's data.
 */
public record ServerError(int code, String message, Optional<JsonElement> data) {
    public ServerError {
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(data, "data");
    }
}
