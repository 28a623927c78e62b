package dev.drawbridge.journeys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import dev.drawbridge.testkit.Browser;
import dev.drawbridge.testkit.Conversation;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two editors at one daemon: one sign-in serves both, and the daemon goes when nobody needs it any more. */
@ExtendWith(Conversation.class)
final class TwoEditorsIT {
    @Test
    void theSecondEditorJoinsTheFirstOnesSignInAndOneBrowserVisitServesBoth() throws Exception {
        try (Village village = new Village();
                Desk desk = Desk.withKeyring()) {
            desk.home().with("DRAWBRIDGE_IDLE_SECONDS", "2");
            desk.configure(village.configuration());
            Editor first = desk.editor("First", Editor.THIN);
            first.awaitMessage("mcp/authRequired", params -> true);
            JsonObject flow = first.ask("mcp/authenticate", "notes");
            first.awaitState("notes", "authenticating");

            Editor second = desk.editor("Second", Editor.THIN);
            JsonObject shown = second.awaitState("notes", "authenticating")
                    .getAsJsonObject("state")
                    .getAsJsonObject("flow");
            assertEquals(flow.get("flowId"), shown.get("flowId"));
            assertEquals(flow.get("authorizationUrl"), shown.get("authorizationUrl"));
            JsonObject joined = second.ask("mcp/authenticate", "notes");
            assertEquals(flow.get("flowId"), joined.get("flowId"));
            assertEquals(flow.get("authorizationUrl"), joined.get("authorizationUrl"));
            assertEquals(0, village.issuer().authorizeRequests(), "joining opens nothing");

            Browser.Visit visit = village.browser().visit(Village.address(joined), "alice");
            assertTrue(visit.text().contains("Authentication Successful"), visit.toString());
            for (Editor editor : List.of(first, second)) {
                JsonObject completed = editor.awaitMessage("mcp/authCompleted", params -> true);
                assertTrue(Village.succeeded(completed.getAsJsonObject("params")), completed.toString());
                editor.awaitState("notes", "connected");
                assertEquals("Echo: both", editor.call("notes", "echo", Village.message("both")));
            }
            assertEquals(1, village.issuer().authorizeRequests());
            assertEquals(1, village.issuer().tokens("authorization_code"));
            assertEquals(1, village.server().initializes(), "the editors share one connection");
            assertEquals(0, second.count(0, "mcp/authRequired"), "the second had nothing to be asked");
            assertEquals(1, first.count(0, "mcp/authRequired"));

            ProcessHandle daemon = desk.daemon().orElseThrow();
            first.close();
            assertEquals("Echo: one", second.call("notes", "echo", Village.message("one")));
            second.close();
            Desk.until(
                    "the idle daemon's end",
                    Duration.ofSeconds(20),
                    () -> !daemon.isAlive() || desk.daemon().isEmpty());
            assertTrue(desk.log().contains("Stopped (idle)"), "the daemon ended for another reason");
            assertEquals(List.of(), desk.opened());
        }
    }
}
