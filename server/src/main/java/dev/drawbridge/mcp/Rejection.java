package dev.drawbridge.mcp;

import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * A server refused one HTTP request for want of authorization (RFC 9110 section 11.6.1, RFC 6750 section 3).
 *
 * @param status 401, or 403 with {@code insufficient_scope}
 * @param wwwAuthenticate the challenges, one entry a header line
 * @param sentHeaders the authorization headers the request carried, so that a token already replaced is told from the current one
 * @param operation what was asked for, such as {@code tools/call create_issue}
 */
public record Rejection(
        int status, URI uri, List<String> wwwAuthenticate, Map<String, String> sentHeaders, String operation) {
    public Rejection {
        wwwAuthenticate = List.copyOf(wwwAuthenticate);
        sentHeaders = Map.copyOf(sentHeaders);
    }

    /** Names the headers without their values. */
    @Override
    public String toString() {
        return "Rejection[" + status + " " + uri + ", operation=" + operation + ", sent=" + sentHeaders.keySet() + "]";
    }
}
