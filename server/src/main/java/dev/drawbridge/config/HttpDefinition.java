package dev.drawbridge.config;

import java.util.Map;
import java.util.Optional;

/**
 * A server reached by Streamable HTTP, or by HTTP+SSE (MCP 2024-11-05).
 *
 * @param headersHelper a command that prints a JSON object of further headers, as Claude Code's key of that name
 * @param proxy an HTTP proxy's URL, or {@code none} to go without the environment's
 */
public record HttpDefinition(
        String url,
        Map<String, String> headers,
        Optional<String> headersHelper,
        OAuthSettings oauth,
        TlsSettings tls,
        Optional<String> proxy,
        ConnectionSettings connection,
        CommonSettings common)
        implements ServerDefinition {
    public HttpDefinition {
        headers = Ordered.copy(headers);
    }

    /** Headers and URLs can carry secrets. */
    @Override
    public String toString() {
        return "HttpDefinition[" + headers.size() + " headers, " + connection + ", " + oauth + ", " + common + "]";
    }
}
