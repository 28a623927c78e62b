package dev.drawbridge.oauth.token;

import com.google.gson.JsonObject;
import dev.drawbridge.oauth.Client;
import dev.drawbridge.oauth.Json;
import dev.drawbridge.oauth.Secret;
import java.net.URI;
import java.util.Optional;

/** A dynamically registered client as it is kept: with its issuer and the redirect URI it was registered for (requirement 21). */
public record Registration(String issuer, URI redirectUri, Client client) {
    public Secret toJson() {
        JsonObject json = new JsonObject();
        json.addProperty("version", 1);
        json.addProperty("issuer", issuer);
        json.addProperty("redirectUri", redirectUri.toString());
        json.add("client", ClientJson.write(client));
        return new Secret(json.toString());
    }

    /** Empty when the text is not a registration this version understands. */
    public static Optional<Registration> parse(Secret text) {
        try {
            return Json.object(text.value()).flatMap(Registration::read);
        } catch (IllegalArgumentException | java.time.DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Registration> read(JsonObject json) {
        Optional<Client> client = Optional.ofNullable(json.get("client"))
                .filter(JsonObject.class::isInstance)
                .flatMap(value -> ClientJson.read(value.getAsJsonObject()));
        Optional<String> issuer = Json.string(json, "issuer");
        Optional<URI> redirectUri = Json.string(json, "redirectUri").map(URI::create);
        return client.isPresent() && issuer.isPresent() && redirectUri.isPresent()
                ? Optional.of(new Registration(issuer.get(), redirectUri.get(), client.get()))
                : Optional.empty();
    }
}
