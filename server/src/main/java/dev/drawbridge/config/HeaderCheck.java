package dev.drawbridge.config;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Which HTTP headers may be configured (RFC 9110 sections 5.1 and 5.5). Values never appear in the sentences. */
final class HeaderCheck {
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    /** Headers that belong to the connection. */
    private static final Set<String> OWNED =
            Set.of("connection", "content-length", "expect", "host", "transfer-encoding", "upgrade");

    private HeaderCheck() {}

    static Optional<String> whyNot(String name, String value) {
        if (!TOKEN.matcher(name).matches()) {
            return Optional.of("\"" + name + "\" is no name of an HTTP header.");
        }
        if (OWNED.contains(name.toLowerCase(Locale.ROOT))) {
            return Optional.of("The header \"" + name + "\" is set by the connection itself.");
        }
        return value.chars().anyMatch(c -> c < 0x20 && c != '\t' || c == 0x7f)
                ? Optional.of("The value of the header \"" + name + "\" holds a line break or control character.")
                : Optional.empty();
    }
}
