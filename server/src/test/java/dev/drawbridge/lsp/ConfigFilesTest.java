package dev.drawbridge.lsp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.drawbridge.config.ConfigProblem;
import dev.drawbridge.config.TextRange;
import dev.drawbridge.hub.AuthReason;
import dev.drawbridge.hub.AuthenticationState;
import dev.drawbridge.hub.Failure;
import dev.drawbridge.hub.ServerName;
import dev.drawbridge.hub.ServerOrigin;
import dev.drawbridge.hub.ServerState;
import dev.drawbridge.hub.ServerView;
import dev.drawbridge.hub.SignInFlow;
import dev.drawbridge.mcp.json.JsonText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The language features in a configuration file. */
final class ConfigFilesTest {
    private static final Path FOLDER = Path.of("/ada/project");
    private static final Path FILE = FOLDER.resolve(".mcp.json");
    private static final String URI = "file:///ada/project/.mcp.json";
    private static final String DOCUMENT = "{\"textDocument\":{\"uri\":\"" + URI + "\"}";
    private static final String CAPABLE = "{\"workspace\":{\"codeLens\":{\"refreshSupport\":true}},"
            + "\"textDocument\":{\"codeAction\":{\"codeActionLiteralSupport\":{\"codeActionKind\":{\"valueSet\":[]}}},"
            + "\"documentSymbol\":{\"hierarchicalDocumentSymbolSupport\":true},"
            + "\"hover\":{\"contentFormat\":[\"markdown\"]}}}";
    private static final String TEXT = """
        {
          // One server.
          "mcpServers": {
            "𝔤𝔥": { "url": "https://a.example/mcp" }
          }
        }
        """;

    private final ScriptedHub hub = new ScriptedHub();

    private static ServerView server(ServerState state, AuthenticationState authentication) {
        return Servers.view("𝔤𝔥", state, authentication, new ServerOrigin.Workspace(FILE, FOLDER));
    }

    private static ServerView authRequired() {
        return server(
                new ServerState.AuthRequired(
                        new AuthReason(AuthReason.Kind.SIGN_IN_NEEDED, Set.of(), Optional.empty())),
                new AuthenticationState.Unauthenticated());
    }

    private static void open(WireEditor editor, String text) {
        editor.notify(
                "textDocument/didOpen",
                "{\"textDocument\":{\"uri\":\"" + URI + "\",\"languageId\":\"json\",\"version\":1,\"text\":"
                        + JsonText.quote(text) + "}}");
    }

    private static List<String> titles(JsonElement list, String... path) {
        List<String> titles = new ArrayList<>();
        for (JsonElement element : list.getAsJsonArray()) {
            JsonObject at = element.getAsJsonObject();
            for (String step : path) {
                at = at.getAsJsonObject(step);
            }
            titles.add(at.get("title").getAsString());
        }
        return titles;
    }

    private static JsonArray diagnostics(WireEditor editor) {
        return WireEditor.params(editor.take("textDocument/publishDiagnostics")).getAsJsonArray("diagnostics");
    }

    @Test
    void theStateOfAServerIsSaidOnItsEntry() throws Exception {
        try (WireEditor editor = WireEditor.connect(hub).initialized(CAPABLE)) {
            open(editor, TEXT);
            editor.result("textDocument/codeLens", DOCUMENT + "}");
            hub.becomes(authRequired());
            JsonObject diagnostic = diagnostics(editor).get(0).getAsJsonObject();
            assertEquals(
                    "“𝔤𝔥” needs you to sign in.", diagnostic.get("message").getAsString());
            // The name takes two characters of two UTF-16 units each, and its quotes.
            assertEquals(
                    "{\"start\":{\"line\":3,\"character\":4},\"end\":{\"line\":3,\"character\":10}}",
                    diagnostic.get("range").toString());
            editor.reply(editor.take("workspace/codeLens/refresh"), "null");
            assertEquals(
                    List.of("Authenticate"), titles(editor.result("textDocument/codeLens", DOCUMENT + "}"), "command"));

            SignInFlow flow = ScriptedHub.flow(new ServerName("github"));
            hub.becomes(server(new ServerState.Authenticating(flow), new AuthenticationState.Pending(flow)));
            assertEquals(
                    "To sign in to “github”, open https://idp.example/authorize?client_id=github",
                    diagnostics(editor).get(0).getAsJsonObject().get("message").getAsString());
            editor.reply(editor.take("workspace/codeLens/refresh"), "null");

            hub.becomes(server(new ServerState.Connected(ScriptedHub.SOON), Servers.authenticated()));
            assertEquals(0, diagnostics(editor).size());
            editor.reply(editor.take("workspace/codeLens/refresh"), "null");
            assertEquals(
                    List.of("Restart", "Sign out", "3 tools"),
                    titles(editor.result("textDocument/codeLens", DOCUMENT + "}"), "command"));
        }
    }

    @Test
    void theActionsOfAnEntryDoWhatTheirTitleSays() throws Exception {
        try (WireEditor editor = WireEditor.connect(hub).initialized(CAPABLE)) {
            open(editor, TEXT);
            hub.becomes(authRequired());
            diagnostics(editor);
            String at = ",\"range\":{\"start\":{\"line\":3,\"character\":20},\"end\":{\"line\":3,\"character\":20}},"
                    + "\"context\":{\"diagnostics\":[]}}";
            JsonElement actions = editor.result("textDocument/codeAction", DOCUMENT + at);
            assertEquals(List.of("Authenticate 𝔤𝔥"), titles(actions), editor::conversation);
            JsonObject action = actions.getAsJsonArray().get(0).getAsJsonObject();
            assertEquals(1, action.getAsJsonArray("diagnostics").size());
            editor.result("workspace/executeCommand", action.get("command").toString());
            assertEquals(List.of("authenticate 𝔤𝔥 BROWSER"), hub.asked());
            assertEquals(
                    "[]",
                    editor.result("textDocument/codeAction", DOCUMENT + at.replace("\"line\":3", "\"line\":0"))
                            .toString());
        }
    }

    @Test
    void anEditorThatKnowsOnlyCommandsGetsCommands() throws Exception {
        try (WireEditor editor = WireEditor.connect(hub).initialized("{}")) {
            open(editor, TEXT);
            hub.becomes(server(new ServerState.Untrusted("digest"), new AuthenticationState.None()));
            diagnostics(editor);
            JsonElement actions = editor.result(
                    "textDocument/codeAction",
                    DOCUMENT + ",\"range\":{\"start\":{\"line\":3,\"character\":5},"
                            + "\"end\":{\"line\":3,\"character\":5}},\"context\":{}}");
            assertEquals(
                    "[{\"title\":\"Approve"
                            + " 𝔤𝔥\",\"command\":\"drawbridge.approve\",\"arguments\":[\"𝔤𝔥\",\"digest\"]}]",
                    actions.toString());
        }
    }

    @Test
    void mistakesAreShownWhileTypingAndGoWhenMended() throws Exception {
        try (WireEditor editor = WireEditor.connect(hub).initialized("{}")) {
            open(editor, "{ \"mcpServers\": { \"a\": { \"url\": 5 } }");
            assertTrue(diagnostics(editor).size() > 0, editor::conversation);
            editor.notify(
                    "textDocument/didChange",
                    "{\"textDocument\":{\"uri\":\"" + URI + "\",\"version\":2},\"contentChanges\":[{\"text\":"
                            + JsonText.quote(TEXT) + "}]}");
            JsonObject published = WireEditor.params(editor.take("textDocument/publishDiagnostics"));
            assertEquals("[]", published.get("diagnostics").toString());
            assertEquals(2, published.get("version").getAsInt());
        }
    }

    @Test
    void aFailureSaysWhyAndWhatToDo() throws Exception {
        try (WireEditor editor = WireEditor.connect(hub).initialized("{}")) {
            open(editor, TEXT);
            hub.becomes(server(
                    new ServerState.Failed(new Failure("mcp.notFound", "There is no server there.", "Check the URL.")),
                    new AuthenticationState.None()));
            JsonObject diagnostic = diagnostics(editor).get(0).getAsJsonObject();
            assertEquals(
                    "There is no server there. Check the URL.",
                    diagnostic.get("message").getAsString());
            assertEquals("mcp.notFound", diagnostic.get("code").getAsString());
            editor.notify("textDocument/didClose", DOCUMENT + "}");
            assertEquals(0, diagnostics(editor).size(), "a closed file keeps no diagnostics of ours");
        }
    }

    @Test
    void aBrokenFileThatIsNotOpenIsToldOnce() throws Exception {
        try (WireEditor editor = WireEditor.connect(hub).initialized("{}")) {
            List<ConfigProblem> broken = List.of(new ConfigProblem(
                    new TextRange(2, 4, 2, 5), ConfigProblem.Severity.ERROR, "config.syntax", "A comma is missing."));
            hub.listener().onConfigProblems(FILE, broken);
            hub.listener().onConfigProblems(FILE, broken);
            assertEquals(1, diagnostics(editor).size());
            assertEquals(
                    FILE + ":3:5: A comma is missing.",
                    WireEditor.params(editor.take("window/showMessage"))
                            .get("message")
                            .getAsString());
            hub.listener().onConfigProblems(FILE, List.of());
            assertEquals(0, diagnostics(editor).size());
            editor.result("mcp/listServers", "{}");
            assertEquals(List.of(), editor.untaken(), editor::conversation);
        }
    }

    @Test
    void symbolsNameTheServersAndTheirState() throws Exception {
        try (WireEditor editor = WireEditor.connect(hub).initialized(CAPABLE)) {
            hub.becomes(authRequired());
            open(editor, TEXT);
            JsonElement symbols = editor.result("textDocument/documentSymbol", DOCUMENT + "}");
            JsonObject symbol = symbols.getAsJsonArray().get(0).getAsJsonObject();
            assertEquals("𝔤𝔥", symbol.get("name").getAsString());
            assertEquals("needs you to sign in", symbol.get("detail").getAsString());
        }
    }

    @Test
    void otherDocumentsAreNoneOfOurBusiness() throws Exception {
        try (WireEditor editor = WireEditor.connect(hub).initialized(CAPABLE)) {
            editor.notify(
                    "textDocument/didOpen",
                    "{\"textDocument\":{\"uri\":\"file:///ada/project/package.json\",\"languageId\":\"json\","
                            + "\"version\":1,\"text\":\"{ nonsense\"}}");
            String other = "{\"textDocument\":{\"uri\":\"file:///ada/project/package.json\"}}";
            assertEquals("[]", editor.result("textDocument/codeLens", other).toString());
            assertTrue(editor.result("textDocument/hover", other).isJsonNull());
            assertEquals(List.of(), editor.untaken(), editor::conversation);
        }
    }

    @Test
    void aDocumentOverTheLimitIsLeftAlone() throws Exception {
        try (WireEditor editor = WireEditor.connect(hub).initialized("{}")) {
            open(editor, " ".repeat(OpenDocuments.MAX_LENGTH + 1));
            assertTrue(WireEditor.params(editor.take("window/showMessage"))
                    .get("message")
                    .getAsString()
                    .contains("4 MiB"));
            assertEquals(
                    "[]", editor.result("textDocument/codeLens", DOCUMENT + "}").toString());
        }
    }
}
