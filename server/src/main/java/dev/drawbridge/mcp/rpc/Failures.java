package dev.drawbridge.mcp.rpc;

import dev.drawbridge.mcp.McpFailure;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Every failure this package can report, with its code, its sentence and its next step. */
public final class Failures {
    private static final String TIMEOUT = "mcp.timeout";

    private Failures() {}

    public static McpFailure unreachable(URI url, String why) {
        return at(
                url,
                "mcp.unreachable",
                "The server at " + place(url) + " could not be reached: " + why + ".",
                "Check the address and the network; Drawbridge tries again by itself.",
                true);
    }

    public static McpFailure tls(URI url, String why) {
        return at(
                url,
                "mcp.tls",
                "No trusted connection to " + place(url) + " came about: " + why + ".",
                "Check the server's certificate, or name its authority in tls.caFile.",
                false);
    }

    public static McpFailure badTls(String why) {
        return of("mcp.badTlsSettings", why, "Correct the tls settings of this server.", false);
    }

    public static McpFailure badEndpoint(String why) {
        return of("mcp.badEndpoint", why, "Correct this server's entry in the configuration.", false);
    }

    public static McpFailure timeout(String operation, Duration silence) {
        return of(
                TIMEOUT,
                "The server did not answer " + operation + " within " + seconds(silence) + ".",
                "Try again, or raise the server's timeout.",
                true);
    }

    /** @param how such as {@code nothing came for 5000 ms} */
    public static McpFailure stalled(String operation, String how) {
        return of(
                TIMEOUT,
                "The server fell silent in the middle of its answer to " + operation + ": " + how + ".",
                "Check what the call did, then try again, or raise the server's bodyTimeout.",
                true);
    }

    /** A time limit of ours has passed: the server may still be at it. */
    public static boolean isTimeout(McpFailure failure) {
        return failure.code().equals(TIMEOUT);
    }

    public static McpFailure protocol(String what) {
        return of(
                "mcp.protocol",
                "The server broke the protocol: " + what + ".",
                "Update the server, or report this to its makers.",
                false);
    }

    public static McpFailure notMcp(URI url, String what) {
        return at(
                url,
                "mcp.notMcp",
                place(url) + " does not speak MCP: " + what + ".",
                "Check that the address is the MCP endpoint, and that no sign-in page of the network is in between.",
                false);
    }

    public static McpFailure tooLarge(String operation, long bound) {
        return of(
                "mcp.answerTooLarge",
                "The answer to " + operation + " is larger than " + (bound >> 20) + " MiB.",
                "Ask the server for less at once.",
                false);
    }

    public static McpFailure streamBroken(String operation) {
        return of(
                "mcp.streamBroken",
                "The server's answer to " + operation + " broke off; whether it was carried out is not known.",
                "Check what the call did, then try again.",
                true);
    }

    public static McpFailure httpStatus(URI url, int status, String hint) {
        boolean passing = status == 408 || status == 425 || status == 429 || status >= 500;
        return at(
                url,
                status == 429 ? "mcp.tooManyRequests" : passing ? "mcp.unavailable" : "mcp.refused",
                place(url) + " answered with HTTP status " + status + hint + ".",
                passing ? "Wait a little and try again." : "Check the address and what the server asks of its clients.",
                passing);
    }

    public static McpFailure forbidden(URI url, String hint) {
        return at(
                url,
                "mcp.forbidden",
                place(url) + " refuses this account or this request (HTTP status 403)" + hint + ".",
                "Ask the server's owner for access, or sign in with another account.",
                false);
    }

    public static McpFailure redirect(URI url, String why) {
        return at(
                url,
                "mcp.redirect",
                place(url) + " redirects " + why + ".",
                "Put the final address into the configuration.",
                false);
    }

    public static McpFailure sessionLost(URI url) {
        return at(
                url,
                "mcp.sessionLost",
                place(url) + " no longer knows this session.",
                "Try again; a new session is opened by itself.",
                true);
    }

    public static McpFailure noCommonVersion(String offered) {
        return of(
                "mcp.noCommonVersion",
                "The server speaks no protocol version that Drawbridge knows; it offers " + offered + ".",
                "Update the server or Drawbridge.",
                false);
    }

    /** A server that was updated while a connection to it stood. */
    public static McpFailure versionChanged() {
        return of(
                "mcp.versionChanged",
                "The server no longer speaks the protocol version that was agreed on; it is asked anew.",
                "Try again in a moment.",
                true);
    }

    public static McpFailure refusedInitialize(long code, String message) {
        return of(
                "mcp.initializeRefused",
                "The server refused to initialize: " + shortened(message) + " (" + code + ").",
                "Read the server's log, and check its configuration.",
                false);
    }

    public static McpFailure notStarted(String program, String why) {
        return of(
                "mcp.notStarted",
                "The program " + program + " could not be started: " + why + ".",
                "Check that it is installed and on the PATH that the server's entry gives it.",
                false);
    }

    public static McpFailure processExited(String program, int code, Optional<String> lastWords) {
        return of(
                "mcp.processExited",
                "The program " + program + " ended with exit code " + code
                        + lastWords
                                .map(words -> "; its last words: " + shortened(words))
                                .orElse("") + ".",
                "Read its messages in the log, and run the command in a terminal to see what it misses.",
                true);
    }

    public static McpFailure outputClosed(String program) {
        return of(
                "mcp.outputClosed",
                "The program " + program + " closed its output.",
                "Read its messages in the log.",
                true);
    }

    public static McpFailure notReading(String program) {
        return of(
                "mcp.notReading",
                "The program " + program + " has stopped reading its input.",
                "Restart the server.",
                true);
    }

    public static McpFailure closed() {
        return of("mcp.closed", "The connection to the server was closed.", "Connect again.", true);
    }

    public static McpFailure tooManyCalls(int bound) {
        return of("mcp.tooManyCalls", bound + " calls to this server are waiting already.", "Try again later.", true);
    }

    public static McpFailure tooManyRounds(String operation, int bound) {
        return of(
                "mcp.tooManyRounds",
                "The server asked for more input " + bound + " times in a row during " + operation + ".",
                "Report this to the server's makers.",
                false);
    }

    public static McpFailure inputRefused(String method, String why) {
        return of(
                "mcp.inputRefused",
                "The server needs " + method + ", which this client refused: " + shortened(why) + ".",
                "Use a client that offers it, or another tool.",
                false);
    }

    private static McpFailure of(String code, String message, String action, boolean passing) {
        return new McpFailure(code, message, action, passing, Optional.empty());
    }

    private static McpFailure at(URI url, String code, String message, String action, boolean passing) {
        return new McpFailure(code, message, action, passing, Optional.of(withoutSecrets(url)));
    }

    /** Scheme, host, port and path: a user part or a query may hold a key. */
    private static URI withoutSecrets(URI url) {
        String authority = url.getHost() == null ? "" : url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort());
        String path = url.getRawPath() == null ? "" : url.getRawPath();
        return URI.create(url.getScheme() + "://" + authority + path);
    }

    private static String place(URI url) {
        return withoutSecrets(url).toString();
    }

    private static String seconds(Duration duration) {
        return duration.toMillis() < 2000 ? duration.toMillis() + " ms" : duration.toSeconds() + " s";
    }

    /** A server's words are cut: they are shown to a person, and may be anything. */
    public static String shortened(String words) {
        String line = words.strip().replaceAll("\\s+", " ");
        return line.length() <= 300 ? line : line.substring(0, 300) + "…";
    }
}
