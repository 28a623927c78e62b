package dev.drawbridge.mcp.stateless;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Values for {@code Mcp-Name} and {@code Mcp-Param-*} headers (2026-07-28, Streamable HTTP, value encoding; requirement 61). */
public final class HeaderValue {
    private static final String PREFIX = "=?base64?";
    private static final String SUFFIX = "?=";

    private HeaderValue() {}

    /** The value itself where it is safe in a header, else its Base64 form between the marks. */
    public static String encode(String value) {
        boolean looksEncoded = value.startsWith(PREFIX) && value.endsWith(SUFFIX);
        if (!looksEncoded && isSafe(value)) {
            return value;
        }
        return PREFIX + Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8)) + SUFFIX;
    }

    /** Visible ASCII with spaces and tabs inside; an empty value or one with space around it would not survive. */
    private static boolean isSafe(String value) {
        return !value.isEmpty()
                && value.charAt(0) > ' '
                && value.charAt(value.length() - 1) > ' '
                && value.chars().allMatch(c -> c >= 0x20 && c <= 0x7E || c == '\t');
    }
}
