package dev.drawbridge.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the user says of the client goes into its registration (RFC 7591 section 2). */
final class ClientMetadataTest {
    private static Settings settings(Map<String, String> metadata) {
        Settings settings = new Settings();
        settings.clientMetadata = metadata;
        return settings;
    }

    private static JsonObject registered(World world) {
        return JsonParser.parseString(world.server.to("/register").getLast().body())
                .getAsJsonObject();
    }

    @Test
    void configuredMembersReplaceOursOrComeWithThem() throws Exception {
        try (World world = new World()) {
            world.begin(world.target(settings(Map.of(
                            "client_name", "\"Notes of the team\"",
                            "software_id", "\"4711\"",
                            "contacts", "[\"ann@example.com\"]",
                            "grant_types", "[\"authorization_code\"]",
                            "x_tenant", "{\"n\":1e2}"))
                    .build()));
            JsonObject sent = registered(world);
            assertEquals("Notes of the team", sent.get("client_name").getAsString());
            assertEquals("4711", sent.get("software_id").getAsString());
            assertEquals("[\"ann@example.com\"]", sent.get("contacts").toString());
            assertEquals("[\"authorization_code\"]", sent.get("grant_types").toString());
            assertEquals("{\"n\":1e2}", sent.get("x_tenant").toString());
            assertEquals("native", sent.get("application_type").getAsString(), "ours stays");
            assertFalse(sent.has("scope"), sent::toString);
        }
    }

    @Test
    void whatASignInDependsOnStays() throws Exception {
        try (World world = new World()) {
            Target target = world.target(settings(Map.of(
                            "redirect_uris", "[\"https://elsewhere.example/\"]",
                            "response_types", "[\"token\"]",
                            "token_endpoint_auth_method", "\"private_key_jwt\""))
                    .build());
            assertTrue(world.signIn(target).body().contains("Authentication Successful"), world.server::toString);
            JsonObject sent = registered(world);
            assertFalse(sent.toString().contains("elsewhere"), sent::toString);
            assertEquals("[\"code\"]", sent.get("response_types").toString());
            assertEquals("none", sent.get("token_endpoint_auth_method").getAsString());
        }
    }

    @Test
    void aRegisteredScopeTakesInWhatIsAskedFor() throws Exception {
        try (World world = new World()) {
            world.server.serverScopes = List.of("offline_access");
            Settings settings = settings(Map.of("scope", "\"mcp other\""));
            settings.scopes = Optional.of(Set.of("mcp"));
            world.begin(world.target(settings.build()));
            assertEquals(
                    "mcp other offline_access", registered(world).get("scope").getAsString());
        }
    }

    @Test
    void anotherDescriptionIsAnotherRegistration() throws Exception {
        try (World world = new World()) {
            for (String name : List.of("\"one\"", "\"two\"", "\"one\"")) {
                world.signIn(world.target(settings(Map.of("client_name", name)).build()));
                world.authorization.signOut(world.target());
            }
            assertEquals(2, world.server.to("/register").size(), world.server::toString);
        }
    }
}
