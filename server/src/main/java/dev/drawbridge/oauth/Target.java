package dev.drawbridge.oauth;

import dev.drawbridge.oauth.token.StoreName;
import java.net.URI;
import java.util.Optional;

/**
 * What needs a token: one server for one account.
 *
 * @param server the server's URL, as configured
 * @param account tells several accounts on the same server apart
 * @param client what the user configured about the client
 */
public record Target(URI server, Optional<String> account, ClientSettings client) {
    /** What its credential is called in the store; targets of one name share one sign-in. */
    public StoreName credential() {
        return StoreName.credential(server, account, client.apart());
    }
}
