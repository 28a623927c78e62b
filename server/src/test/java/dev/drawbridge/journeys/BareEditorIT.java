package dev.drawbridge.journeys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.drawbridge.testkit.Browser;
import dev.drawbridge.testkit.Conversation;
import java.net.URI;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An editor that knows nothing of Drawbridge gets from start to connected by standard LSP alone. */
@ExtendWith(Conversation.class)
final class BareEditorIT {
    private static final Pattern ADDRESS = Pattern.compile("https?://\\S+");
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
    void choosingAuthenticateInAMessageOpensThePageAndConnects() throws Exception {
        int visits = village.issuer().authorizeRequests();
        try (Desk desk = Desk.withKeyring()) {
            desk.configure(village.configuration());
            Editor editor = desk.editor("Bare", Editor.BARE);
            editor.open(desk.userFile());
            JsonObject question = editor.awaitMessage(
                    "window/showMessageRequest", params -> text(params).contains("“notes” needs you to sign in"));
            assertEquals(List.of("Authenticate", "Later"), actions(question));
            assertEquals(0, editor.count(0, "window/showDocument"), "nobody has clicked yet");
            editor.awaitMessage(
                    "textDocument/publishDiagnostics", params -> codes(params).equals(List.of("server.authRequired")));
            assertEquals(List.of("Authenticate"), editor.lenses(desk.userFile()));

            int asked = editor.place();
            editor.choose(question, "Authenticate");
            JsonObject page = editor.awaitMessage(
                    "window/showDocument", params -> params.get("external").getAsBoolean());
            String address = page.getAsJsonObject("params").get("uri").getAsString();
            JsonObject shown = new JsonObject();
            shown.addProperty("success", true);
            editor.reply(page, shown);
            editor.awaitMessage("window/showMessage", params -> text(params).contains(address));
            editor.awaitMessage(
                    "$/progress",
                    params -> params.getAsJsonObject("value")
                            .get("kind")
                            .getAsString()
                            .equals("begin"));

            Browser.Visit visit = village.browser().visit(URI.create(address), "alice");
            assertTrue(visit.text().contains("Authentication Successful"), visit.toString());
            editor.awaitMessage("window/showMessage", params -> text(params).contains("Signed in to “notes”"));
            editor.awaitMessage(
                    "$/progress",
                    params -> params.getAsJsonObject("value")
                            .get("kind")
                            .getAsString()
                            .equals("end"));
            theToolsAreThere(editor);
            editor.awaitLenses(desk.userFile(), List.of("Restart", "Sign out", "4 tools"));
            editor.awaitMessage(asked, "workspace/codeLens/refresh", params -> true);
            editor.awaitMessage(
                    asked,
                    "textDocument/publishDiagnostics",
                    params -> codes(params).isEmpty());
            assertEquals(1, editor.count(0, "window/showMessageRequest"));
            assertEquals(visits + 1, village.issuer().authorizeRequests());
            assertEquals(List.of(), desk.opened());
            assertEquals(
                    0,
                    editor.count(0, "mcp/statusChanged") + editor.count(0, "mcp/authRequired"),
                    "what was not declared is not sent");
        }
    }

    @Test
    void anEditorThatNeverAnswersAndShowsNoPagesSignsInByACommand() throws Exception {
        try (Desk desk = Desk.withKeyring()) {
            desk.configure(village.configuration());
            Editor editor = desk.editor("Mute", "{}");
            editor.awaitMessage(
                    "window/showMessageRequest", params -> text(params).contains("“notes”"));
            // No answer ever. Another feature of the same editor works on meanwhile, and so does the command.
            JsonObject flow = editor.execute("drawbridge.authenticate", "notes").getAsJsonObject();
            String address = flow.get("authorizationUrl").getAsString();
            JsonObject message = editor.awaitMessage(
                    "window/showMessage", params -> text(params).contains(address));
            Matcher written = ADDRESS.matcher(text(message.getAsJsonObject("params")));
            assertTrue(written.find());

            Browser.Visit visit = village.browser().visit(URI.create(written.group()), "alice");
            assertTrue(visit.text().contains("Authentication Successful"), visit.toString());
            editor.awaitMessage("window/showMessage", params -> text(params).contains("Signed in to “notes”"));
            theToolsAreThere(editor);
            assertEquals(0, editor.count(0, "window/showDocument"), "it cannot show documents");
            assertEquals(1, editor.count(0, "window/showMessageRequest"));
            assertEquals(List.of(), desk.opened());
        }
    }

    /** Connected, as far as such an editor can see: the command that lists tools lists them. */
    private static void theToolsAreThere(Editor editor) {
        JsonElement tools = editor.execute("drawbridge.listTools", "notes");
        assertEquals(4, tools.getAsJsonArray().size(), tools.toString());
        editor.awaitMessage("window/showMessage", params -> text(params).contains("offers 4 tools"));
    }

    private static String text(JsonObject params) {
        return params.get("message").getAsString();
    }

    private static List<String> codes(JsonObject diagnostics) {
        return diagnostics.getAsJsonArray("diagnostics").asList().stream()
                .map(each -> each.getAsJsonObject().get("code").getAsString())
                .toList();
    }

    private static List<String> actions(JsonObject question) {
        return StreamSupport.stream(
                        question.getAsJsonObject("params")
                                .getAsJsonArray("actions")
                                .spliterator(),
                        false)
                .map(action -> action.getAsJsonObject().get("title").getAsString())
                .toList();
    }
}
