package dev.drawbridge.mcp;

import java.net.URI;
import java.util.List;
import java.util.Map;

/** What makes a connection's HTTP requests authorized. Implementations know tokens; this package only carries headers. */
public interface RequestAuthorizer {
    /** No authorization at all. */
    RequestAuthorizer NONE = new RequestAuthorizer() {
        @Override
        public Map<String, String> headers(String httpMethod, URI uri) {
            return Map.of();
        }

        @Override
        public Verdict rejected(Rejection rejection) {
            return Verdict.GIVE_UP;
        }
    };

    /**
     * The headers of one request, asked anew for every request (and again for its retry), never for another origin. May
     * block for a refresh; the request's own timeout goes on counting.
     */
    Map<String, String> headers(String httpMethod, URI uri);

    /**
     * The server answered 401, or 403 with {@code insufficient_scope}. One request asks at most once for each of the two,
     * and once more for a challenge that only asks for a DPoP nonce; after that the request ends as unauthorized.
     */
    Verdict rejected(Rejection rejection);

    /** Every response's headers, for what they carry beside challenges (such as {@code DPoP-Nonce}). */
    default void observed(URI uri, Map<String, List<String>> responseHeaders) {}
}
