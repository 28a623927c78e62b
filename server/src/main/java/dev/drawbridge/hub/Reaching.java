package dev.drawbridge.hub;

import dev.drawbridge.mcp.Rejection;
import dev.drawbridge.mcp.RequestAuthorizer;
import dev.drawbridge.mcp.Verdict;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Notes how the requests to a server get on, so that whoever can do without its answer knows when waiting has become
 * pointless: a keyring may wait for its owner, an authorization server may be out of order, a server may be mute.
 */
final class Reaching implements RequestAuthorizer {
    /** Longer than a keyring takes that is unlocked. */
    private static final Duration CREDENTIAL = Duration.ofMillis(500);

    /** Longer than servers take that have to be woken. */
    private static final Duration ANSWER = Duration.ofSeconds(2);

    private final RequestAuthorizer authorizer;
    private volatile long worthUntil;

    Reaching(RequestAuthorizer authorizer) {
        this.authorizer = authorizer;
        expect(ANSWER);
    }

    /** For how long waiting is still worth it, unless something happens meanwhile; negative when it is not. */
    Duration worth() {
        return Duration.ofNanos(worthUntil - System.nanoTime());
    }

    /** The server is about to be connected to. */
    void begin() {
        expect(ANSWER);
    }

    private void expect(Duration atMost) {
        worthUntil = System.nanoTime() + atMost.toNanos();
    }

    @Override
    public Map<String, String> headers(String httpMethod, URI uri) {
        expect(CREDENTIAL);
        try {
            return authorizer.headers(httpMethod, uri);
        } finally {
            expect(ANSWER);
        }
    }

    @Override
    public Verdict rejected(Rejection rejection) {
        expect(CREDENTIAL);
        try {
            return authorizer.rejected(rejection);
        } finally {
            expect(ANSWER);
        }
    }

    @Override
    public void observed(URI uri, Map<String, List<String>> responseHeaders) {
        expect(ANSWER);
        authorizer.observed(uri, responseHeaders);
    }
}
