package dev.drawbridge.testkit;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * An MCP server on the official TypeScript SDK in a process of its own, which takes only tokens of one issuer made for
 * its own address. Tools: {@code echo}, {@code whoami}, {@code slow}, {@code large}.
 */
public final class ProtectedMcpServer implements AutoCloseable {
    private static final Duration START_DEADLINE = Duration.ofSeconds(30);

    private final ChildProcess process;
    private final JsonObject address;
    private final Admin admin;

    public ProtectedMcpServer(OidcProvider issuer) {
        this(issuer, settings -> {});
    }

    /** Starts one after changing its settings, whose names are those in {@code mcp-server.mjs}. */
    public ProtectedMcpServer(OidcProvider issuer, Consumer<JsonObject> change) {
        JsonObject settings = new JsonObject();
        settings.addProperty("issuer", issuer.issuer());
        settings.addProperty("jwks", issuer.jwks());
        change.accept(settings);
        process = RealParts.node("MCP server", Map.of(), List.of("mcp-server.mjs", settings.toString()));
        try {
            address = JsonParser.parseString(
                            process.await("its address", START_DEADLINE, line -> line.startsWith("{\"url\"")))
                    .getAsJsonObject();
        } catch (Throwable failed) {
            process.close();
            throw failed;
        }
        admin = new Admin(URI.create(address.get("admin").getAsString()));
    }

    public URI url() {
        return URI.create(address.get("url").getAsString());
    }

    /** HTTP requests for the MCP endpoint, refused ones included. */
    public int requests() {
        return count("requests");
    }

    /** Accepted {@code initialize} requests. */
    public int initializes() {
        return count("initialize");
    }

    /** Answers with status 401. */
    public int unauthorized() {
        return count("unauthorized");
    }

    /** Accepted JSON-RPC messages with this method. */
    public int messages(String method) {
        JsonElement count = counts().getAsJsonObject("methods").get(method);
        return count == null ? 0 : count.getAsInt();
    }

    /** Every count it keeps. */
    public JsonObject counts() {
        return admin.call("counts").getAsJsonObject();
    }

    /** What was wrong with proofs of having a token's key, in order. */
    public List<String> proofErrors() {
        return admin.call("proofErrors").getAsJsonArray().asList().stream()
                .map(JsonElement::getAsString)
                .toList();
    }

    /** Wants this nonce in each proof from now on. */
    public void requireNonce(String nonce) {
        JsonObject change = new JsonObject();
        change.addProperty("dpopNonce", nonce);
        admin.call("set", change);
    }

    /** The tool calls it got, in order. */
    public List<JsonElement> calls() {
        return admin.call("calls").getAsJsonArray().asList();
    }

    /** The headers of the HTTP requests it got, in order, with their names in small letters. */
    public List<JsonObject> headers() {
        return admin.call("headers").getAsJsonArray().asList().stream()
                .map(JsonElement::getAsJsonObject)
                .toList();
    }

    /** Every access token that it was shown, accepted or not. */
    public List<String> tokens() {
        return admin.call("tokens").getAsJsonArray().asList().stream()
                .map(JsonElement::getAsString)
                .toList();
    }

    /** Refuses every access token it has seen so far, whatever its expiry says. */
    public void dropTokens() {
        admin.call("dropTokens");
    }

    /** Forgets every session, as after a restart. */
    public void dropSessions() {
        admin.call("dropSessions");
    }

    /** Asks for these scopes from now on. */
    public void requireScopes(List<String> scopes) {
        JsonObject change = new JsonObject();
        JsonArray array = new JsonArray();
        scopes.forEach(array::add);
        change.add("scopes", array);
        admin.call("set", change);
    }

    public void order(Fault fault) {
        admin.call("fault", fault.order());
    }

    public void clearFaults() {
        admin.call("clearFaults");
    }

    public String log() {
        return process.log();
    }

    @Override
    public void close() {
        process.close();
    }

    private int count(String name) {
        return counts().get(name).getAsInt();
    }
}
