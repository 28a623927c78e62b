package dev.drawbridge.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import dev.drawbridge.cli.demo.FormBrowser;
import dev.drawbridge.testkit.Conversation;
import dev.drawbridge.testkit.Fault;
import dev.drawbridge.testkit.OidcProvider;
import dev.drawbridge.testkit.ProtectedMcpServer;
import dev.drawbridge.testkit.SecretServiceSession;
import dev.drawbridge.testkit.TestDrawbridge;
import dev.drawbridge.testkit.TestEditor;
import dev.drawbridge.testkit.TestHome;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What stays true under fire: nothing is lost and nobody waits for ever. */
@ExtendWith(Conversation.class)
final class RecoveryIT {
    private final TestHome home = new TestHome().with("DRAWBRIDGE_TOKEN_STORE", "memory");

    @AfterEach
    void leave() {
        home.close();
    }

    private static TestEditor signedIn(TestDrawbridge drawbridge) throws Exception {
        TestEditor editor = drawbridge.editor("editor");
        URI page =
                URI.create(editor.authenticate("notes").get("authorizationUrl").getAsString());
        assertTrue(new FormBrowser("alice").visit(page).text().contains("Authentication Successful"));
        editor.awaitState("notes", "connected");
        return editor;
    }

    private static boolean works(TestEditor editor) {
        JsonObject answer = editor.begin("mcp/callTool", TestEditor.callParams("notes", "whoami", "{}"))
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
        return answer.has("result");
    }

    private static void eventually(String what, Duration deadline, BooleanSupplier condition) {
        long end = System.nanoTime() + deadline.toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, () -> "not within " + deadline + ": " + what);
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }

    @Test
    void aDaemonKilledInMidCallAnswersWithAnErrorAndTheNextCallWorks() throws Exception {
        home.with("DRAWBRIDGE_TOKEN_STORE", "keyring");
        try (SecretServiceSession session = new SecretServiceSession(home);
                OidcProvider issuer = new OidcProvider();
                ProtectedMcpServer server = new ProtectedMcpServer(issuer);
                TestDrawbridge drawbridge = new TestDrawbridge(home, Map.of("notes", server.url()))) {
            TestEditor editor = signedIn(drawbridge);
            CompletableFuture<JsonObject> slow = editor.begin(
                    "mcp/callTool", TestEditor.callParams("notes", "slow", "{\"steps\":20,\"millis\":500}"));
            eventually(
                    "the call is under way",
                    Duration.ofSeconds(10),
                    () -> server.calls().size() == 1);
            drawbridge.killDaemon();
            JsonObject answer = slow.get(10, TimeUnit.SECONDS);
            assertTrue(answer.has("error"), answer::toString);
            eventually("the next call works", Duration.ofSeconds(10), () -> works(editor));
            assertEquals(1, issuer.authorizeRequests(), session::toString);
        }
    }

    @Test
    void aTokenEndpointThatFailsForAWhileCostsNoSignIn() throws Exception {
        try (OidcProvider issuer = new OidcProvider();
                ProtectedMcpServer server = new ProtectedMcpServer(issuer);
                TestDrawbridge drawbridge = new TestDrawbridge(home, Map.of("notes", server.url()))) {
            TestEditor editor = signedIn(drawbridge);
            int before = editor.heard();
            issuer.order(Fault.status("/token", 3, 503, "{\"error\":\"temporarily_unavailable\"}"));
            issuer.order(Fault.reset("/token", 1));
            server.dropTokens();
            eventually("calls work again", Duration.ofSeconds(60), () -> works(editor));
            assertEquals(0, editor.count(before, "mcp/authRequired"));
            assertEquals(1, issuer.authorizeRequests());
            assertEquals(0, issuer.refreshTokensReused());
        }
    }

    @Test
    void aServerThatLostItsSessionsIsGreetedAnew() throws Exception {
        try (OidcProvider issuer = new OidcProvider();
                ProtectedMcpServer server = new ProtectedMcpServer(issuer);
                TestDrawbridge drawbridge = new TestDrawbridge(home, Map.of("notes", server.url()))) {
            TestEditor editor = signedIn(drawbridge);
            assertTrue(works(editor));
            int greetings = server.initializes();
            server.dropSessions();
            eventually("calls work again", Duration.ofSeconds(20), () -> works(editor));
            assertTrue(server.initializes() > greetings);
            assertEquals(1, issuer.authorizeRequests());
        }
    }

    @Test
    void aLockedKeyringIsSaidAndNeverAsksForANewSignIn() throws Exception {
        home.with("DRAWBRIDGE_TOKEN_STORE", "keyring");
        try (SecretServiceSession session = new SecretServiceSession(home);
                OidcProvider issuer = new OidcProvider();
                ProtectedMcpServer server = new ProtectedMcpServer(issuer);
                TestDrawbridge drawbridge = new TestDrawbridge(home, Map.of("notes", server.url()))) {
            signedIn(drawbridge);
            session.lock();
            drawbridge.restartDaemon();
            TestEditor editor = drawbridge.editor("after");
            JsonObject refused = editor.refused("mcp/callTool", TestEditor.callParams("notes", "whoami", "{}"));
            assertTrue(refused.toString().contains("keyring"), refused::toString);
            assertEquals(0, editor.count(0, "mcp/authRequired"), "a locked keyring is no lost sign-in");
            session.restart();
            eventually("calls work again", Duration.ofSeconds(60), () -> works(editor));
            assertEquals(1, issuer.authorizeRequests());
        }
    }
}
