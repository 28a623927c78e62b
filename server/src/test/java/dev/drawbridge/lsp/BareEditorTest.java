package dev.drawbridge.lsp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import dev.drawbridge.hub.Failure;
import dev.drawbridge.hub.FlowId;
import dev.drawbridge.hub.ServerName;
import dev.drawbridge.hub.ServerView;
import dev.drawbridge.hub.SessionListener.AuthResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** An editor that has never heard of Drawbridge: everything by standard LSP, nothing without the person's choice. */
final class BareEditorTest {
    private static final String CAPABLE =
            "{\"window\":{\"workDoneProgress\":true,\"showDocument\":{\"support\":true}}}";

    /** Shows questions and messages, and no more. */
    private static final String PLAIN = "{\"window\":{}}";

    private final ScriptedHub hub = new ScriptedHub();

    private static List<String> actions(JsonObject question) {
        List<String> titles = new ArrayList<>();
        WireEditor.params(question)
                .getAsJsonArray("actions")
                .forEach(action ->
                        titles.add(action.getAsJsonObject().get("title").getAsString()));
        return titles;
    }

    private static String message(JsonObject message) {
        return WireEditor.params(message).get("message").getAsString();
    }

    private void needSignIn(ServerView... servers) throws Exception {
        hub.becomes(servers);
        hub.listener().onAuthRequired(List.of(servers));
    }

    private void completed(String server, AuthResult result) throws Exception {
        hub.listener().onAuthCompleted(new ServerName(server), new FlowId("flow-" + server), result);
    }

    @Test
    void fromTheQuestionToConnected() throws Exception {
        try (WireEditor editor = WireEditor.connect(hub).initialized(CAPABLE)) {
            needSignIn(Servers.authRequiredBy("github", "codecompanion called github/create_issue"));
            JsonObject question = editor.take("window/showMessageRequest");
            assertEquals(
                    "“github” needs you to sign in (codecompanion called github/create_issue).", message(question));
            assertEquals(List.of("Authenticate", "Later"), actions(question));
            assertEquals(List.of(), hub.asked(), "nothing starts before the person chose");

            editor.reply(question, "{\"title\":\"Authenticate\"}");
            JsonObject create = editor.take("window/workDoneProgress/create");
            editor.reply(create, "null");
            JsonObject show = editor.take("window/showDocument");
            assertEquals(
                    "https://idp.example/authorize?client_id=github",
                    WireEditor.params(show).get("uri").getAsString());
            assertTrue(WireEditor.params(show).get("external").getAsBoolean(), editor::conversation);
            assertTrue(
                    message(editor.take("window/showMessage"))
                            .contains("https://idp.example/authorize?client_id=github"),
                    editor::conversation);
            JsonObject begin = editor.take("$/progress");
            assertEquals(
                    "Waiting for you to sign in to “github”",
                    WireEditor.params(begin)
                            .getAsJsonObject("value")
                            .get("title")
                            .getAsString());

            completed("github", new AuthResult.Succeeded(Servers.authenticated()));
            hub.becomes(Servers.connected("github"));
            JsonObject end = editor.take("$/progress");
            assertEquals(
                    "end",
                    WireEditor.params(end).getAsJsonObject("value").get("kind").getAsString());
            assertEquals(
                    WireEditor.params(create).get("token"),
                    WireEditor.params(end).get("token"));
            assertEquals("Signed in to “github” as someone.", message(editor.take("window/showMessage")));
            assertEquals(List.of("authenticate github BROWSER"), hub.asked());
            assertEquals(List.of(), editor.untaken(), editor::conversation);
        }
    }

    @Test
    void twentyServersMakeOneQuestion() throws Exception {
        try (WireEditor editor = WireEditor.connect(hub).initialized(CAPABLE)) {
            ServerView[] servers = new ServerView[20];
            for (int i = 0; i < servers.length; i++) {
                servers[i] = Servers.authRequired("server" + i);
            }
            hub.becomes(servers);
            for (ServerView server : servers) {
                hub.listener().onAuthRequired(List.of(server));
            }
            JsonObject question = editor.take("window/showMessageRequest");
            assertTrue(message(question).startsWith("20 MCP servers need you to sign in: “server0”, “server1”"));
            assertEquals(
                    List.of(
                            "Authenticate server0",
                            "Authenticate server1",
                            "Authenticate server2",
                            "Authenticate server3",
                            "Authenticate server4",
                            "Later"),
                    actions(question));
            editor.reply(question, "{\"title\":\"Later\"}");
            editor.result("mcp/listServers", "{}");
            assertEquals(List.of(), editor.untaken(), editor::conversation);
            assertEquals(List.of(), hub.asked());
        }
    }

    @Test
    void afterOneOfSeveralTheOthersAreAskedAbout() throws Exception {
        try (WireEditor editor = WireEditor.connect(hub).initialized(PLAIN)) {
            needSignIn(Servers.authRequired("a"), Servers.authRequired("b"), Servers.authRequired("c"));
            editor.reply(editor.take("window/showMessageRequest"), "{\"title\":\"Authenticate a\"}");
            editor.take("window/showMessage");
            // The visit for a served c as well, as it does with one issuer and client.
            hub.becomes(Servers.connected("a"), Servers.authRequired("b"), Servers.connected("c"));
            completed("a", new AuthResult.Succeeded(Servers.authenticated()));
            JsonObject second = editor.take("window/showMessageRequest");
            assertEquals("“b” needs you to sign in.", message(second));
        }
    }

    @Test
    void aQuestionThatIsNeverAnsweredHoldsNothingUp() throws Exception {
        try (WireEditor editor = WireEditor.connect(hub).initialized(PLAIN)) {
            needSignIn(Servers.authRequired("github"));
            editor.take("window/showMessageRequest");
            editor.result(
                    "workspace/executeCommand", "{\"command\":\"drawbridge.authenticate\",\"arguments\":[\"github\"]}");
            editor.result("mcp/listServers", "{}");
            editor.result("shutdown", "null");
        }
    }

    @Test
    void aQuestionThatHasAnsweredItselfIsWithdrawn() throws Exception {
        try (WireEditor editor = WireEditor.connect(hub).initialized(PLAIN)) {
            needSignIn(Servers.authRequired("github"));
            JsonObject question = editor.take("window/showMessageRequest");
            hub.becomes(Servers.connected("github"));
            JsonObject withdrawn = editor.take("$/cancelRequest");
            assertEquals(
                    question.get("id").getAsString(),
                    WireEditor.params(withdrawn).get("id").getAsString());
            editor.result("mcp/listServers", "{}");
            assertEquals(List.of(), editor.untaken(), editor::conversation);
        }
    }

    @Test
    void anEditorThatAnswersQuestionsWithErrorsStillTellsThePerson() throws Exception {
        try (WireEditor editor = WireEditor.connect(hub).initialized(PLAIN)) {
            needSignIn(Servers.authRequired("github"));
            editor.replyError(editor.take("window/showMessageRequest"));
            assertTrue(
                    message(editor.take("window/showMessage")).contains("drawbridge.authenticate"),
                    editor::conversation);
        }
    }

    @Test
    void anEditorThatRefusesTheQuestionOfAnApprovalStillTellsThePerson() throws Exception {
        try (WireEditor editor = WireEditor.connect(hub).initialized(PLAIN)) {
            hub.becomes(Servers.untrusted("tool", "digest-1"));
            editor.replyError(editor.take("window/showMessageRequest"));
            assertTrue(
                    message(editor.take("window/showMessage"))
                            .endsWith("Use the code action on the server's entry in /ada/project/.mcp.json, or the"
                                    + " command drawbridge.approve."),
                    editor::conversation);
        }
    }

    @Test
    void anEditorThatDeclaresNothingOfWindowsGetsEachQuestionAsAMessageToo() throws Exception {
        try (WireEditor editor = WireEditor.connect(hub).initialized("{}")) {
            needSignIn(Servers.authRequired("github"));
            JsonObject question = editor.take("window/showMessageRequest");
            String told = message(editor.take("window/showMessage"));
            assertTrue(told.startsWith("“github” needs you to sign in. Use the code action"), editor::conversation);
            editor.replyError(question);
            editor.result("mcp/listServers", "{}");
            assertEquals(List.of(), editor.untaken(), "told once");
        }
    }

    @Test
    void helixIsAskedToOpenThePageAlthoughItDoesNotSayThatItCan() throws Exception {
        try (WireEditor editor = WireEditor.connect(hub)) {
            editor.request(
                    "initialize",
                    "{\"capabilities\":{\"window\":{\"workDoneProgress\":true}},"
                            + "\"clientInfo\":{\"name\":\"helix\",\"version\":\"25.01.1\"}}");
            editor.notify("initialized", "{}");
            editor.result(
                    "workspace/executeCommand", "{\"command\":\"drawbridge.authenticate\",\"arguments\":[\"github\"]}");
            assertEquals(
                    "https://idp.example/authorize?client_id=github",
                    WireEditor.params(editor.take("window/showDocument"))
                            .get("uri")
                            .getAsString());
        }
    }

    @Test
    void withoutShowDocumentTheAddressComesAsAMessage() throws Exception {
        try (WireEditor editor = WireEditor.connect(hub).initialized(PLAIN)) {
            needSignIn(Servers.authRequired("github"));
            editor.reply(editor.take("window/showMessageRequest"), "{\"title\":\"Authenticate\"}");
            assertTrue(
                    message(editor.take("window/showMessage"))
                            .endsWith("open https://idp.example/authorize?client_id=github"),
                    editor::conversation);
            editor.result("mcp/listServers", "{}");
            assertEquals(List.of(), editor.untaken(), editor::conversation);
        }
    }

    @Test
    void cancellingTheProgressCancelsTheSignIn() throws Exception {
        try (WireEditor editor = WireEditor.connect(hub).initialized(CAPABLE)) {
            editor.begin(
                    "workspace/executeCommand", "{\"command\":\"drawbridge.authenticate\",\"arguments\":[\"github\"]}");
            JsonObject create = editor.take("window/workDoneProgress/create");
            editor.reply(create, "null");
            editor.take("$/progress");
            editor.notify(
                    "window/workDoneProgress/cancel",
                    "{\"token\":" + WireEditor.params(create).get("token") + "}");
            hub.awaitAsked("cancelAuthentication flow-github", editor);
            completed("github", new AuthResult.Cancelled());
            assertEquals(
                    "end",
                    WireEditor.params(editor.take("$/progress"))
                            .getAsJsonObject("value")
                            .get("kind")
                            .getAsString());
        }
    }

    @Test
    void aFailedSignInSaysWhyAndWhatToDo() throws Exception {
        try (WireEditor editor = WireEditor.connect(hub).initialized(PLAIN)) {
            hub.failure = Optional.of(ScriptedHub.someFailure());
            JsonObject error = editor.error(
                    "workspace/executeCommand", "{\"command\":\"drawbridge.authenticate\",\"arguments\":[\"github\"]}");
            assertEquals(
                    "oauth.issuerMismatch",
                    error.getAsJsonObject("data").get("code").getAsString());
            assertEquals(
                    "The issuer does not match. Tell the server's operator.",
                    message(editor.take("window/showMessage")));
        }
    }

    @Test
    void aSignInThatEndsBadlyIsTold() throws Exception {
        try (WireEditor editor = WireEditor.connect(hub).initialized(PLAIN)) {
            editor.result(
                    "workspace/executeCommand", "{\"command\":\"drawbridge.authenticate\",\"arguments\":[\"github\"]}");
            editor.take("window/showMessage");
            completed("github", new AuthResult.Failed(new Failure("oauth.denied", "Access was denied.", "Try again.")));
            assertEquals("Access was denied. Try again.", message(editor.take("window/showMessage")));
        }
    }

    @Test
    void aSignInThatStartedElsewhereIsNotTold() throws Exception {
        try (WireEditor editor = WireEditor.connect(hub).initialized(CAPABLE)) {
            completed("github", new AuthResult.Succeeded(Servers.authenticated()));
            editor.result("mcp/listServers", "{}");
            assertEquals(List.of(), editor.untaken(), editor::conversation);
        }
    }

    @Test
    void aWorkspaceServerIsShownInFullAndApprovedAsShown() throws Exception {
        try (WireEditor editor = WireEditor.connect(hub).initialized(PLAIN)) {
            hub.becomes(Servers.untrusted("tool", "digest-1"));
            hub.becomes(Servers.untrusted("tool", "digest-1"));
            JsonObject question = editor.take("window/showMessageRequest");
            assertTrue(
                    message(question).contains("“tool” which connects to https://tool.example/mcp"),
                    editor::conversation);
            assertTrue(message(question).contains("/ada/project/.mcp.json"), editor::conversation);
            assertEquals(List.of("Approve", "Not now"), actions(question));
            editor.reply(question, "{\"title\":\"Approve\"}");
            hub.awaitAsked("approve tool digest-1", editor);
            // The same definition is not asked about again, a changed one is.
            hub.becomes(Servers.untrusted("tool", "digest-1"));
            hub.becomes(Servers.untrusted("tool", "digest-2"));
            editor.reply(editor.take("window/showMessageRequest"), "{\"title\":\"Not now\"}");
            editor.result("mcp/listServers", "{}");
            assertFalse(hub.asked().contains("approve tool digest-2"), editor::conversation);
            assertEquals(List.of(), editor.untaken(), editor::conversation);
        }
    }
}
