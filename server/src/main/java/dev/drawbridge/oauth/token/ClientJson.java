package dev.drawbridge.oauth.token;

import com.google.gson.JsonObject;
import dev.drawbridge.oauth.Client;
import dev.drawbridge.oauth.Json;
import dev.drawbridge.oauth.Secret;
import dev.drawbridge.oauth.TokenEndpointAuthMethod;
import java.time.Instant;
import java.util.Optional;

/** A client as it is stored. */
final class ClientJson {
    private ClientJson() {}

    static JsonObject write(Client client) {
        JsonObject json = new JsonObject();
        json.addProperty("id", client.id());
        json.addProperty("source", client.source().name());
        json.addProperty("authMethod", client.method().wireName());
        client.secret().ifPresent(secret -> json.addProperty("secret", secret.value()));
        client.secretExpiresAt().ifPresent(at -> json.addProperty("secretExpiresAt", at.toString()));
        return json;
    }

    static Optional<Client> read(JsonObject json) {
        Optional<String> id = Json.string(json, "id");
        Optional<String> source = Json.string(json, "source");
        Optional<TokenEndpointAuthMethod> method =
                Json.string(json, "authMethod").flatMap(TokenEndpointAuthMethod::of);
        if (id.isEmpty() || source.isEmpty() || method.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Client(
                id.get(),
                Client.Source.valueOf(source.get()),
                method.get(),
                Json.string(json, "secret").map(Secret::new),
                Json.string(json, "secretExpiresAt").map(Instant::parse)));
    }
}
