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
 * @param credential what its credential is called in the store; targets of one name share one sign-in. It is made once, since
 *     every request asks for it and the source of an assertion may have to be looked up for it
 */
public record Target(URI server, Optional<String> account, ClientSettings client, StoreName credential) {
    public Target(URI server, Optional<String> account, ClientSettings client) {
        this(server, account, client, StoreName.credential(server, account, client.apart()));
    }
}
