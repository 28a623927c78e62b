package dev.drawbridge.cli.demo;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * The whole journey on this machine: a protected MCP server, an authorization server with a sign-in page, a daemon and an
 * editor, from "you have to sign in" to a tool's result. Closing it, at any moment and from any thread, ends every process
 * and removes every file it has made.
 */
final class DemoJourney implements AutoCloseable {
    private static final String NAME = "harbour";
    private static final Duration ANSWER = Duration.ofSeconds(20);
    private static final Duration PERSON = Duration.ofMinutes(10);

    private final DemoSteps steps;
    private final Visitor visitor;
    private final List<AutoCloseable> open = new ArrayList<>();
    private boolean closed;

    DemoJourney(DemoSteps steps, Visitor visitor) {
        this.steps = steps;
        this.visitor = visitor;
    }

    /** Goes through all of it; what does not work is told in words. */
    void run() throws DemoFailed, IOException, InterruptedException {
        DemoHome home = keep(new DemoHome());
        DemoAuthorizationServer issuer = keep(new DemoAuthorizationServer(InstantSource.system()));
        steps.step("authorization server", issuer.issuer() + "  with a sign-in page");
        DemoMcpServer server = keep(new DemoMcpServer(issuer, home.folder("web"), InstantSource.system()));
        steps.step("MCP server", server.url() + "  takes only that server's tokens");
        home.configure(configuration(server.url()));

        DemoDaemon daemon = keep(DemoDaemon.start(home));
        daemon.awaitSocket();
        steps.step("drawbridge daemon", "process " + daemon.pid());
        Process lsp = daemon.attach();
        EditorConnection editor = keep(new EditorConnection(lsp));
        steps.step("drawbridge lsp", "process " + lsp.pid() + ", attached to an editor");
        initialize(editor);

        JsonObject required =
                editor.await("mcp/authRequired", params -> server(params).has("state"), ANSWER);
        steps.step("mcp/authRequired", "\"" + NAME + "\" needs a sign-in" + scopes(server(required)));
        signIn(editor);
        use(editor);
    }

    private void initialize(EditorConnection editor) throws DemoFailed, InterruptedException {
        JsonObject mcp = new JsonObject();
        mcp.addProperty("version", "1.0");
        for (String shown : List.of("authRequired", "authCompleted", "statusChanged")) {
            mcp.addProperty(shown, true);
        }
        JsonObject capabilities = object("experimental", object("mcp", mcp));
        JsonObject params = object("capabilities", capabilities);
        params.addProperty("processId", ProcessHandle.current().pid());
        params.add("clientInfo", with("name", "demo editor"));
        editor.request("initialize", params, ANSWER);
        editor.notify("initialized", new JsonObject());
    }

    private void signIn(EditorConnection editor) throws DemoFailed, InterruptedException {
        JsonObject flow =
                editor.request("mcp/authenticate", with("server", NAME), ANSWER).getAsJsonObject();
        URI page = URI.create(flow.get("authorizationUrl").getAsString());
        String flowId = flow.get("flowId").getAsString();
        steps.step("mcp/authenticate", withoutQuery(page));
        for (String parameter : page.getRawQuery().split("&")) {
            steps.more("  " + URLDecoder.decode(parameter, StandardCharsets.UTF_8));
        }
        visitor.visit(page, steps);
        JsonObject result = editor.await("mcp/authCompleted", params -> flowId.equals(text(params, "flowId")), PERSON)
                .getAsJsonObject("result");
        if (!text(result, "kind").equals("succeeded")) {
            JsonObject failure = result.getAsJsonObject("failure");
            throw new DemoFailed(
                    failure == null
                            ? "The sign-in was cancelled."
                            : text(failure, "message") + " " + text(failure, "action"));
        }
        steps.step("mcp/authCompleted", "signed in; the tokens stay in the daemon");
        editor.await("mcp/statusChanged", DemoJourney::isConnected, ANSWER);
        steps.step("mcp/statusChanged", "\"" + NAME + "\" is connected");
    }

    private void use(EditorConnection editor) throws DemoFailed, InterruptedException {
        JsonArray tools = editor.request("mcp/listTools", with("server", NAME), ANSWER)
                .getAsJsonObject()
                .getAsJsonArray("tools");
        steps.step("mcp/listTools", String.join(", ", names(tools)));
        JsonObject greeting = with("name", "Grace");
        steps.step("mcp/callTool greet", call(editor, "greet", greeting));
        steps.step("mcp/callTool tide-table", call(editor, "tide-table", new JsonObject()));
    }

    private static String call(EditorConnection editor, String tool, JsonObject arguments)
            throws DemoFailed, InterruptedException {
        JsonObject params = with("server", NAME);
        params.addProperty("name", tool);
        params.add("arguments", arguments);
        JsonObject result =
                editor.request("mcp/callTool", params, ANSWER).getAsJsonObject().getAsJsonObject("result");
        String answer = text(result.getAsJsonArray("content").get(0).getAsJsonObject(), "text");
        if (result.has("isError") && result.get("isError").getAsBoolean()) {
            throw new DemoFailed("The tool " + tool + " failed: " + answer);
        }
        return answer;
    }

    /** Ends and removes everything, last made first; a second call does nothing. */
    @Override
    public synchronized void close() {
        closed = true;
        for (AutoCloseable each : open.reversed()) {
            try {
                each.close();
            } catch (Exception e) {
                steps.say("     Something was left behind: " + e.getMessage());
            }
        }
        open.clear();
    }

    private synchronized <T extends AutoCloseable> T keep(T made) throws DemoFailed {
        open.add(made);
        if (closed) {
            close();
            throw new DemoFailed("The demo was interrupted.");
        }
        return made;
    }

    private static String configuration(URI server) {
        JsonObject definition = with("type", "http");
        definition.addProperty("url", server.toString());
        return object("mcpServers", object(NAME, definition)).toString();
    }

    private static boolean isConnected(JsonObject params) {
        return text(server(params).getAsJsonObject("state"), "kind").equals("connected");
    }

    /** The demo's server among those that a notification tells of. */
    private static JsonObject server(JsonObject params) {
        JsonArray servers = params.getAsJsonArray("servers");
        return StreamSupport.stream(servers.spliterator(), false)
                .map(JsonElement::getAsJsonObject)
                .filter(server -> text(server, "name").equals(NAME))
                .findFirst()
                .orElseGet(() -> object("state", new JsonObject()));
    }

    private static String scopes(JsonObject server) {
        JsonObject reason = server.getAsJsonObject("state").getAsJsonObject("reason");
        JsonElement scopes = reason == null ? null : reason.get("scopes");
        return scopes == null || scopes.getAsJsonArray().isEmpty()
                ? ""
                : ", for " + String.join(" ", texts(scopes.getAsJsonArray()));
    }

    private static List<String> names(JsonArray tools) {
        return StreamSupport.stream(tools.spliterator(), false)
                .map(tool -> text(tool.getAsJsonObject(), "name"))
                .toList();
    }

    private static List<String> texts(JsonArray array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonElement::getAsString)
                .toList();
    }

    private static String withoutQuery(URI address) {
        return address.getScheme() + "://" + address.getRawAuthority() + address.getRawPath();
    }

    private static String text(JsonObject object, String member) {
        JsonElement element = object.get(member);
        return element == null || !element.isJsonPrimitive() ? "" : element.getAsString();
    }

    private static JsonObject with(String member, String value) {
        JsonObject object = new JsonObject();
        object.addProperty(member, value);
        return object;
    }

    private static JsonObject object(String member, JsonObject value) {
        JsonObject object = new JsonObject();
        object.add(member, value);
        return object;
    }
}
