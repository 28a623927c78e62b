package dev.drawbridge.mcp.http;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * One HTTP request to be made.
 *
 * @param headers beside those of the configuration and of the authorizer
 * @param operation for messages and rejections
 * @param headersWithin the longest wait for the response's headers
 */
public record HttpAsk(
        String method,
        URI uri,
        Map<String, String> headers,
        Optional<byte[]> body,
        String operation,
        Duration headersWithin) {
    /** The headers may carry a session id, so only the request line is shown. */
    @Override
    public String toString() {
        return "HttpAsk[" + method + " " + uri + ", " + operation + "]";
    }

    HttpAsk at(URI other) {
        return new HttpAsk(method, other, headers, body, operation, headersWithin);
    }
}
