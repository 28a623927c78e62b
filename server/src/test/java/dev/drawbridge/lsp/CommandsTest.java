package dev.drawbridge.lsp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code workspace/executeCommand}. */
final class CommandsTest {
    private final ScriptedHub hub = new ScriptedHub();

    private static String run(String command, String... arguments) {
        return "{\"command\":\"drawbridge." + command + "\",\"arguments\":[" + String.join(",", arguments) + "]}";
    }

    private static JsonElement execute(WireEditor editor, String command, String... arguments) {
        return editor.result("workspace/executeCommand", run(command, arguments));
    }

    @Test
    void eachCommandReachesTheHub() throws Exception {
        try (WireEditor editor = WireEditor.connect(hub).initialized("{}")) {
            execute(editor, "authenticate", "\"a\"");
            execute(editor, "authenticate", "\"a\"", "\"deviceCode\"");
            execute(editor, "completeAuthentication", "\"flow-a\"", "\" http://127.0.0.1:1/callback?code=c \"");
            execute(editor, "cancelAuthentication", "\"flow-a\"");
            execute(editor, "signOut", "\"a\"");
            execute(editor, "connect", "\"a\"");
            execute(editor, "restart", "\"a\"");
            execute(editor, "disconnect", "\"a\"");
            execute(editor, "setEnabled", "\"a\"", "false");
            execute(editor, "approve", "\"a\"", "\"digest\"");
            JsonElement tools = execute(editor, "listTools", "\"a\"");
            assertEquals("[{\"name\":\"tools-1\",\"size\":1e2}]", tools.toString());
            assertEquals(
                    List.of(
                            "authenticate a BROWSER",
                            "authenticate a DEVICE_CODE",
                            "completeAuthentication flow-a http://127.0.0.1:1/callback?code=c",
                            "cancelAuthentication flow-a",
                            "signOut a",
                            "connect a",
                            "connect a",
                            "disconnect a",
                            "setEnabled a false",
                            "approve a digest",
                            "catalog a TOOLS"),
                    hub.asked());
        }
    }

    @Test
    void theOnlyCandidateNeedNotBeNamed() throws Exception {
        try (WireEditor editor = WireEditor.connect(hub).initialized("{}")) {
            hub.servers = List.of(Servers.authRequired("a"), Servers.connected("b"), Servers.untrusted("c", "d"));
            execute(editor, "authenticate");
            execute(editor, "signOut");
            execute(editor, "listTools");
            assertEquals(List.of("authenticate a BROWSER", "signOut b", "catalog b TOOLS"), hub.asked());
            execute(editor, "completeAuthentication", "\"http://127.0.0.1:1/callback?code=c\"");
            assertTrue(
                    hub.asked().contains("completeAuthentication flow-a http://127.0.0.1:1/callback?code=c"),
                    editor::conversation);
        }
    }

    @Test
    void severalCandidatesAreNamedInTheRefusal() throws Exception {
        try (WireEditor editor = WireEditor.connect(hub).initialized("{}")) {
            hub.servers = List.of(Servers.authRequired("a"), Servers.authRequired("b"));
            String sentence = editor.error("workspace/executeCommand", run("authenticate"))
                    .get("message")
                    .getAsString();
            assertEquals("Say which server to sign in to: a, b.", sentence);
            assertEquals(List.of(), hub.asked());
        }
    }

    @Test
    void approvingWithoutHavingSeenShowsFirst() throws Exception {
        try (WireEditor editor = WireEditor.connect(hub).initialized("{}")) {
            hub.servers = List.of(Servers.untrusted("tool", "digest"));
            execute(editor, "approve", "\"tool\"");
            assertEquals(List.of(), hub.asked());
            editor.reply(editor.take("window/showMessageRequest"), "{\"title\":\"Approve\"}");
            hub.awaitAsked("approve tool digest", editor);
        }
    }
}
