package dev.drawbridge.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.drawbridge.cli.demo.FormBrowser;
import dev.drawbridge.testkit.Conversation;
import dev.drawbridge.testkit.EverythingServer;
import dev.drawbridge.testkit.OidcProvider;
import dev.drawbridge.testkit.ProtectedMcpServer;
import dev.drawbridge.testkit.SdkExampleOAuthServer;
import dev.drawbridge.testkit.TestDrawbridge;
import dev.drawbridge.testkit.TestEditor;
import dev.drawbridge.testkit.TestHome;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Servers that other people wrote, behind one Drawbridge: stdio, Streamable HTTP, and OAuth with its peculiarities. */
@ExtendWith(Conversation.class)
final class RealServersIT {
    private final TestHome home = new TestHome().with("DRAWBRIDGE_TOKEN_STORE", "memory");

    @AfterEach
    void leave() {
        home.close();
    }

    @Test
    void theReferenceServerWorksOverStdioAndHttp() throws Exception {
        try (EverythingServer everything = new EverythingServer();
                TestDrawbridge drawbridge = new TestDrawbridge(home, configuration(everything.url()))) {
            TestEditor editor = drawbridge.editor("editor");
            for (String server : List.of("local", "remote")) {
                editor.awaitState(server, "connected");
                List<String> tools =
                        TestEditor.toolNames(editor.request("mcp/listTools", TestEditor.with("server", server)));
                assertTrue(tools.contains("echo"), tools::toString);
                assertEquals("Echo: ahoy", editor.call(server, "echo", "{\"message\":\"ahoy\"}"));
            }
            assertEquals(0, editor.count(0, "mcp/authRequired"));
        }
    }

    @Test
    void anIssuerWithASlashAtItsEndAndNoRefreshWorks() throws Exception {
        try (SdkExampleOAuthServer example = new SdkExampleOAuthServer();
                TestDrawbridge drawbridge = new TestDrawbridge(home, Map.of("example", example.url()))) {
            TestEditor editor = drawbridge.editor("editor");
            URI page = URI.create(
                    editor.authenticate("example").get("authorizationUrl").getAsString());
            FormBrowser.Visit visit = new FormBrowser("alice").visit(page);
            assertTrue(visit.text().contains("Authentication Successful"), visit::toString);
            editor.awaitState("example", "connected");
            assertTrue(editor.call("example", "greet", "{\"name\":\"Ada\"}").contains("Ada"));
        }
    }

    @Test
    void oneVisitSignsInToEveryServerOfAnIssuerEachWithItsOwnToken() throws Exception {
        try (OidcProvider issuer = new OidcProvider();
                ProtectedMcpServer notes = new ProtectedMcpServer(issuer);
                ProtectedMcpServer mail = new ProtectedMcpServer(issuer);
                TestDrawbridge drawbridge =
                        new TestDrawbridge(home, Map.of("notes", notes.url(), "mail", mail.url()))) {
            TestEditor editor = drawbridge.editor("editor");
            FormBrowser browser = new FormBrowser("alice");
            for (String server : List.of("notes", "mail")) {
                URI page = URI.create(
                        editor.authenticate(server).get("authorizationUrl").getAsString());
                assertTrue(browser.visit(page).text().contains("Authentication Successful"));
                editor.awaitState(server, "connected");
                assertEquals("You are alice", editor.call(server, "whoami", "{}"));
            }
            assertEquals(1, issuer.registrations(), "one registration for one issuer");
        }
    }

    private static JsonObject configuration(URI remote) {
        JsonObject local = new JsonObject();
        local.addProperty("command", EverythingServer.stdioCommand().getFirst());
        JsonArray arguments = new JsonArray();
        EverythingServer.stdioCommand().stream().skip(1).forEach(arguments::add);
        local.add("args", arguments);
        JsonObject http = new JsonObject();
        http.addProperty("url", remote.toString());
        JsonObject servers = new JsonObject();
        servers.add("local", local);
        servers.add("remote", http);
        JsonObject file = new JsonObject();
        file.add("mcpServers", servers);
        return file;
    }
}
