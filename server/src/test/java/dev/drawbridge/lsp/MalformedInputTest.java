package dev.drawbridge.lsp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import dev.drawbridge.protocol.Methods;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever an editor sends, a request gets an answer and the session lives on. */
final class MalformedInputTest {
    private final ScriptedHub hub = new ScriptedHub();

    static Stream<String> methods() {
        return Methods.CLIENT_REQUESTS.stream();
    }

    @ParameterizedTest
    @MethodSource("methods")
    void everyRequestAnswersBrokenParams(String method) throws Exception {
        try (WireEditor editor = WireEditor.connect(hub).initialized("{}")) {
            for (String params : List.of(
                    "null",
                    "[]",
                    "\"text\"",
                    "17",
                    "{\"server\":null}",
                    "{\"server\":[1]}",
                    "{\"server\":\"\"}",
                    "{\"server\":\"x\",\"name\":5,\"method\":{},\"flowId\":1,\"limit\":-1,\"enabled\":\"yes\"}",
                    "{\"server\":\"x\",\"definition\":\"d\",\"scope\":\"moon\",\"definitionDigest\":{},\"uri\":[]}")) {
                JsonObject answer = editor.request(method, params);
                if (answer.has("error")) {
                    assertEquals(
                            -32602, answer.getAsJsonObject("error").get("code").getAsInt(), editor::conversation);
                } else {
                    assertTrue(answer.has("result"), editor::conversation);
                }
            }
            assertTrue(editor.request("mcp/listServers", "{}").has("result"), editor::conversation);
        }
    }

    @ParameterizedTest
    @MethodSource("methods")
    void aMissingServerOrFlowIsInvalid(String method) throws Exception {
        if (List.of("mcp/listServers", "mcp/logs").contains(method)) {
            return;
        }
        try (WireEditor editor = WireEditor.connect(hub).initialized("{}")) {
            assertEquals(-32602, editor.error(method, "{}").get("code").getAsInt(), editor::conversation);
            assertEquals(List.of(), hub.asked());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "workspace/executeCommand",
                "textDocument/codeAction",
                "textDocument/codeLens",
                "textDocument/completion",
                "textDocument/hover",
                "textDocument/documentSymbol"
            })
    void everyStandardRequestAnswersBrokenParams(String method) throws Exception {
        try (WireEditor editor = WireEditor.connect(hub).initialized("{}")) {
            for (String params : List.of(
                    "null",
                    "[]",
                    "{}",
                    "{\"textDocument\":null}",
                    "{\"textDocument\":{\"uri\":5}}",
                    "{\"command\":1}")) {
                assertEquals(-32602, editor.error(method, params).get("code").getAsInt(), editor::conversation);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "textDocument/didOpen",
                "textDocument/didChange",
                "textDocument/didClose",
                "workspace/didChangeWorkspaceFolders",
                "window/workDoneProgress/cancel",
                "$/cancelRequest",
                "$/setTrace",
                "mcp/unknown"
            })
    void brokenNotificationsDoNoHarm(String method) throws Exception {
        try (WireEditor editor = WireEditor.connect(hub).initialized("{}")) {
            for (String params : List.of("null", "[]", "{}", "{\"textDocument\":7,\"id\":{}}", "\"\"")) {
                editor.notify(method, params);
            }
            assertTrue(editor.request("mcp/listServers", "{}").has("result"), editor::conversation);
        }
    }

    @Test
    void anUnknownMethodIsNotFound() throws Exception {
        try (WireEditor editor = WireEditor.connect(hub).initialized("{}")) {
            assertEquals(
                    -32601,
                    editor.error("textDocument/rename", "{}").get("code").getAsInt());
        }
    }

    @Test
    void textThatIsNotJsonIsAParseError() throws Exception {
        try (WireEditor editor = WireEditor.connect(hub).initialized("{}")) {
            editor.send("{this is not json");
            editor.send("[1,2]");
            editor.send("");
            assertEquals(-32700, untilError(editor));
            assertEquals(-32700, untilError(editor));
            assertEquals(-32700, untilError(editor));
            assertTrue(editor.request("mcp/listServers", "{}").has("result"), editor::conversation);
        }
    }

    @Test
    void aRequestWithAnOddIdIsAnswered() throws Exception {
        try (WireEditor editor = WireEditor.connect(hub).initialized("{}")) {
            editor.send("{\"jsonrpc\":\"2.0\",\"id\":\"x\\\"y\",\"method\":\"mcp/listServers\",\"params\":{}}");
            editor.send("{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"mcp/listServers\",\"params\":{}}");
            assertTrue(editor.request("mcp/listServers", "{}").has("result"), editor::conversation);
            assertTrue(
                    editor.untaken().stream()
                            .anyMatch(message -> message.has("result")
                                    && message.get("id").toString().equals("\"x\\\"y\"")),
                    editor::conversation);
        }
    }

    @Test
    void aFrameWithoutALengthAndOneTooLongAreRefused() throws Exception {
        try (WireEditor editor = WireEditor.connect(hub).initialized("{}")) {
            editor.sendRaw("X-Nonsense: 1\r\n\r\n");
            assertEquals(-32700, untilError(editor));
            editor.sendRaw("content-length:   62\r\nContent-Type: x\r\n\r\n"
                    + "{\"jsonrpc\":\"2.0\",\"id\":99,\"method\":\"mcp/listServers\",\"params\":{}}".substring(0, 62));
            assertEquals(-32700, untilError(editor));
            assertTrue(editor.request("mcp/listServers", "{}").has("result"), editor::conversation);
        }
    }

    @Test
    void aDeeplyNestedMessageIsRefused() throws Exception {
        try (WireEditor editor = WireEditor.connect(hub).initialized("{}")) {
            editor.send("{\"jsonrpc\":\"2.0\",\"id\":5000,\"method\":\"mcp/listServers\",\"params\":" + "[".repeat(5000)
                    + "]".repeat(5000) + "}");
            assertTrue(untilError(editor) < 0, editor::conversation);
            assertTrue(editor.request("mcp/listServers", "{}").has("result"), editor::conversation);
        }
    }

    private static int untilError(WireEditor editor) {
        return editor.takeError().getAsJsonObject("error").get("code").getAsInt();
    }
}
