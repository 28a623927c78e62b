package dev.drawbridge.proxy.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Who may ask anything at all (MCP, Streamable HTTP, security warning): only who names this machine in {@code Host}, comes
 * from no web page or from one of this machine's, and holds the user's token.
 */
final class DoorCheck {
    private static final Pattern HOST = Pattern.compile("(localhost|127\\.0\\.0\\.1|\\[::1])(:\\d{1,5})?");
    private static final Pattern ORIGIN = Pattern.compile("https?://(localhost|127\\.0\\.0\\.1|\\[::1])(:\\d{1,5})?");

    private final byte[] token;

    DoorCheck(EndpointToken token) {
        this.token = token.value().getBytes(StandardCharsets.UTF_8);
    }

    Optional<Response> refuses(RequestHead head) {
        Optional<String> host = head.header("Host").map(value -> value.toLowerCase(Locale.ROOT));
        if (head.repeats("Host")
                || !host.filter(value -> HOST.matcher(value).matches()).isPresent()) {
            return Optional.of(Response.refusal(403, "Host does not name this machine; use 127.0.0.1."));
        }
        if (head.header("Origin").isPresent() && origin(head).isEmpty()) {
            return Optional.of(Response.refusal(403, "Web pages of other machines get nothing here."));
        }
        if (head.method().equals("OPTIONS") || holdsToken(head)) {
            return Optional.empty();
        }
        return Optional.of(Response.refusal(
                        401, "The header Authorization: Bearer TOKEN is missing or wrong; drawbridge http prints it.")
                .with("WWW-Authenticate", "Bearer realm=\"drawbridge\""));
    }

    /** The web page of this machine that asks, if one does. */
    static Optional<String> origin(RequestHead head) {
        return head.header("Origin")
                .filter(value -> ORIGIN.matcher(value.toLowerCase(Locale.ROOT)).matches());
    }

    private boolean holdsToken(RequestHead head) {
        String given = head.header("Authorization").orElse("");
        return given.regionMatches(true, 0, "Bearer ", 0, 7)
                && !head.repeats("Authorization")
                && MessageDigest.isEqual(given.substring(7).strip().getBytes(StandardCharsets.UTF_8), token);
    }
}
