package dev.drawbridge.oauth.token;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.drawbridge.oauth.Client;
import dev.drawbridge.oauth.DpopKey;
import dev.drawbridge.oauth.Json;
import dev.drawbridge.oauth.Secret;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What one sign-in gave: tokens bound to one issuer, client, resource and account, and everything a refresh needs, so that no
 * metadata has to be fetched for it and an old token never goes anywhere new. Without an access token it is spent, and
 * only remembers what to ask for again.
 *
 * @param server the server's URL it is used at
 * @param resource the resource indicator it was requested with (RFC 8707)
 * @param lifetime of the access token, as far as it is known
 * @param requestedScopes what was asked for; what was granted is {@code scopes}
 * @param dpopKey what the tokens are bound to (RFC 9449), if they are
 */
public record Credential(
        URI server,
        Optional<String> account,
        String issuer,
        URI tokenEndpoint,
        Optional<URI> revocationEndpoint,
        Client client,
        Optional<String> resource,
        Optional<Secret> accessToken,
        String scheme,
        Optional<Instant> expiresAt,
        Optional<Duration> lifetime,
        Optional<Secret> refreshToken,
        Set<String> scopes,
        Set<String> requestedScopes,
        Optional<DpopKey> dpopKey) {
    public Credential {
        scopes = new LinkedHashSet<>(scopes);
        requestedScopes = new LinkedHashSet<>(requestedScopes);
    }

    /** The same credential with tokens from a refresh; a refresh token that was not rotated stays (RFC 6749 section 6). */
    public Credential refreshed(
            Secret access,
            String newScheme,
            Optional<Instant> expires,
            Optional<Duration> life,
            Optional<Secret> refresh,
            Optional<Set<String>> granted) {
        return new Credential(
                server,
                account,
                issuer,
                tokenEndpoint,
                revocationEndpoint,
                client,
                resource,
                Optional.of(access),
                newScheme,
                expires,
                life,
                refresh.or(() -> refreshToken),
                granted.orElse(scopes),
                requestedScopes,
                dpopKey);
    }

    /** Without its refresh token, which the authorization server no longer accepts. */
    public Credential withoutRefreshToken() {
        return new Credential(
                server,
                account,
                issuer,
                tokenEndpoint,
                revocationEndpoint,
                client,
                resource,
                accessToken,
                scheme,
                expiresAt,
                lifetime,
                Optional.empty(),
                scopes,
                requestedScopes,
                dpopKey);
    }

    /** Without any token. */
    public Credential spent() {
        return new Credential(
                server,
                account,
                issuer,
                tokenEndpoint,
                revocationEndpoint,
                client,
                resource,
                Optional.empty(),
                scheme,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                scopes,
                requestedScopes,
                dpopKey);
    }

    /** Every scope that was asked for or granted. */
    public Set<String> allScopes() {
        Set<String> all = new LinkedHashSet<>(requestedScopes);
        all.addAll(scopes);
        return all;
    }

    public Secret toJson() {
        JsonObject json = new JsonObject();
        json.addProperty("version", 1);
        json.addProperty("server", server.toString());
        account.ifPresent(value -> json.addProperty("account", value));
        json.addProperty("issuer", issuer);
        json.addProperty("tokenEndpoint", tokenEndpoint.toString());
        revocationEndpoint.ifPresent(value -> json.addProperty("revocationEndpoint", value.toString()));
        json.add("client", ClientJson.write(client));
        resource.ifPresent(value -> json.addProperty("resource", value));
        accessToken.ifPresent(value -> json.addProperty("accessToken", value.value()));
        json.addProperty("scheme", scheme);
        expiresAt.ifPresent(value -> json.addProperty("expiresAt", value.toString()));
        lifetime.ifPresent(value -> json.addProperty("lifetimeSeconds", value.toSeconds()));
        refreshToken.ifPresent(value -> json.addProperty("refreshToken", value.value()));
        json.add("scopes", array(scopes));
        json.add("requestedScopes", array(requestedScopes));
        dpopKey.ifPresent(key -> json.addProperty("dpopKey", key.toSecret().value()));
        return new Secret(json.toString());
    }

    /** Empty when the text is not a credential this version understands; then a sign-in brings a new one. */
    public static Optional<Credential> parse(Secret text) {
        try {
            return Json.object(text.value()).flatMap(Credential::read);
        } catch (IllegalArgumentException | java.time.DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Credential> read(JsonObject json) {
        Optional<Client> client = Optional.ofNullable(json.get("client"))
                .filter(JsonObject.class::isInstance)
                .flatMap(value -> ClientJson.read(value.getAsJsonObject()));
        Optional<URI> server = Json.string(json, "server").map(URI::create);
        Optional<String> issuer = Json.string(json, "issuer");
        Optional<URI> token = Json.string(json, "tokenEndpoint").map(URI::create);
        if (client.isEmpty() || server.isEmpty() || issuer.isEmpty() || token.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Credential(
                server.get(),
                Json.string(json, "account"),
                issuer.get(),
                token.get(),
                Json.string(json, "revocationEndpoint").map(URI::create),
                client.get(),
                Json.string(json, "resource"),
                Json.string(json, "accessToken").map(Secret::new),
                Json.string(json, "scheme").orElse("Bearer"),
                Json.string(json, "expiresAt").map(Instant::parse),
                Json.whole(json, "lifetimeSeconds").map(Duration::ofSeconds),
                Json.string(json, "refreshToken").map(Secret::new),
                Json.strings(json, "scopes").orElse(Set.of()),
                Json.strings(json, "requestedScopes").orElse(Set.of()),
                Json.string(json, "dpopKey").map(Secret::new).flatMap(DpopKey::parse)));
    }

    private static JsonArray array(Set<String> values) {
        JsonArray array = new JsonArray();
        values.forEach(array::add);
        return array;
    }
}
