package dev.drawbridge.lsp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import dev.drawbridge.hub.CallResult;
import dev.drawbridge.hub.CatalogKind;
import dev.drawbridge.hub.Failure;
import dev.drawbridge.hub.FlowId;
import dev.drawbridge.hub.LogEntry;
import dev.drawbridge.hub.ServerName;
import dev.drawbridge.hub.SessionListener.AuthResult;
import dev.drawbridge.mcp.Cancellation;
import dev.drawbridge.mcp.ServerRequest;
import dev.drawbridge.mcp.ServerRequest.Answer;
import dev.drawbridge.mcp.json.RawJson;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** An editor that knows {@code mcp/*}. */
final class ThinEditorTest {
    private static final String THIN = "{\"experimental\":{\"mcp\":{\"version\":\"1.0\",\"authRequired\":true,"
            + "\"authCompleted\":true,\"statusChanged\":true,\"catalogChanged\":true,\"progress\":true,\"log\":true,"
            + "\"serverNotification\":true,\"elicit\":{\"form\":true,\"url\":true},\"sample\":true}}}";
    private static final ServerName GITHUB = new ServerName("github");

    private final ScriptedHub hub = new ScriptedHub();

    private CompletableFuture<Answer> ask(String method, String params, Cancellation cancellation) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return hub.listener()
                        .onServerRequest(GITHUB, new ServerRequest(method, RawJson.of(params), cancellation));
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
    }

    private static String result(CompletableFuture<Answer> answer) throws Exception {
        return switch (answer.get(10, TimeUnit.SECONDS)) {
            case Answer.Result(RawJson result) -> result.text();
            case Answer.Refusal(long code, String message, var data) -> code + " " + message;
        };
    }

    @Test
    void whatHappensIsToldByNotificationsAlone() throws Exception {
        try (WireEditor editor = WireEditor.connect(hub).initialized(THIN)) {
            hub.becomes(Servers.authRequired("github"), Servers.untrusted("tool", "d"));
            hub.listener().onAuthRequired(List.of(hub.servers.getFirst()));
            hub.listener().onAuthCompleted(GITHUB, new FlowId("f"), new AuthResult.Cancelled());
            hub.listener().onCatalogChanged(GITHUB, Set.of(CatalogKind.TOOLS));
            hub.listener().onLog(new LogEntry(ScriptedHub.SOON, Optional.of(GITHUB), "notice", "hello"));
            hub.listener().onServerNotification(GITHUB, "notifications/x", RawJson.of("{\"n\":1e2}"));
            JsonObject status = WireEditor.params(editor.take("mcp/statusChanged"));
            assertEquals(2, status.getAsJsonArray("servers").size());
            assertEquals(
                    1,
                    WireEditor.params(editor.take("mcp/authRequired"))
                            .getAsJsonArray("servers")
                            .size());
            assertEquals(
                    "{\"server\":\"github\",\"flowId\":\"f\",\"result\":{\"kind\":\"cancelled\"}}",
                    WireEditor.params(editor.take("mcp/authCompleted")).toString());
            assertEquals(
                    "{\"server\":\"github\",\"kinds\":[\"tools\"]}",
                    WireEditor.params(editor.take("mcp/catalogChanged")).toString());
            assertTrue(editor.take("mcp/log").toString().contains("\"level\":\"notice\""));
            assertTrue(editor.take("mcp/serverNotification").toString().contains("1e2"));
            editor.result("mcp/listServers", "{}");
            assertEquals(List.of(), editor.untaken(), editor::conversation);
        }
    }

    @Test
    void aResultIsCarriedUntouched() throws Exception {
        try (WireEditor editor = WireEditor.connect(hub).initialized(THIN)) {
            hub.callResult = new CallResult.Answered(
                    RawJson.of("{\"z\":1e2,\"a\":12345678901234567890,\"x-unknown\":[null,\"ü<\"]}"));
            editor.begin("mcp/callTool", "{\"server\":\"github\",\"name\":\"t\",\"arguments\":{\"k\":1.10}}");
            hub.callOptions();
            editor.result("mcp/listServers", "{}");
            hub.awaitAsked("call github tools/call {\"name\":\"t\",\"arguments\":{\"k\":1.10}}", editor);
            assertEquals(
                    "{\"result\":{\"z\":1e2,\"a\":12345678901234567890,\"x-unknown\":[null,\"ü<\"]}}",
                    editor.answer(2).get("result").toString(),
                    editor::conversation);
        }
    }

    @Test
    void progressComesWithItsToken() throws Exception {
        try (WireEditor editor = WireEditor.connect(hub).initialized(THIN)) {
            hub.mayAnswer = new CompletableFuture<>();
            int id = editor.begin(
                    "mcp/request",
                    "{\"server\":\"github\",\"method\":\"x/y\",\"progressToken\":\"p1\",\"timeoutMs\":5000}");
            hub.callOptions().progress().onProgress(1, Optional.of(2.0), Optional.of("half"));
            assertEquals(
                    "{\"server\":\"github\",\"progressToken\":\"p1\",\"progress\":1.0,\"total\":2.0,\"message\":\"half\"}",
                    WireEditor.params(editor.take("mcp/progress")).toString());
            hub.mayAnswer.complete(null);
            editor.answer(id);
        }
    }

    @Test
    void cancelRequestReachesTheCall() throws Exception {
        try (WireEditor editor = WireEditor.connect(hub).initialized(THIN)) {
            hub.mayAnswer = new CompletableFuture<>();
            int id = editor.begin("mcp/callTool", "{\"server\":\"github\",\"name\":\"slow\"}");
            hub.callOptions();
            editor.notify("$/cancelRequest", "{\"id\":" + id + "}");
            assertEquals(
                    -32800,
                    editor.answer(id).getAsJsonObject("error").get("code").getAsInt());
            hub.awaitAsked("call ended Cancelled", editor);
        }
    }

    @Test
    void aFailureIsAnErrorWithItsData() throws Exception {
        try (WireEditor editor = WireEditor.connect(hub).initialized(THIN)) {
            hub.failure = Optional.of(new Failure("hub.unknownServer", "There is no x.", "Look at the file."));
            JsonObject error = editor.error("mcp/signOut", "{\"server\":\"x\"}");
            assertEquals(-31001, error.get("code").getAsInt());
            assertEquals(
                    "{\"code\":\"hub.unknownServer\",\"message\":\"There is no x.\",\"action\":\"Look at the file.\"}",
                    error.get("data").toString());
        }
    }

    @Test
    void aServersOwnErrorIsInsideOurs() throws Exception {
        try (WireEditor editor = WireEditor.connect(hub).initialized(THIN)) {
            hub.callResult = new CallResult.ServerError(-32602, "no such tool", Optional.of(RawJson.of("{\"a\":1}")));
            JsonObject error = editor.error("mcp/callTool", "{\"server\":\"github\",\"name\":\"t\"}");
            assertEquals(-31005, error.get("code").getAsInt());
            assertEquals(
                    "{\"code\":-32602,\"message\":\"no such tool\",\"data\":{\"a\":1}}",
                    error.get("data").toString());
        }
    }

    @Test
    void elicitationAndSamplingAreAskedAndAnswered() throws Exception {
        try (WireEditor editor = WireEditor.connect(hub).initialized(THIN)) {
            CompletableFuture<Answer> form = ask(
                    "elicitation/create",
                    "{\"message\":\"m\",\"requestedSchema\":{\"type\":\"object\",\"properties\":{}}}",
                    new Cancellation());
            JsonObject elicit = editor.take("mcp/elicit");
            assertEquals("github", WireEditor.params(elicit).get("server").getAsString());
            editor.reply(elicit, "{\"action\":\"accept\",\"content\":{\"a\":1}}");
            assertEquals("{\"action\":\"accept\",\"content\":{\"a\":1}}", result(form));

            CompletableFuture<Answer> sample = ask("sampling/createMessage", "{\"messages\":[]}", new Cancellation());
            editor.reply(editor.take("mcp/sample"), "{\"result\":{\"role\":\"assistant\"}}");
            assertEquals("{\"role\":\"assistant\"}", result(sample));
        }
    }

    @Test
    void anEditorThatKnowsAWayFromItsBrowserIsAskedForIt() throws Exception {
        String far = "{\"experimental\":{\"mcp\":{\"version\":\"1.0\",\"externalUri\":true}}}";
        try (WireEditor editor = WireEditor.connect(hub).initialized(far)) {
            int id = editor.begin("mcp/authenticate", "{\"server\":\"github\"}");
            JsonObject asked = editor.take("mcp/externalUri");
            assertEquals(
                    "{\"server\":\"github\",\"uri\":\"http://127.0.0.1:48801/callback\"}",
                    WireEditor.params(asked).toString());
            editor.reply(asked, "{\"uri\":\"https://far.example/48801/callback\"}");
            hub.awaitAsked("authenticate github BROWSER by https://far.example/48801/callback", editor);
            assertTrue(editor.answer(id).has("result"), editor::conversation);

            int command = editor.begin(
                    "workspace/executeCommand", "{\"command\":\"drawbridge.authenticate\",\"arguments\":[\"github\"]}");
            editor.reply(editor.take("mcp/externalUri"), "{\"uri\":\"https://far.example/again\"}");
            hub.awaitAsked("authenticate github BROWSER by https://far.example/again", editor);
            assertTrue(editor.answer(command).has("result"), editor::conversation);
        }
    }

    @Test
    void aWayThatIsNotToldLeavesTheListenersOwnAddress() throws Exception {
        String far = "{\"experimental\":{\"mcp\":{\"version\":\"1.0\",\"externalUri\":true}}}";
        for (String nonsense : List.of("null", "{}", "{\"uri\":7}", "\"callback\"", "error")) {
            ScriptedHub hub = new ScriptedHub();
            try (WireEditor editor = WireEditor.connect(hub).initialized(far)) {
                int id = editor.begin("mcp/authenticate", "{\"server\":\"github\"}");
                JsonObject asked = editor.take("mcp/externalUri");
                if (nonsense.equals("error")) {
                    editor.replyError(asked);
                } else {
                    editor.reply(asked, nonsense);
                }
                hub.awaitAsked("authenticate github BROWSER", editor);
                assertTrue(editor.answer(id).has("result"), editor::conversation);
            }
        }
        try (WireEditor editor = WireEditor.connect(hub).initialized(THIN)) {
            editor.result("mcp/authenticate", "{\"server\":\"github\"}");
            assertTrue(editor.peek("mcp/externalUri").isEmpty(), editor::conversation);
        }
    }

    @Test
    void anErrorOrACancellationIsAnHonestNo() throws Exception {
        try (WireEditor editor = WireEditor.connect(hub).initialized(THIN)) {
            CompletableFuture<Answer> form =
                    ask("elicitation/create", "{\"message\":\"m\",\"requestedSchema\":{}}", new Cancellation());
            editor.replyError(editor.take("mcp/elicit"));
            assertEquals("{\"action\":\"cancel\"}", result(form));

            Cancellation cancellation = new Cancellation();
            CompletableFuture<Answer> second =
                    ask("elicitation/create", "{\"message\":\"m\",\"requestedSchema\":{}}", cancellation);
            editor.take("mcp/elicit");
            cancellation.cancel();
            assertEquals("{\"action\":\"cancel\"}", result(second));
            editor.take("$/cancelRequest");
        }
    }

    @Test
    void aBareEditorChoosesByButtons() throws Exception {
        try (WireEditor editor = WireEditor.connect(hub).initialized("{}")) {
            CompletableFuture<Answer> choice = ask(
                    "elicitation/create",
                    "{\"message\":\"Which?\",\"requestedSchema\":{\"properties\":{"
                        + "\"size\":{\"type\":\"string\",\"enum\":[\"s\",\"l\"],\"enumNames\":[\"Small\",\"Large\"]},"
                        + "\"sure\":{\"type\":\"boolean\"},\"note\":{\"type\":\"string\"}},\"required\":[\"size\"]}}",
                    new Cancellation());
            JsonObject size = editor.take("window/showMessageRequest");
            assertTrue(size.toString().contains("“github” asks: Which? size"), editor::conversation);
            editor.reply(size, "{\"title\":\"Large\"}");
            editor.reply(editor.take("window/showMessageRequest"), "{\"title\":\"Yes\"}");
            assertEquals("{\"action\":\"accept\",\"content\":{\"size\":\"l\",\"sure\":true}}", result(choice));

            CompletableFuture<Answer> text = ask(
                    "elicitation/create",
                    "{\"message\":\"Name?\",\"requestedSchema\":{\"properties\":{\"n\":{\"type\":\"string\"}}}}",
                    new Cancellation());
            assertEquals("{\"action\":\"cancel\"}", result(text));

            CompletableFuture<Answer> page = ask(
                    "elicitation/create",
                    "{\"mode\":\"url\",\"message\":\"Pay\",\"url\":\"https://pay.example/x\",\"elicitationId\":\"e\"}",
                    new Cancellation());
            editor.reply(
                    editor.take(
                            "window/showMessageRequest",
                            params -> params.toString().contains("pay.example")),
                    "{\"title\":\"Open\"}");
            assertEquals("{\"action\":\"accept\"}", result(page));
            assertEquals(
                    "{\"action\":\"decline\"}",
                    result(ask(
                            "elicitation/create",
                            "{\"mode\":\"url\",\"message\":\"x\",\"url\":\"javascript:alert(1)\"}",
                            new Cancellation())));
            assertTrue(result(ask("sampling/createMessage", "{}", new Cancellation()))
                    .startsWith("-32601"));
        }
    }
}
