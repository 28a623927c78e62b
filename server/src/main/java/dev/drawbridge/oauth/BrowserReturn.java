package dev.drawbridge.oauth;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * What happens when the browser of a sign-in comes back.
 *
 * @param successUrl where it is sent once the tokens are stored, in place of our own page; it learns nothing of the sign-in
 * @param exchange how long the exchange of the code for tokens may take; empty: as long as any other exchange
 */
public record BrowserReturn(Optional<URI> successUrl, Optional<Duration> exchange) {
    /** Our own page, and no special patience. */
    public static final BrowserReturn DEFAULT = new BrowserReturn(Optional.empty(), Optional.empty());

    public BrowserReturn {
        if (successUrl.filter(BrowserReturn::isPage).isPresent() != successUrl.isPresent()) {
            throw new IllegalArgumentException("the success URL is no plain http or https page");
        }
    }

    private static boolean isPage(URI uri) {
        boolean web = "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
        return web
                && uri.getHost() != null
                && uri.getRawUserInfo() == null
                && uri.getRawQuery() == null
                && uri.getRawFragment() == null;
    }
}
