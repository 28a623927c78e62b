package dev.drawbridge.proxy;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.drawbridge.hub.Failure;
import dev.drawbridge.hub.HostSession;
import dev.drawbridge.hub.Outcome;
import dev.drawbridge.hub.ServerName;
import dev.drawbridge.hub.SignInFlow;
import dev.drawbridge.mcp.json.RawJson;
import java.util.Set;

/**
 * What a host gets instead of an answer while a person has to sign in: a tool that tells where, results that name the
 * address, and for hosts that open addresses the error of MCP 2025-11-25 (URL elicitation).
 */
final class SignInOffer {
    /** The one tool of a server whose own tools are not known yet. */
    static final String TOOL = "authenticate";

    static final long URL_ELICITATION_REQUIRED = -32042;

    private static final Set<String> CODES = Set.of("auth.signInNeeded", "auth.signInRunning");

    private final HostSession session;
    private final ServerName server;
    private final boolean opensBrowser;

    SignInOffer(HostSession session, ServerName server, boolean opensBrowser) {
        this.session = session;
        this.server = server;
        this.opensBrowser = opensBrowser;
    }

    /** Whether a sign-in is what a failed request waits for. */
    static boolean helps(Failure failure) {
        return CODES.contains(failure.code());
    }

    /**
     * The running sign-in, begun if need be; asks the authorization server, so it takes a moment.
     *
     * @param requestedBy who needs it; where the host opens the page itself, nobody else has to be told
     */
    Outcome<SignInFlow> flow(String requestedBy) {
        return opensBrowser ? session.authenticate() : session.prepareSignIn(requestedBy);
    }

    RawJson tools() {
        JsonObject schema = new JsonObject();
        schema.addProperty("type", "object");
        schema.add("properties", new JsonObject());
        JsonObject tool = new JsonObject();
        tool.addProperty("name", TOOL);
        tool.addProperty(
                "description",
                "The server " + server + " needs its user to sign in before it offers its tools. Call this to get the"
                        + " address to open in a browser, and show it to the user. The server's own tools appear after"
                        + " the sign-in.");
        tool.add("inputSchema", schema);
        JsonArray tools = new JsonArray();
        tools.add(tool);
        return RawJson.of(tools);
    }

    /** What the tool answers: the address as text, and as a link where hosts know those. */
    RawJson result(SignInFlow flow, boolean links) {
        return content(words(flow), flow, links, false);
    }

    /** What any other tool answers meanwhile. */
    RawJson refusal(SignInFlow flow, boolean links) {
        return content(server + " needs you to sign in first. " + words(flow), flow, links, true);
    }

    RawJson failed(Failure failure) {
        return text(failure.message() + " " + failure.action(), true);
    }

    RawJson done() {
        return text("You are signed in to " + server + "; its own tools can be used.", false);
    }

    static String words(SignInFlow flow) {
        return "Open this address in a browser on this machine to sign in, then try again: " + flow.authorizationUrl()
                + flow.userCode().map(code -> " (enter the code " + code + ")").orElse("");
    }

    /** The data of a {@link #URL_ELICITATION_REQUIRED} error. */
    RawJson elicitations(SignInFlow flow) {
        JsonObject elicitation = new JsonObject();
        elicitation.addProperty("mode", "url");
        elicitation.addProperty("elicitationId", flow.id().value());
        elicitation.addProperty("url", flow.authorizationUrl().toString());
        elicitation.addProperty("message", "Sign in to " + server + " to go on.");
        JsonArray list = new JsonArray();
        list.add(elicitation);
        JsonObject data = new JsonObject();
        data.add("elicitations", list);
        return RawJson.of(data);
    }

    private RawJson content(String words, SignInFlow flow, boolean links, boolean error) {
        JsonArray content = new JsonArray();
        content.add(textBlock(words));
        if (links) {
            JsonObject link = new JsonObject();
            link.addProperty("type", "resource_link");
            link.addProperty("uri", flow.authorizationUrl().toString());
            link.addProperty("name", "Sign in to " + server);
            content.add(link);
        }
        return result(content, error);
    }

    private static RawJson text(String words, boolean error) {
        JsonArray content = new JsonArray();
        content.add(textBlock(words));
        return result(content, error);
    }

    private static JsonObject textBlock(String words) {
        JsonObject text = new JsonObject();
        text.addProperty("type", "text");
        text.addProperty("text", words);
        return text;
    }

    private static RawJson result(JsonArray content, boolean error) {
        JsonObject result = new JsonObject();
        result.add("content", content);
        if (error) {
            result.addProperty("isError", true);
        }
        return RawJson.of(result);
    }
}
