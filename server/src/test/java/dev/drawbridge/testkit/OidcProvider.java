package dev.drawbridge.testkit;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;

/**
 * A certified authorization server in a process of its own, on an ephemeral loopback port. Its sign-in page takes any
 * name and password. It counts what is asked of it and can revoke, forget and fail on demand.
 */
public final class OidcProvider implements AutoCloseable {
    private static final Duration START_DEADLINE = Duration.ofSeconds(30);

    private final ChildProcess process;
    private final JsonObject address;
    private final Admin admin;

    /** Starts one with the defaults: tokens for 60 s, rotation, registration, {@code iss}. */
    public OidcProvider() {
        this(settings -> {});
    }

    /** Starts one after changing its settings, whose names are those in {@code authorization-server.mjs}. */
    public OidcProvider(Consumer<JsonObject> change) {
        JsonObject settings = new JsonObject();
        change.accept(settings);
        process = RealParts.node(
                "authorization server", Map.of(), List.of("authorization-server.mjs", settings.toString()));
        try {
            address = JsonParser.parseString(
                            process.await("its address", START_DEADLINE, line -> line.startsWith("{\"issuer\"")))
                    .getAsJsonObject();
        } catch (Throwable failed) {
            process.close();
            throw failed;
        }
        admin = new Admin(URI.create(address.get("admin").getAsString()));
    }

    public String issuer() {
        return address.get("issuer").getAsString();
    }

    public String jwks() {
        return address.get("jwks").getAsString();
    }

    /** Requests for the authorization endpoint: how often a browser was sent there. */
    public int authorizeRequests() {
        return counts().get("authorize").getAsInt();
    }

    /** Successful token requests with this grant type. */
    public int tokens(String grantType) {
        JsonElement count = counts().getAsJsonObject("token").get(grantType);
        return count == null ? 0 : count.getAsInt();
    }

    /** Clients that registered themselves (RFC 7591). */
    public int registrations() {
        return counts().get("registered").getAsInt();
    }

    /** How often a refresh token was presented that had been rotated away: each one voids a whole sign-in. */
    public int refreshTokensReused() {
        return counts().get("refreshTokensReused").getAsInt();
    }

    /** Every count it keeps. */
    public JsonObject counts() {
        return admin.call("counts").getAsJsonObject();
    }

    /** Every error it answered with, in order. */
    public List<String> errors() {
        return texts("errors");
    }

    /** Every request it got, as method and path. */
    public List<String> requests() {
        return texts("paths");
    }

    /** The clients that registered themselves, with their metadata. */
    public List<JsonObject> clients() {
        return admin.call("clients").getAsJsonArray().asList().stream()
                .map(JsonElement::getAsJsonObject)
                .toList();
    }

    /** The refresh tokens that are valid or consumed now. */
    public List<String> refreshTokens() {
        return texts("refreshTokens");
    }

    public void accessTokenTtl(Duration ttl) {
        JsonObject change = new JsonObject();
        change.addProperty("accessTokenTtl", ttl.toSeconds());
        admin.call("set", change);
    }

    /** Voids every sign-in: refresh answers {@code invalid_grant}, and a browser has to sign in again. */
    public void revokeGrants() {
        admin.call("revokeGrants");
    }

    /** Forgets every registered client, as a reinstalled server does. */
    public void forgetClients() {
        admin.call("forgetClients");
    }

    /** Ends the browsers' sessions; grants and tokens live on. */
    public void forgetSessions() {
        admin.call("forgetSessions");
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

    private List<String> texts(String action) {
        return StreamSupport.stream(admin.call(action).getAsJsonArray().spliterator(), false)
                .map(JsonElement::getAsString)
                .toList();
    }
}
