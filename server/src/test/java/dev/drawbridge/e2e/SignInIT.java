package dev.drawbridge.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import dev.drawbridge.cli.demo.FormBrowser;
import dev.drawbridge.testkit.Browser;
import dev.drawbridge.testkit.Conversation;
import dev.drawbridge.testkit.OidcProvider;
import dev.drawbridge.testkit.ProtectedMcpServer;
import dev.drawbridge.testkit.SecretServiceSession;
import dev.drawbridge.testkit.TestDrawbridge;
import dev.drawbridge.testkit.TestEditor;
import dev.drawbridge.testkit.TestHome;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Sign-in end to end, with real parts all the way: editors over {@code drawbridge lsp}, the daemon, a certified
 * authorization server, an MCP server of the official SDK, and a browser.
 */
@ExtendWith(Conversation.class)
final class SignInIT {
    private final TestHome home = new TestHome().with("DRAWBRIDGE_TOKEN_STORE", "memory");

    @AfterEach
    void leave() {
        home.close();
    }

    private static URI signInPage(JsonObject flow) {
        return URI.create(flow.get("authorizationUrl").getAsString());
    }

    private static void signIn(TestEditor editor, String server) throws Exception {
        FormBrowser.Visit visit = new FormBrowser("alice").visit(signInPage(editor.authenticate(server)));
        assertTrue(visit.text().contains("Authentication Successful"), visit::toString);
        editor.awaitState(server, "connected");
    }

    @Test
    void onePersonSignsInOnceAndEveryEditorIsSignedIn() throws Exception {
        try (OidcProvider issuer = new OidcProvider();
                ProtectedMcpServer server = new ProtectedMcpServer(issuer);
                TestDrawbridge drawbridge = new TestDrawbridge(home, Map.of("notes", server.url()));
                Browser browser = new Browser()) {
            TestEditor first = drawbridge.editor("first");
            TestEditor second = drawbridge.editor("second");
            first.await("mcp/authRequired", params -> true);
            second.await("mcp/authRequired", params -> true);
            assertEquals(0, issuer.authorizeRequests(), "nobody goes to the authorization server before a click");

            JsonObject flow = first.authenticate("notes");
            JsonObject joined = second.authenticate("notes");
            assertEquals(signInPage(flow), signInPage(joined), "a second editor joins the running sign-in");
            Browser.Visit visit = browser.visit(signInPage(flow), "alice");
            assertTrue(visit.text().contains("Authentication Successful"), visit::toString);

            first.awaitState("notes", "connected");
            second.awaitState("notes", "connected");
            assertEquals("You are alice", first.call("notes", "whoami", "{}"));
            assertEquals("Echo: hello", second.call("notes", "echo", "{\"message\":\"hello\"}"));
            TestEditor third = drawbridge.editor("third");
            third.awaitState("notes", "connected");
            assertEquals("You are alice", third.call("notes", "whoami", "{}"));
            assertEquals(0, third.count(0, "mcp/authRequired"));

            assertEquals(1, issuer.authorizeRequests());
            assertEquals(1, issuer.registrations());
            assertEquals(1, issuer.tokens("authorization_code"));
            assertEquals(0, issuer.refreshTokensReused());
        }
    }

    @Test
    void theTokensOutliveTheDaemonInTheKeyringAndNowhereElse() throws Exception {
        home.with("DRAWBRIDGE_TOKEN_STORE", "keyring");
        try (SecretServiceSession session = new SecretServiceSession(home);
                OidcProvider issuer = new OidcProvider();
                ProtectedMcpServer server = new ProtectedMcpServer(issuer);
                TestDrawbridge drawbridge = new TestDrawbridge(home, Map.of("notes", server.url()))) {
            TestEditor before = drawbridge.editor("before");
            before.await("mcp/authRequired", params -> true);
            signIn(before, "notes");
            List<String> secrets = new ArrayList<>(issuer.refreshTokens());
            assertEquals(1, secrets.size());
            String access = before.request("mcp/accessToken", TestEditor.with("server", "notes"))
                    .getAsJsonObject()
                    .get("accessToken")
                    .getAsString();
            secrets.add(access);

            drawbridge.killDaemon();
            session.restart();
            drawbridge.startDaemonAgain();
            TestEditor after = drawbridge.editor("after");
            after.awaitState("notes", "connected");
            assertEquals("You are alice", after.call("notes", "whoami", "{}"));
            assertEquals(1, issuer.authorizeRequests());
            assertEquals(1, issuer.registrations());

            assertEquals(List.of(), home.filesWith(secrets), "secrets in files");
            for (String secret : secrets) {
                assertFalse(drawbridge.daemon().log().contains(secret), "a secret in the daemon's output");
                assertFalse(
                        ProcessHandle.allProcesses()
                                .anyMatch(process ->
                                        process.info().commandLine().orElse("").contains(secret)),
                        "a secret in a process's arguments");
            }
        }
    }

    @Test
    void whenEveryAccessTokenIsDroppedOneRefreshServesAllAndNoBrowserIsNeeded() throws Exception {
        try (OidcProvider issuer = new OidcProvider();
                ProtectedMcpServer server = new ProtectedMcpServer(issuer);
                TestDrawbridge drawbridge = new TestDrawbridge(home, Map.of("notes", server.url()))) {
            List<TestEditor> editors = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                editors.add(drawbridge.editor("editor " + i));
            }
            signIn(editors.getFirst(), "notes");
            for (TestEditor editor : editors) {
                editor.awaitState("notes", "connected");
            }
            for (int round = 1; round <= 3; round++) {
                server.dropTokens();
                List<CompletableFuture<JsonObject>> calls = new ArrayList<>();
                for (TestEditor editor : editors) {
                    calls.add(editor.begin("mcp/callTool", TestEditor.callParams("notes", "whoami", "{}")));
                    calls.add(editor.begin("mcp/callTool", TestEditor.callParams("notes", "whoami", "{}")));
                }
                for (CompletableFuture<JsonObject> call : calls) {
                    JsonObject answer = call.get(30, TimeUnit.SECONDS);
                    assertTrue(answer.has("result"), answer::toString);
                    assertEquals("You are alice", TestEditor.textOf(answer.get("result")));
                }
                assertEquals(round, issuer.tokens("refresh_token"), "one refresh a round");
            }
            assertEquals(0, issuer.refreshTokensReused());
            assertEquals(1, issuer.authorizeRequests());
        }
    }

    @Test
    void shortLivedTokensAreRefreshedWithoutAnybodyNoticing() throws Exception {
        try (OidcProvider issuer = new OidcProvider(settings -> settings.addProperty("accessTokenTtl", 3));
                ProtectedMcpServer server = new ProtectedMcpServer(issuer);
                TestDrawbridge drawbridge = new TestDrawbridge(home, Map.of("notes", server.url()))) {
            TestEditor editor = drawbridge.editor("editor");
            editor.await("mcp/authRequired", params -> true);
            signIn(editor, "notes");
            int connected = editor.heard();
            long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (issuer.tokens("refresh_token") < 3) {
                assertEquals("You are alice", editor.call("notes", "whoami", "{}"));
                assertTrue(System.nanoTime() < end, "three tokens should have expired by now");
            }
            assertEquals(0, editor.count(connected, "mcp/authRequired"));
            assertEquals(0, issuer.refreshTokensReused());
            assertEquals(1, issuer.authorizeRequests());
        }
    }

    @Test
    void aVoidedSignInAsksOnceAndThenWorksAgain() throws Exception {
        try (OidcProvider issuer = new OidcProvider();
                ProtectedMcpServer server = new ProtectedMcpServer(issuer);
                TestDrawbridge drawbridge = new TestDrawbridge(home, Map.of("notes", server.url()))) {
            TestEditor editor = drawbridge.editor("editor");
            editor.await("mcp/authRequired", params -> true);
            signIn(editor, "notes");

            issuer.revokeGrants();
            server.dropTokens();
            int before = editor.heard();
            JsonObject refused = editor.refused("mcp/callTool", TestEditor.callParams("notes", "whoami", "{}"));
            assertTrue(refused.get("message").getAsString().length() > 10, refused::toString);
            editor.awaitFrom(before, "mcp/authRequired", params -> true);
            assertEquals(1, issuer.authorizeRequests(), "nothing opens by itself");

            signIn(editor, "notes");
            assertEquals("You are alice", editor.call("notes", "whoami", "{}"));
            assertEquals(1, editor.count(before, "mcp/authRequired"));
            assertEquals(1, issuer.registrations(), "the registration lives on");
        }
    }

    @Test
    void aServerThatForgotItsClientsIsRegisteredWithAgain() throws Exception {
        try (OidcProvider issuer = new OidcProvider();
                ProtectedMcpServer server = new ProtectedMcpServer(issuer);
                TestDrawbridge drawbridge = new TestDrawbridge(home, Map.of("notes", server.url()))) {
            TestEditor editor = drawbridge.editor("editor");
            editor.await("mcp/authRequired", params -> true);
            signIn(editor, "notes");
            issuer.forgetClients();
            issuer.revokeGrants();
            server.dropTokens();
            int before = editor.heard();
            editor.refused("mcp/callTool", TestEditor.callParams("notes", "whoami", "{}"));
            editor.awaitFrom(before, "mcp/authRequired", params -> true);
            signIn(editor, "notes");
            assertEquals("You are alice", editor.call("notes", "whoami", "{}"));
            assertEquals(2, issuer.registrations());
        }
    }
}
