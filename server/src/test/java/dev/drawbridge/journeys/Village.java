package dev.drawbridge.journeys;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.drawbridge.testkit.Browser;
import dev.drawbridge.testkit.OidcProvider;
import dev.drawbridge.testkit.ProtectedMcpServer;
import java.net.URI;
import java.time.Duration;

/** The outside world of a sign-in, shared by the tests of a class: authorization server, protected server, browser. */
public final class Village implements AutoCloseable {
    private final OidcProvider issuer;
    private final ProtectedMcpServer server;
    private final Browser browser;

    public Village() {
        this(Duration.ofMinutes(10));
    }

    /** With access tokens that live this long. */
    public Village(Duration accessTokenTtl) {
        issuer = new OidcProvider(settings -> settings.addProperty("accessTokenTtl", accessTokenTtl.toSeconds()));
        ProtectedMcpServer started = null;
        try {
            started = new ProtectedMcpServer(issuer);
            browser = new Browser();
            server = started;
        } catch (Throwable failed) {
            if (started != null) {
                started.close();
            }
            issuer.close();
            throw failed;
        }
    }

    public OidcProvider issuer() {
        return issuer;
    }

    public ProtectedMcpServer server() {
        return server;
    }

    public Browser browser() {
        return browser;
    }

    /** A configuration with the protected server, under the name {@code notes}. */
    public String configuration() {
        return Desk.servers(Desk.remote("notes", server.url()));
    }

    /** The same as a workspace's file, with a line for every step so that a person can stand on the entry. */
    String workspaceConfiguration() {
        return """
            {
              "servers": {
                "notes": {
                  "url": "%s"
                }
              }
            }
            """.formatted(server.url());
    }

    /** The person clicks Authenticate in this editor and signs in; it ends with the server connected. */
    public JsonObject signIn(Editor editor) {
        return signIn(editor, 0);
    }

    /** The same after a prompt that comes from this place in the conversation on. */
    public JsonObject signIn(Editor editor, int from) {
        editor.awaitMessage(from, "mcp/authRequired", params -> true);
        JsonObject flow = editor.ask("mcp/authenticate", "notes");
        Browser.Visit visit = browser.visit(address(flow), "alice");
        if (!visit.text().contains("Authentication Successful")) {
            throw new AssertionError("the browser ended at " + visit);
        }
        editor.awaitState("notes", "connected");
        return flow;
    }

    public static URI address(JsonObject flow) {
        return URI.create(flow.get("authorizationUrl").getAsString());
    }

    public static JsonObject message(String text) {
        return Editor.of("message", text);
    }

    public static boolean succeeded(JsonObject completed) {
        JsonElement kind = completed.getAsJsonObject("result").get("kind");
        return kind.getAsString().equals("succeeded");
    }

    @Override
    public void close() {
        browser.close();
        server.close();
        issuer.close();
    }
}
