package dev.drawbridge.oauth;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/**
 * Rules about where requests and browsers may go: https anywhere, plain http only to this machine (requirements 39, 47, 48).
 * An endpoint with any other scheme, such as {@code javascript:}, with user information or without a host is refused
 * before anything is opened or called.
 */
final class Origin {
    private Origin() {}

    /** An endpoint's address as an authorization server or resource wrote it. */
    static URI endpoint(String text, String name) throws AuthorizationFailed {
        Optional<URI> uri = parse(text).filter(Origin::isAllowed);
        if (uri.isEmpty()) {
            throw new AuthorizationFailed(OAuthFailure.lasting(
                    "oauth.unsafeEndpoint",
                    "The " + name + " address is neither https nor http on this machine: " + Text.excerpt(text),
                    "Tell the server's operator, and do not sign in there."));
        }
        return uri.get();
    }

    static boolean isAllowed(URI uri) {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (uri.getHost() == null || uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
            return false;
        }
        return scheme.equals("https") || scheme.equals("http") && isLoopback(uri.getHost());
    }

    /** Names and addresses of this machine (RFC 6761 section 6.3, RFC 8252 section 8.3). */
    static boolean isLoopback(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.equals("localhost")
                || name.endsWith(".localhost")
                || name.equals("[::1]")
                || name.equals("::1")
                || name.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
    }

    static boolean same(URI one, URI other) {
        return one.getScheme() != null
                && one.getScheme().equalsIgnoreCase(other.getScheme())
                && one.getHost() != null
                && one.getHost().equalsIgnoreCase(other.getHost())
                && port(one) == port(other);
    }

    /** Scheme, host and port, without a trailing slash. */
    static String of(URI uri) {
        return uri.getScheme().toLowerCase(Locale.ROOT) + "://"
                + uri.getHost().toLowerCase(Locale.ROOT)
                + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
    }

    static Optional<URI> parse(String text) {
        try {
            return Optional.of(new URI(text));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /** For messages: the address without query and fragment, which may carry secrets. */
    static URI shown(URI uri) {
        String text = uri.toString();
        int end = text.length();
        for (char separator : new char[] {'?', '#'}) {
            int at = text.indexOf(separator);
            end = at >= 0 ? Math.min(end, at) : end;
        }
        return URI.create(text.substring(0, end));
    }

    private static int port(URI uri) {
        if (uri.getPort() >= 0) {
            return uri.getPort();
        }
        return "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
    }
}
