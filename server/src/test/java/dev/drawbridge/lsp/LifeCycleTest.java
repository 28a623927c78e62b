package dev.drawbridge.lsp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.drawbridge.protocol.Methods;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From {@code initialize} to {@code exit} (LSP 3.17, "Lifecycle Messages"). */
final class LifeCycleTest {
    private final ScriptedHub hub = new ScriptedHub();

    private static JsonObject resource() throws Exception {
        try (InputStream in = LspFace.class.getResourceAsStream("initialize-result.json")) {
            return JsonParser.parseString(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .getAsJsonObject();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"capabilities\":{}}",
                "{\"capabilities\":null}",
                "{\"capabilities\":{\"experimental\":{\"mcp\":true},\"window\":[],\"textDocument\":\"x\"}}",
                "{\"capabilities\":{\"experimental\":{\"mcp\":null}},\"workspaceFolders\":null,\"clientInfo\":null}",
                "{\"workspaceFolders\":[{\"uri\":5},{\"uri\":\"untitled:x\"},{\"uri\":\"file://%zz\"}],\"rootUri\":17}",
                "{}",
                "[]",
                "null"
            })
    void initializeAnswersWithTheResourceWhateverItIsSent(String params) throws Exception {
        try (WireEditor editor = WireEditor.connect(hub)) {
            assertEquals(resource(), editor.result("initialize", params), editor::conversation);
        }
    }

    @Test
    void initializeWithoutParamsIsAnswered() throws Exception {
        try (WireEditor editor = WireEditor.connect(hub)) {
            editor.send("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"initialize\"}");
            assertEquals(resource(), editor.answer(7).get("result"), editor::conversation);
        }
    }

    @Test
    void theResourceAnnouncesExactlyTheRequestsThereAre() throws Exception {
        List<String> announced = new ArrayList<>();
        JsonElement mcp = resource()
                .getAsJsonObject("capabilities")
                .getAsJsonObject("experimental")
                .get("mcp");
        mcp.getAsJsonObject().getAsJsonArray("methods").forEach(method -> announced.add(method.getAsString()));
        assertEquals(Methods.CLIENT_REQUESTS, announced);
        assertEquals(Methods.VERSION, mcp.getAsJsonObject().get("version").getAsString());
    }

    @Test
    void theHubLearnsWhoTheEditorIsAndWhereItWorks() throws Exception {
        try (WireEditor editor = WireEditor.connect(hub)) {
            editor.request(
                    "initialize",
                    "{\"capabilities\":{},\"clientInfo\":{\"name\":\"Neovim\",\"version\":\"0.10.4\"},"
                            + "\"workspaceFolders\":[{\"uri\":\"file:///ada/a%20b\",\"name\":\"a\"}]}");
            editor.notify("initialized", "{}");
            assertEquals("Neovim 0.10.4", hub.context().client());
            assertEquals(List.of(Path.of("/ada/a b")), hub.context().folders());
            editor.notify(
                    "workspace/didChangeWorkspaceFolders",
                    "{\"event\":{\"added\":[{\"uri\":\"file:///ada/c\",\"name\":\"c\"}],"
                            + "\"removed\":[{\"uri\":\"file:///ada/a%20b\",\"name\":\"a\"}]}}");
            hub.awaitAsked("foldersChanged [/ada/c]", editor);
        }
    }

    @Test
    void anEditorThatNamesItsFolderTheOldWayIsUnderstood() throws Exception {
        try (WireEditor editor = WireEditor.connect(hub)) {
            editor.request(
                    "initialize",
                    "{\"capabilities\":{},\"rootPath\":\"/ada/a b\",\"rootUri\":null,\"workspaceFolders\":[]}");
            editor.notify("initialized", "{}");
            assertEquals(List.of(Path.of("/ada/a b")), hub.context().folders());
        }
    }

    @Test
    void aRequestBeforeInitializeIsRefused() throws Exception {
        try (WireEditor editor = WireEditor.connect(hub)) {
            assertEquals(
                    -32002, editor.error("mcp/listServers", "{}").get("code").getAsInt());
            assertEquals(-32002, editor.error("shutdown", "null").get("code").getAsInt());
            editor.initialized("{}");
            assertTrue(editor.request("mcp/listServers", "{}").has("result"), editor::conversation);
        }
    }

    @Test
    void aSecondInitializeIsRefused() throws Exception {
        try (WireEditor editor = WireEditor.connect(hub)) {
            editor.initialized("{}");
            assertEquals(
                    -32600,
                    editor.error("initialize", "{\"capabilities\":{}}")
                            .get("code")
                            .getAsInt());
        }
    }

    @Test
    void shutdownThenExitEndsTheSessionAndLeavesTheHub() throws Exception {
        WireEditor editor = WireEditor.connect(hub).initialized("{}");
        JsonObject answer = editor.request("shutdown", "null");
        assertTrue(answer.has("result") && answer.get("result").isJsonNull(), editor::conversation);
        assertEquals(-32600, editor.error("mcp/listServers", "{}").get("code").getAsInt());
        editor.send("{\"jsonrpc\":\"2.0\",\"method\":\"exit\"}");
        editor.awaitEnd();
        hub.awaitClosed();
    }

    @Test
    void anEditorThatIsJustGoneIsMissedToo() throws Exception {
        WireEditor editor = WireEditor.connect(hub).initialized("{}");
        hub.listener();
        editor.close();
        hub.awaitClosed();
    }

    /** Many editors start an LSP server for projects that have nothing to do with MCP: it must be as if it were not there. */
    @Test
    void anEditorWithoutServersHearsNothing() throws Exception {
        try (WireEditor editor = WireEditor.connect(hub)) {
            editor.initialized("{\"window\":{\"workDoneProgress\":true,\"showDocument\":{\"support\":true}},"
                    + "\"workspace\":{\"codeLens\":{\"refreshSupport\":true}}}");
            hub.becomes();
            hub.becomes(Servers.connected("github"));
            hub.listener().onConfigProblems(Servers.USER_FILE, List.of());
            editor.result("mcp/listServers", "{}");
            editor.result("shutdown", "null");
            assertEquals(List.of(), editor.untaken(), editor::conversation);
        }
    }
}
