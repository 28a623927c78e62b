// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a server says of itself. It is a claim to be shown, never a reason to trust it.
 *
 * @param name The server's own name.
 * @param version The server's own version.
 * @param title A name for people.
 * @param protocolVersion The MCP revision in use with the server, such as {@code 2025-11-25}.
 * @param instructions How the server wants to be used.
 * @param capabilities The names of the MCP capabilities the server declared, such as {@code tools}.
 */
public record ServerIdentity(
        String name,
        String version,
        Optional<String> title,
        String protocolVersion,
        Optional<String> instructions,
        List<String> capabilities) {
    public ServerIdentity {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(protocolVersion, "protocolVersion");
        Objects.requireNonNull(instructions, "instructions");
        capabilities = List.copyOf(capabilities);
    }
}
