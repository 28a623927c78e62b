package dev.drawbridge.hub;

import java.util.Optional;
import java.util.Set;

/**
 * All a session may know of one server at one moment.
 *
 * @param target the URL, or the command with its arguments, secrets left out
 */
public record ServerView(
        ServerName name,
        ServerOrigin origin,
        Transport transport,
        String target,
        ServerState state,
        AuthenticationState authentication,
        Optional<ServerIdentity> identity,
        CatalogCounts counts,
        Set<String> disabledTools) {
    public ServerView {
        disabledTools = Set.copyOf(disabledTools);
    }

    /** How the server is reached. */
    public enum Transport {
        STDIO,
        HTTP,
        SSE
    }

    /** What the server says of itself; a claim, never a reason to trust it. */
    public record ServerIdentity(
            String name,
            String version,
            Optional<String> title,
            String protocolVersion,
            Optional<String> instructions,
            Set<String> capabilities) {
        public ServerIdentity {
            capabilities = Set.copyOf(capabilities);
        }
    }

    /** How many of each the server offers; zero until connected. */
    public record CatalogCounts(int tools, int resources, int resourceTemplates, int prompts) {
        public static final CatalogCounts NONE = new CatalogCounts(0, 0, 0, 0);
    }
}
