// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * All a client may know of one MCP server at one moment.
 *
 * @param name The server's name in its configuration file; unique in what one session sees, and what every other
 * message calls {@code server}.
 * @param origin The file that brought the server.
 * @param transport How the server is reached.
 * @param target The URL, or the command with its arguments, with secrets left out. To be shown, not to be parsed.
 * @param state What the server is doing.
 * @param authentication Whether the sign-in is there, told apart from what the server is doing.
 * @param identity What the server says of itself, once it was connected.
 * @param counts How many of each the server offers; zero until it is connected.
 * @param disabledTools The tools the configuration leaves out.
 */
public record Server(
        String name,
        ServerOrigin origin,
        Transport transport,
        String target,
        ServerState state,
        Authentication authentication,
        Optional<ServerIdentity> identity,
        CatalogCounts counts,
        List<String> disabledTools) {
    public Server {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(origin, "origin");
        Objects.requireNonNull(transport, "transport");
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(authentication, "authentication");
        Objects.requireNonNull(identity, "identity");
        Objects.requireNonNull(counts, "counts");
        disabledTools = List.copyOf(disabledTools);
    }
}
