package dev.drawbridge.journeys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import dev.drawbridge.testkit.Browser;
import dev.drawbridge.testkit.Conversation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One click in a thin client, one visit to the browser, and the server works; the tokens are in the keyring alone. */
@ExtendWith(Conversation.class)
final class ThinEditorIT {
    @Test
    void aClickAndABrowserVisitConnectTheServerAndTheTokensLiveInTheKeyringAlone() throws Exception {
        try (Village village = new Village();
                Desk desk = Desk.withKeyring()) {
            desk.configure(village.configuration());
            Editor editor = desk.editor("Thin", Editor.THIN);

            JsonObject required = editor.awaitMessage("mcp/authRequired", params -> true);
            assertEquals(
                    "notes",
                    required.getAsJsonObject("params")
                            .getAsJsonArray("servers")
                            .get(0)
                            .getAsJsonObject()
                            .get("name")
                            .getAsString());
            editor.awaitState("notes", "authRequired");
            assertEquals(0, village.issuer().authorizeRequests(), "nobody has clicked yet");

            JsonObject flow = editor.ask("mcp/authenticate", "notes");
            editor.awaitState("notes", "authenticating");
            Browser.Visit visit = village.browser().visit(Village.address(flow), "alice");
            assertTrue(visit.text().contains("Authentication Successful"), visit.toString());
            assertTrue(visit.text().contains("continue in your IDE"), visit.toString());
            assertEquals("127.0.0.1", visit.url().getHost(), "nothing leads back into the editor");

            String flowId = flow.get("flowId").getAsString();
            JsonObject completed = editor.awaitMessage(
                    "mcp/authCompleted",
                    params -> params.get("flowId").getAsString().equals(flowId));
            assertTrue(Village.succeeded(completed.getAsJsonObject("params")), completed.toString());
            JsonObject server = editor.awaitState("notes", "connected");
            assertEquals(
                    "authenticated",
                    server.getAsJsonObject("authentication").get("kind").getAsString());

            assertEquals(
                    4,
                    editor.ask("mcp/listTools", "notes").getAsJsonArray("tools").size());
            assertEquals("Echo: hello", editor.call("notes", "echo", Village.message("hello")));
            assertEquals("You are alice", editor.call("notes", "whoami", new JsonObject()));

            assertEquals(1, editor.count(0, "mcp/authRequired"));
            assertEquals(0, editor.count(0, "window/showMessageRequest"), "a thin client shows its own prompt");
            assertEquals(1, village.issuer().authorizeRequests());
            assertEquals(1, village.issuer().registrations());
            assertEquals(List.of(), desk.opened());
            theTokensAreInTheKeyringAlone(village, desk, editor);
        }
    }

    private static void theTokensAreInTheKeyringAlone(Village village, Desk desk, Editor editor) throws Exception {
        List<String> access = village.server().tokens();
        List<String> refresh = village.issuer().refreshTokens();
        assertEquals(1, access.size());
        assertEquals(1, refresh.size());
        String keyring = desk.keyringContent();
        assertTrue(keyring.contains(access.getFirst()), "the access token is not in the keyring: " + keyring);
        assertTrue(keyring.contains(refresh.getFirst()), "the refresh token is not in the keyring: " + keyring);

        List<String> secrets = new ArrayList<>(access);
        secrets.addAll(refresh);
        List<Path> files = desk.home().filesWith(secrets);
        assertEquals(List.of(), files, "tokens in files");
        assertTrue(desk.processes().size() >= 2, "the relay and the daemon should run");
        for (ProcessHandle process : desk.processes()) {
            for (String secret : secrets) {
                assertFalse(Desk.contentOf(process, "cmdline").contains(secret), "a token among the arguments");
                assertFalse(Desk.contentOf(process, "environ").contains(secret), "a token in the environment");
            }
        }
        for (String secret : secrets) {
            assertFalse(editor.log().contains(secret), "a token went to the editor");
        }
    }
}
