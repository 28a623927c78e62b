package dev.drawbridge.daemon.relay;

import dev.drawbridge.daemon.relay.ProxyArguments.BadArguments;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/** Which URLs the command line may name: {@code https}, and {@code http} where nobody can listen in. */
final class GivenUrl {
    private GivenUrl() {}

    /**
     * A URL with a host.
     *
     * @param what the flag, or what else names it in an error
     */
    static URI web(String what, String text) throws BadArguments {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            // The exception's message quotes the URL, which may hold a secret, and hosts log what is said here.
            throw new BadArguments(what + " is no URL: " + e.getReason().toLowerCase(Locale.ROOT) + " at character "
                    + (e.getIndex() + 1) + ".");
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (uri.getHost() == null || !scheme.equals("https") && !scheme.equals("http")) {
            throw new BadArguments(what + " starts with https:// or http://.");
        }
        return uri;
    }

    static boolean isPlainHttp(URI uri) {
        if (!uri.getScheme().equalsIgnoreCase("http")) {
            return false;
        }
        String host = uri.getHost();
        return !host.equals("localhost")
                && !host.endsWith(".localhost")
                && !host.equals("[::1]")
                && !host.matches("127(\\.[0-9]{1,3}){3}");
    }
}
