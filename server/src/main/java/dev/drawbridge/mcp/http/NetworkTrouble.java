package dev.drawbridge.mcp.http;

import dev.drawbridge.mcp.McpFailure;
import dev.drawbridge.mcp.rpc.Failures;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLException;

/** Names what the HTTP client throws, in words that a person can act on. */
final class NetworkTrouble {
    private NetworkTrouble() {}

    static McpFailure of(HttpAsk ask, Throwable thrown) {
        if (thrown instanceof HttpConnectTimeoutException) {
            return Failures.unreachable(ask.uri(), "no connection within the time allowed");
        }
        // The JDK wraps an unknown name in a connection that failed, so the innermost cause is asked first.
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException || cause instanceof UnknownHostException) {
                return Failures.unreachable(ask.uri(), "the name " + ask.uri().getHost() + " is not known");
            }
        }
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SSLException) {
                return Failures.tls(ask.uri(), deepest(cause));
            }
            if (cause instanceof ConnectException) {
                // The JDK gives no words for a refused connection.
                String words = cause.getMessage();
                return Failures.unreachable(
                        ask.uri(), words == null || words.isBlank() ? "the connection was refused" : words);
            }
        }
        return ask.method().equals("POST")
                ? Failures.streamBroken(ask.operation())
                : Failures.unreachable(ask.uri(), deepest(thrown));
    }

    private static String deepest(Throwable thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return Failures.shortened(cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage());
    }
}
