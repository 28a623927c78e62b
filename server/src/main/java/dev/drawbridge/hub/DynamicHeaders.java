package dev.drawbridge.hub;

import dev.drawbridge.mcp.Rejection;
import dev.drawbridge.mcp.RequestAuthorizer;
import dev.drawbridge.mcp.Verdict;
import java.net.URI;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Headers that come from a command of the user's. After a 401 the command runs again, once per refused value however many
 * requests were refused with it; such a server is never sent to OAuth.
 */
final class DynamicHeaders implements RequestAuthorizer {
    private static final int UNAUTHORIZED = 401;

    private final Supplier<Map<String, String>> command;
    private Map<String, String> current;

    DynamicHeaders(Map<String, String> first, Supplier<Map<String, String>> command) {
        this.current = Map.copyOf(first);
        this.command = command;
    }

    @Override
    public synchronized Map<String, String> headers(String httpMethod, URI uri) {
        return current;
    }

    @Override
    public synchronized Verdict rejected(Rejection rejection) {
        if (rejection.status() != UNAUTHORIZED) {
            return Verdict.GIVE_UP;
        }
        boolean refusedIsCurrent = current.entrySet().stream()
                .allMatch(header ->
                        header.getValue().equals(rejection.sentHeaders().get(header.getKey())));
        if (!refusedIsCurrent) {
            return Verdict.RETRY;
        }
        Map<String, String> fresh = Map.copyOf(command.get());
        boolean changed = !fresh.equals(current);
        current = fresh;
        return changed ? Verdict.RETRY : Verdict.GIVE_UP;
    }
}
