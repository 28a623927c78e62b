package dev.drawbridge.config;

import java.util.Map;
import java.util.Optional;

/**
 * A server reached by Streamable HTTP, or by HTTP+SSE (MCP 2024-11-05).
 *
 * @param headersHelper a command that prints a JSON object of further headers, as Claude Code's key of that name
 * @param sse whether the file says {@code "type": "sse"}
 * @param transportTold false when the transport was inferred from {@code url}, so that both kinds may be tried
 * @param proxy an HTTP proxy's URL, or {@code none} to go without the environment's
 * @param cookies whether the server's cookies are kept while it is connected
 */
public record HttpDefinition(
        String url,
        Map<String, String> headers,
        Optional<String> headersHelper,
        boolean sse,
        boolean transportTold,
        OAuthSettings oauth,
        TlsSettings tls,
        Optional<String> proxy,
        boolean cookies,
        CommonSettings common)
        implements ServerDefinition {
    public HttpDefinition {
        headers = Ordered.copy(headers);
    }

    /** Headers and URLs can carry secrets. */
    @Override
    public String toString() {
        return "HttpDefinition[" + headers.size() + " headers, sse=" + sse + ", " + oauth + ", " + common + "]";
    }
}
