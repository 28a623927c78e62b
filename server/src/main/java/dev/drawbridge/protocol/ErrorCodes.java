// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol;

import java.util.Optional;

/**
 * The codes of errors, outside the ranges that JSON-RPC, LSP and MCP reserve. Next to them stand JSON-RPC's own
 * -32602 (parameters that do not fit this specification), -32601 (a method that is not known) and LSP's -32800
 * (cancelled by {@code $/cancelRequest}).
 */
public enum ErrorCodes {
    /** No server of that name is in the session's view. */
    UNKNOWN_SERVER(-31001),
    /** No sign-in of that id is running; it ended or expired. */
    UNKNOWN_FLOW(-31002),
    /** The server wants a sign-in first. {@code mcp/authenticate} starts one; after it the same call works. */
    SIGN_IN_REQUIRED(-31003),
    /** The server is disabled, untrusted, stopped, being retried or failed. */
    SERVER_UNAVAILABLE(-31004),
    /** The MCP server answered with an error of its own. */
    SERVER_ERROR(-31005),
    /** No answer came in time. */
    TIMED_OUT(-31006),
    /**
     * The configuration could not be changed: the definition is wrong, changed meanwhile or names something that is
     * there, or the file cannot be written.
     */
    CONFIGURATION_REFUSED(-31007),
    /** Anything else; the failure's own code says what. */
    OPERATION_FAILED(-31008);

    private final int wire;

    ErrorCodes(int wire) {
        this.wire = wire;
    }

    /** The value in JSON. */
    public int wire() {
        return wire;
    }

    /** The constant with this value in JSON. */
    public static Optional<ErrorCodes> of(int wire) {
        for (ErrorCodes one : values()) {
            if (one.wire == wire) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }
}
