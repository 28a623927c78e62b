package dev.drawbridge.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/** Which URLs a remote server may have: {@code http} and {@code https} only, with a host. */
final class UrlCheck {
    private UrlCheck() {}

    /** Why the URL cannot be used; a URL with variables is checked as far as it is plain. */
    static Optional<String> whyNot(String url) {
        if (url.isBlank()) {
            return Optional.of("The URL is empty.");
        }
        boolean variable = VariableText.parse(url).hasVariables();
        int colon = url.indexOf(':');
        int dollar = url.indexOf("${");
        if (variable && (dollar < colon || colon < 0)) {
            return Optional.empty();
        }
        return variable ? whyNotScheme(url) : whyNotLiteral(url);
    }

    /** Why a text that is taken as it is cannot be used. */
    static Optional<String> whyNotLiteral(String url) {
        return whyNotScheme(url).or(() -> whyNotParsed(url));
    }

    private static Optional<String> whyNotScheme(String url) {
        int colon = url.indexOf(':');
        String scheme = colon < 0 ? "" : url.substring(0, colon).toLowerCase(Locale.ROOT);
        return scheme.equals("http") || scheme.equals("https")
                ? Optional.empty()
                : Optional.of("The URL of a server starts with https:// or http://.");
    }

    private static Optional<String> whyNotParsed(String url) {
        try {
            URI uri = new URI(url);
            if (uri.getHost() == null || uri.getHost().isEmpty()) {
                return Optional.of("The URL has no host.");
            }
            return uri.getPort() > 65_535 ? Optional.of("The URL's port is above 65535.") : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.of("This is no URL: " + e.getReason().toLowerCase(Locale.ROOT) + " at character "
                    + (e.getIndex() + 1) + ".");
        }
    }

    /** What speaks against a URL that can be used. */
    static Optional<String> worry(String url) {
        if (!url.startsWith("http://")
                || VariableText.parse(url).hasVariables()
                || whyNotParsed(url).isPresent()) {
            return Optional.empty();
        }
        return isLoopback(URI.create(url).getHost())
                ? Optional.empty()
                : Optional.of("Tokens and data go over the network unencrypted; use https:// where the server has it.");
    }

    /** Whether a URL that can be used names a page only: no user, no query, no fragment. */
    static boolean isPlainPage(String url) {
        URI uri = URI.create(url);
        return uri.getRawUserInfo() == null && uri.getRawQuery() == null && uri.getRawFragment() == null;
    }

    static boolean isLoopback(String host) {
        String plain = host.toLowerCase(Locale.ROOT);
        return plain.equals("localhost")
                || plain.endsWith(".localhost")
                || plain.equals("[::1]")
                || plain.matches("127(\\.[0-9]{1,3}){3}");
    }
}
