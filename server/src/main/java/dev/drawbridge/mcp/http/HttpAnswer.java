package dev.drawbridge.mcp.http;

import dev.drawbridge.mcp.McpFailure;
import dev.drawbridge.mcp.Rejection;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.Locale;

/** What came of one HTTP request. */
public sealed interface HttpAnswer {
    /** The headers are there; the body is still to be read, and must be read to its end or closed. */
    record Response(int status, HttpHeaders headers, InputStream body, URI uri) implements HttpAnswer {
        public boolean isEventStream() {
            return contentType().equals("text/event-stream");
        }

        public boolean isJson() {
            return contentType().equals("application/json") || contentType().endsWith("+json");
        }

        /** The media type without its parameters, in lower case; empty when the server names none. */
        public String contentType() {
            String value = headers.firstValue("Content-Type").orElse("");
            int end = value.indexOf(';');
            return (end < 0 ? value : value.substring(0, end)).strip().toLowerCase(Locale.ROOT);
        }
    }

    record Unauthorized(Rejection rejection) implements HttpAnswer {}

    record Failed(McpFailure failure) implements HttpAnswer {}

    /** {@link Exchange#abort} ended it. */
    record Aborted() implements HttpAnswer {}
}
