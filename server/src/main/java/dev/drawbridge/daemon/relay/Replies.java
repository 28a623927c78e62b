package dev.drawbridge.daemon.relay;

import dev.drawbridge.hub.Failure;
import dev.drawbridge.mcp.json.JsonText;
import java.nio.charset.StandardCharsets;

/** The few messages the relay writes itself (JSON-RPC 2.0 section 5; LSP 3.17 error codes). */
final class Replies {
    static final int PARSE_ERROR = -32700;
    static final int INVALID_REQUEST = -32600;
    static final int INTERNAL_ERROR = -32603;
    static final int SERVER_NOT_INITIALIZED = -32002;
    static final int REQUEST_FAILED = -32803;

    private static final int ERROR = 1;
    private static final int INFO = 3;

    private Replies() {}

    static byte[] result(String id, String resultJson) {
        return utf8("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":" + resultJson + "}");
    }

    static byte[] error(String id, int code, Failure failure) {
        return utf8("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"error\":{\"code\":" + code + ",\"message\":"
                + JsonText.quote(failure.message() + " " + failure.action()) + ",\"data\":{\"code\":"
                + JsonText.quote(failure.code()) + ",\"message\":" + JsonText.quote(failure.message()) + ",\"action\":"
                + JsonText.quote(failure.action()) + "}}}");
    }

    static byte[] cancel(String id) {
        return utf8("{\"jsonrpc\":\"2.0\",\"method\":\"$/cancelRequest\",\"params\":{\"id\":" + id + "}}");
    }

    static byte[] log(String message) {
        return message("window/logMessage", INFO, message);
    }

    static byte[] showError(String message) {
        return message("window/showMessage", ERROR, message);
    }

    private static byte[] message(String method, int type, String message) {
        return utf8("{\"jsonrpc\":\"2.0\",\"method\":\"" + method + "\",\"params\":{\"type\":" + type + ",\"message\":"
                + JsonText.quote(message) + "}}");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
