package dev.drawbridge.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import dev.drawbridge.cli.demo.FormBrowser;
import dev.drawbridge.testkit.Conversation;
import dev.drawbridge.testkit.OidcProvider;
import dev.drawbridge.testkit.ProtectedMcpServer;
import dev.drawbridge.testkit.SecretServiceSession;
import dev.drawbridge.testkit.TestDrawbridge;
import dev.drawbridge.testkit.TestEditor;
import dev.drawbridge.testkit.TestHome;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tokens bound to a key (RFC 9449) with real parts: a certified authorization server that wants nonces, and an MCP server
 * that checks each proof with a library of its own.
 */
@ExtendWith(Conversation.class)
final class DpopIT {
    private final TestHome home = new TestHome().with("DRAWBRIDGE_TOKEN_STORE", "keyring");

    @AfterEach
    void leave() {
        home.close();
    }

    @Test
    void aBoundTokenIsSignedInForRefreshedAndUsedAlsoAfterARestart() throws Exception {
        try (SecretServiceSession session = new SecretServiceSession(home);
                OidcProvider issuer = new OidcProvider(settings -> {
                    settings.addProperty("dpop", true);
                    settings.addProperty("dpopNonce", true);
                });
                ProtectedMcpServer server = new ProtectedMcpServer(issuer, settings -> {
                    settings.addProperty("dpop", true);
                    settings.addProperty("dpopNonce", "first");
                });
                TestDrawbridge drawbridge = new TestDrawbridge(home, Map.of("notes", server.url()))) {
            TestEditor editor = drawbridge.editor("editor");
            editor.await("mcp/authRequired", params -> true);
            URI page = URI.create(
                    editor.authenticate("notes").get("authorizationUrl").getAsString());
            FormBrowser.Visit visit = new FormBrowser("alice").visit(page);
            assertTrue(visit.text().contains("Authentication Successful"), visit::toString);
            editor.awaitState("notes", "connected");
            assertEquals("You are alice", editor.call("notes", "whoami", "{}"));

            server.requireNonce("second");
            assertEquals("You are alice", editor.call("notes", "whoami", "{}"));
            server.dropTokens();
            assertEquals("You are alice", editor.call("notes", "whoami", "{}"));
            assertEquals(1, issuer.tokens("refresh_token"));
            JsonObject refused = editor.refused("mcp/accessToken", TestEditor.with("server", "notes"));
            assertTrue(refused.get("message").getAsString().contains("DPoP"), refused::toString);

            drawbridge.killDaemon();
            session.restart();
            drawbridge.startDaemonAgain();
            TestEditor after = drawbridge.editor("after");
            after.awaitState("notes", "connected");
            server.dropTokens();
            assertEquals("You are alice", after.call("notes", "whoami", "{}"));
            assertEquals(2, issuer.tokens("refresh_token"));

            assertEquals(1, issuer.authorizeRequests());
            assertEquals(0, issuer.refreshTokensReused());
            assertEquals(1, server.counts().get("keys").getAsInt(), "one key, before and after the restart");
            assertEquals(
                    Set.of("use_dpop_nonce"),
                    new HashSet<>(server.proofErrors()),
                    "nothing else is wrong with any proof");
            List<String> schemes = server.headers().stream()
                    .filter(headers -> headers.has("authorization"))
                    .map(headers -> headers.get("authorization").getAsString())
                    .map(value -> value.substring(0, value.indexOf(' ')))
                    .distinct()
                    .toList();
            assertEquals(List.of("DPoP"), schemes, "a bound token is never sent as a bearer token");
            assertFalse(drawbridge.daemon().log().contains("\"kty\""), "no key in the daemon's output");
        }
    }
}
