package dev.drawbridge.oauth;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The newest nonce of each server, which the next proof for it carries (RFC 9449 sections 8 and 9). A server is an origin in
 * one role, since nonces of token endpoints and of resources are not to be mixed up. Thread-safe by its own monitor.
 */
final class DpopNonces {
    /** What the nonce is for. */
    enum Role {
        AUTHORIZATION_SERVER,
        RESOURCE
    }

    private static final int MOST = 256;
    private static final int LONGEST = 1024;

    private record Server(Role role, String origin) {}

    private final Map<Server, String> newest = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Server, String> eldest) {
            return size() > MOST;
        }
    };

    synchronized Optional<String> of(Role role, URI uri) {
        return Optional.ofNullable(newest.get(new Server(role, Origin.of(uri))));
    }

    /** Takes the value of a response's {@code DPoP-Nonce}; what cannot be one (section 8.1) is passed over. */
    synchronized void observed(Role role, URI uri, String nonce) {
        if (nonce.length() <= LONGEST && nonce.matches("[\\x21\\x23-\\x5b\\x5d-\\x7e]+")) {
            newest.put(new Server(role, Origin.of(uri)), nonce);
        }
    }
}
