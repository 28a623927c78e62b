package dev.drawbridge.mcp;

import static dev.drawbridge.mcp.Connecting.call;
import static dev.drawbridge.mcp.Connecting.connected;
import static dev.drawbridge.mcp.Connecting.failure;
import static dev.drawbridge.mcp.Connecting.result;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Authorization headers, bounded retries and redirects (requirements 41, 42, 45; product 6). */
final class AuthorizationTest {
    private final RecordingListener listener = new RecordingListener();
    private final Connecting connecting = new Connecting();
    private ScriptedServer server = new ScriptedServer(ask -> ask.status(500));

    @RegisterExtension
    final PrintOnFailure print = new PrintOnFailure(() -> server.transcript());

    @AfterEach
    void close() {
        connecting.close();
        server.close();
    }

    /** Hands out token-1, token-2, … and takes a new one when the server rejects the last. */
    private final class Tokens implements RequestAuthorizer {
        private final AtomicInteger current = new AtomicInteger(1);
        private final AtomicInteger rejections = new AtomicInteger();
        private Verdict verdict = Verdict.RETRY;

        @Override
        public Map<String, String> headers(String httpMethod, URI uri) {
            return Map.of("Authorization", "Bearer token-" + current.get());
        }

        @Override
        public Verdict rejected(Rejection rejection) {
            listener.add("rejected " + rejection.status() + " " + rejection.operation() + " " + rejection);
            rejections.incrementAndGet();
            current.incrementAndGet();
            return verdict;
        }

        @Override
        public void observed(URI uri, Map<String, List<String>> responseHeaders) {
            listener.add("observed");
        }
    }

    private ConnectOutcome attempt(RequestAuthorizer authorizer, ScriptedServer.Script script) {
        server.close();
        server = new ScriptedServer(ask -> {
            if (ask.method().equals("server/discover")) {
                ask.result("{\"supportedVersions\":[\"2026-07-28\"],\"capabilities\":{}}");
            } else {
                script.answer(ask);
            }
        });
        return connecting.attempt(
                new Endpoint.StreamableHttp(
                        server.url(), Map.of("X-Key", "k", "authorization", "old"), HttpOptions.DEFAULT),
                authorizer,
                listener,
                "");
    }

    @Test
    void aRejectedTokenIsReplacedAndTheRequestRetriedOnce() {
        Tokens tokens = new Tokens();
        Connection connection = connected(attempt(tokens, ask -> {
            if (ask.header("Authorization").equals("Bearer token-1")) {
                ask.responseHeader("WWW-Authenticate", "Bearer error=\"invalid_token\"")
                        .status(401);
            } else {
                ask.result("{}");
            }
        }));
        assertEquals("{}", result(call(connection, "prompts/get", "{\"name\":\"p\"}")));
        String line = listener.await("rejected 401 prompts/get p");
        assertFalse(line.contains("token-1"), "a rejection's text names no token");
        assertTrue(listener.count("observed") >= 2);
        assertEquals("k", server.asks().getFirst().header("X-Key"));
    }

    @Test
    void rejectionsEndInAnOutcomeNeverInALoop() {
        Tokens tokens = new Tokens();
        Connection connection = connected(attempt(
                tokens,
                ask -> ask.responseHeader("WWW-Authenticate", "Bearer error=\"insufficient_scope\", scope=\"a\"")
                        .status(server.asks("POST prompts").size() % 2 == 0 ? 401 : 403)));
        CallOutcome outcome = call(connection, "prompts/list", "{}");
        assertInstanceOf(CallOutcome.Unauthorized.class, outcome);
        assertEquals(3, server.asks("POST prompts").size());
        assertEquals(2, tokens.rejections.get());
    }

    @Test
    void aNonceIsWorthOneRetryBesideTheTokensOwn() {
        Tokens tokens = new Tokens();
        Connection connection = connected(attempt(
                tokens,
                ask -> ask.responseHeader("WWW-Authenticate", "DPoP error=\"use_dpop_nonce\"")
                        .responseHeader("DPoP-Nonce", "another")
                        .status(401)));
        assertInstanceOf(CallOutcome.Unauthorized.class, call(connection, "prompts/list", "{}"));
        assertEquals(2, server.asks("POST prompts").size());
        assertEquals(1, tokens.rejections.get());

        Tokens others = new Tokens();
        Connection another = connected(attempt(
                others,
                ask -> ask.responseHeader(
                                "WWW-Authenticate",
                                server.asks("POST prompts").size() % 2 == 0
                                        ? "DPoP error=\"use_dpop_nonce\""
                                        : "DPoP error=\"invalid_token\"")
                        .status(401)));
        assertInstanceOf(CallOutcome.Unauthorized.class, call(another, "prompts/list", "{}"));
        assertEquals(3, server.asks("POST prompts").size());
        assertEquals(2, others.rejections.get());
    }

    @Test
    void givingUpIsRespected() {
        Tokens tokens = new Tokens();
        tokens.verdict = Verdict.GIVE_UP;
        Connection connection = connected(attempt(tokens, ask -> ask.status(401)));
        Rejection rejection = assertInstanceOf(CallOutcome.Unauthorized.class, call(connection, "prompts/list", "{}"))
                .rejection();
        assertEquals(Map.of("Authorization", "Bearer token-1"), rejection.sentHeaders());
        assertEquals(1, server.asks("POST prompts").size());
    }

    @Test
    void aRedirectToAnotherOriginCarriesNoSecrets() {
        try (ScriptedServer other = new ScriptedServer(ask -> ask.result("{\"moved\":1}"))) {
            Connection connection = connected(attempt(new Tokens(), ask -> {
                if (ask.path().equals("/mcp")) {
                    ask.responseHeader("Location", "/mcp/").status(308);
                } else {
                    ask.responseHeader("Location", other.url("/there").toString())
                            .status(307);
                }
            }));
            assertEquals("{\"moved\":1}", result(call(connection, "prompts/list", "{}")));
            assertEquals("Bearer token-1", server.asks("POST prompts").get(1).header("Authorization"));
            ScriptedServer.Ask there = other.asks().getFirst();
            assertEquals("", there.header("Authorization"));
            assertEquals("", there.header("X-Key"));
            assertEquals("prompts/list", there.method());
        }
    }

    @Test
    void aRedirectToASignInPageAndARedirectCircleAreFailures() {
        Connection connection = connected(attempt(RequestAuthorizer.NONE, ask -> {
            if (ask.method().equals("prompts/list")) {
                ask.responseHeader("Location", "http://example.invalid/login").status(302);
            } else {
                ask.responseHeader("Location", "/mcp").status(307);
            }
        }));
        assertEquals(
                "mcp.redirect", failure(call(connection, "prompts/list", "{}")).code());
        assertEquals(
                "mcp.redirect",
                failure(call(connection, "resources/list", "{}")).code());
    }

    @Test
    void cookiesAreKept() {
        Connection connection = connected(attempt(
                RequestAuthorizer.NONE,
                ask -> ask.responseHeader("Set-Cookie", "node=7; Path=/").result("{}")));
        call(connection, "prompts/list", "{}");
        call(connection, "prompts/list", "{}");
        assertEquals("node=7", server.asks("POST prompts").get(1).header("Cookie"));
    }

    @Test
    void aHeaderThatCannotBeSentIsSaid() {
        server.close();
        server = new ScriptedServer(ask -> ask.status(500));
        ConnectOutcome outcome = connecting.attempt(
                new Endpoint.StreamableHttp(server.url(), Map.of("Bad Name", "v"), HttpOptions.DEFAULT),
                RequestAuthorizer.NONE,
                listener,
                "");
        assertEquals("mcp.badEndpoint", failure(outcome).code());
    }
}
