package dev.drawbridge.proxy.http;

import dev.drawbridge.mcp.Cancellation;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * One request's way back: a whole response, or a head and then chunks as they come (RFC 9112 section 7.1). Used by the
 * request's thread alone, but for {@link #gone}.
 */
final class Exchange {
    private final WatchedStream out;
    private final Cancellation gone = new Cancellation();
    private boolean closes;
    private boolean begun;
    private Optional<String> admitted = Optional.empty();

    Exchange(WatchedStream out, boolean closes) {
        this.out = out;
        this.closes = closes;
    }

    /** Voiced when the other side has hung up before the response was complete. */
    Cancellation gone() {
        return gone;
    }

    boolean closes() {
        return closes;
    }

    /** Whether a response was begun. */
    boolean isAnswered() {
        return begun;
    }

    /** The web page that may read the response (CORS protocol). */
    void admit(Optional<String> origin) {
        admitted = origin;
    }

    void closeAfterwards() {
        closes = true;
    }

    void send(Response response) throws IOException {
        begun = true;
        StringBuilder head = head(response.status(), response.headers());
        if (response.status() != 204) {
            head.append("Content-Length: ").append(response.body().length).append("\r\n");
        }
        byte[] start = head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
        byte[] whole = new byte[start.length + response.body().length];
        System.arraycopy(start, 0, whole, 0, start.length);
        System.arraycopy(response.body(), 0, whole, start.length, response.body().length);
        out.write(whole);
    }

    /** The client holds its body back until it hears this. */
    static void goOn(OutputStream out) throws IOException {
        out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Begins a response whose length nobody knows. */
    void begin(Map<String, String> headers) throws IOException {
        begun = true;
        out.write(head(200, headers)
                .append("Transfer-Encoding: chunked\r\n\r\n")
                .toString()
                .getBytes(StandardCharsets.ISO_8859_1));
    }

    void chunk(byte[] data) throws IOException {
        byte[] size = (Integer.toHexString(data.length) + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
        byte[] whole = new byte[size.length + data.length + 2];
        System.arraycopy(size, 0, whole, 0, size.length);
        System.arraycopy(data, 0, whole, size.length, data.length);
        whole[whole.length - 2] = '\r';
        whole[whole.length - 1] = '\n';
        out.write(whole);
    }

    void end() throws IOException {
        out.write("0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
    }

    private StringBuilder head(int status, Map<String, String> headers) {
        StringBuilder head = new StringBuilder(256)
                .append("HTTP/1.1 ")
                .append(status)
                .append(' ')
                .append(Response.phrase(status))
                .append("\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        admitted.ifPresent(origin -> head.append("Access-Control-Allow-Origin: ")
                .append(origin)
                .append("\r\nVary: Origin\r\nAccess-Control-Expose-Headers: Mcp-Session-Id\r\n")
                .append("Access-Control-Allow-Methods: GET, POST, DELETE\r\n")
                .append("Access-Control-Allow-Headers: Authorization, Content-Type, Mcp-Session-Id,")
                .append(" MCP-Protocol-Version, Mcp-Method, Mcp-Name, Last-Event-ID\r\n"));
        if (closes) {
            head.append("Connection: close\r\n");
        }
        return head;
    }
}
