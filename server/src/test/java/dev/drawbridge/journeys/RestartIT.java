package dev.drawbridge.journeys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import dev.drawbridge.testkit.Conversation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A sign-in outlasts the daemon, the access token and a busy server; only a void refresh token ends it. */
@ExtendWith(Conversation.class)
final class RestartIT {
    private static final int AT_ONCE = 20;
    private static final int SIGN_IN_REQUIRED = -31003;
    private static Village village;

    @BeforeAll
    static void start() {
        village = new Village();
    }

    @AfterAll
    static void end() {
        village.close();
    }

    @Test
    void neitherAStoppedNorAKilledDaemonAsksForTheBrowserAgain() throws Exception {
        try (Desk desk = Desk.withKeyring()) {
            desk.configure(village.configuration());
            Editor editor = desk.editor("Thin", Editor.THIN);
            village.signIn(editor);
            int visits = village.issuer().authorizeRequests();

            ProcessHandle first = desk.daemon().orElseThrow();
            desk.run("stop");
            assertEquals("Echo: stopped", editor.call("notes", "echo", Village.message("stopped")));
            ProcessHandle second = desk.daemon().orElseThrow();
            assertNotEquals(first.pid(), second.pid());

            JsonObject slow = new JsonObject();
            slow.addProperty("steps", 100);
            slow.addProperty("millis", 1000);
            int calls = village.server().messages("tools/call");
            int midCall = editor.beginCall("notes", "slow", slow);
            Desk.until("the slow call's begin", () -> village.server().messages("tools/call") > calls);
            second.destroyForcibly();
            assertEquals("daemon.lost", code(editor.answer(midCall)), "a call that was under way ends with an error");
            assertEquals("Echo: killed", editor.call("notes", "echo", Village.message("killed")));
            assertNotEquals(second.pid(), desk.daemon().orElseThrow().pid());

            editor.awaitState("notes", "connected");
            assertTrue(editor.process().isAlive(), "the editor's process was never restarted");
            assertEquals(visits, village.issuer().authorizeRequests());
            assertEquals(1, editor.count(0, "mcp/authRequired"), "asked once, before the sign-in");
            assertEquals(List.of(), desk.opened());
        }
    }

    @Test
    void twentyCallsWithAnEndedTokenMakeOneRefreshWhetherTheClockOrTheServerEndsIt() throws Exception {
        try (Desk desk = Desk.withKeyring()) {
            desk.configure(village.configuration());
            int refreshed = village.issuer().tokens("refresh_token");
            village.issuer().accessTokenTtl(Duration.ofSeconds(5));
            Editor editor = desk.editor("Thin", Editor.THIN);
            JsonObject flow = village.signIn(editor);
            village.issuer().accessTokenTtl(Duration.ofMinutes(10));
            int visits = village.issuer().authorizeRequests();

            String flowId = flow.get("flowId").getAsString();
            Instant end = Instant.parse(editor.awaitMessage(
                            "mcp/authCompleted",
                            params -> params.get("flowId").getAsString().equals(flowId))
                    .getAsJsonObject("params")
                    .getAsJsonObject("result")
                    .getAsJsonObject("authentication")
                    .get("expiresAt")
                    .getAsString());
            Desk.until("the access token's end", () -> Instant.now().isAfter(end));
            callAll(editor, "late");
            assertEquals(refreshed + 1, village.issuer().tokens("refresh_token"), "after the clock ended it");

            village.server().dropTokens();
            callAll(editor, "refused");
            assertEquals(refreshed + 2, village.issuer().tokens("refresh_token"), "after the server ended it");

            assertEquals(0, village.issuer().refreshTokensReused());
            assertEquals(visits, village.issuer().authorizeRequests());
            assertEquals(1, editor.count(0, "mcp/authRequired"), "asked once, before the sign-in");
            assertEquals(List.of(), desk.opened());
        }
    }

    @Test
    void aVoidRefreshTokenAsksOnceAndOpensNothing() throws Exception {
        try (Desk desk = Desk.withKeyring()) {
            desk.configure(village.configuration());
            Editor editor = desk.editor("Thin", Editor.THIN);
            village.signIn(editor);
            int visits = village.issuer().authorizeRequests();
            int asked = editor.place();

            village.issuer().revokeGrants();
            village.server().dropTokens();
            failAll(editor);
            editor.awaitMessage(asked, "mcp/authRequired", params -> true);
            editor.awaitState("notes", "authRequired");
            assertEquals(1, editor.count(asked, "mcp/authRequired"));

            int requests = village.issuer().requests().size() + village.server().requests();
            failAll(editor);
            Desk.stays(
                    "nobody tries again by themselves",
                    Duration.ofSeconds(2),
                    () -> village.issuer().requests().size() + village.server().requests() == requests);
            assertEquals(1, editor.count(asked, "mcp/authRequired"));
            assertEquals(visits, village.issuer().authorizeRequests());
            assertEquals(0, village.issuer().refreshTokensReused());
            assertEquals(List.of(), desk.opened());

            village.signIn(editor, asked);
            assertEquals("Echo: back", editor.call("notes", "echo", Village.message("back")));
        }
    }

    private static String code(JsonObject answer) {
        return answer.getAsJsonObject("error")
                .getAsJsonObject("data")
                .get("code")
                .getAsString();
    }

    private static void callAll(Editor editor, String text) {
        List<Integer> calls = beginAll(editor, text);
        for (int call : calls) {
            assertEquals("Echo: " + text, Editor.text(editor.answer(call)));
        }
    }

    private static void failAll(Editor editor) {
        for (int call : beginAll(editor, "in vain")) {
            JsonObject answer = editor.answer(call);
            assertTrue(answer.has("error"), answer.toString());
            assertEquals(
                    SIGN_IN_REQUIRED,
                    answer.getAsJsonObject("error").get("code").getAsInt(),
                    answer.toString());
        }
    }

    private static List<Integer> beginAll(Editor editor, String text) {
        List<Integer> calls = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            calls.add(editor.beginCall("notes", "echo", Village.message(text)));
        }
        return calls;
    }
}
