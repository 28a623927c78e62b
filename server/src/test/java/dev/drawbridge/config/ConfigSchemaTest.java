package dev.drawbridge.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.drawbridge.config.jsonc.JsoncDocument;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ConfigSchemaTest {
    private static final JsonObject ROOT =
            JsonParser.parseString(ConfigSchema.text()).getAsJsonObject();
    private static final JsonObject DEFS = ROOT.getAsJsonObject("$defs");
    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(ConfigSchema.text());

    @ParameterizedTest
    @ValueSource(strings = {"vscode", "claude", "cline", "zed", "mcp-hub", "drawbridge"})
    void samplesAreValid(String sample) throws IOException {
        assertEquals(List.of(), SCHEMA.validate(json(ConfigFileTest.sample(sample + ".json")), InputFormat.JSON));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{\"servers\": []}",
                "{\"servers\": {\"x\": {}}}",
                "{\"servers\": {\"x\": {\"command\": \"a\", \"url\": \"https://a/\"}}}",
                "{\"servers\": {\"x\": {\"command\": \"a\", \"args\": \"b\"}}}",
                "{\"servers\": {\"x\": {\"url\": \"https://a/\", \"type\": \"htp\"}}}",
                "{\"servers\": {\"x\": {\"url\": \"https://a/\", \"oauth\": {\"grant\": \"password\"}}}}",
                "{\"drawbridge\": {\"http\": 0}}",
                "{\"inputs\": [{}]}"
            })
    void mistakesAreNot(String text) {
        assertFalse(SCHEMA.validate(text, InputFormat.JSON).isEmpty(), text);
    }

    @Test
    void theSchemaAndTheReaderKnowTheSameKeys() {
        JsonObject server = DEFS.getAsJsonObject("server");
        JsonObject oauth = DEFS.getAsJsonObject("oauth");
        Map<KnownKeys, JsonObject> pairs = Map.of(
                KnownKeys.TOP,
                ROOT,
                KnownKeys.OWN,
                ROOT.getAsJsonObject("properties").getAsJsonObject("drawbridge"),
                KnownKeys.SERVER,
                server,
                KnownKeys.OAUTH,
                oauth,
                KnownKeys.INPUT,
                DEFS.getAsJsonObject("input"),
                KnownKeys.TLS,
                server.getAsJsonObject("properties").getAsJsonObject("tls"),
                KnownKeys.IDP,
                oauth.getAsJsonObject("properties").getAsJsonObject("idp"));
        pairs.forEach((keys, schema) -> {
            JsonObject properties = schema.getAsJsonObject("properties");
            assertEquals(new TreeSet<>(keys.all()), new TreeSet<>(properties.keySet()));
            for (Map.Entry<String, JsonElement> property : properties.entrySet()) {
                JsonObject definition = property.getValue().getAsJsonObject();
                assertTrue(
                        definition.has("description")
                                && !definition.get("description").getAsString().isBlank(),
                        property::getKey);
                assertEquals(
                        keys.unused().containsKey(property.getKey()), definition.has("deprecated"), property::getKey);
            }
        });
        assertEquals(Set.copyOf(OAuthReader.GRANTS), words(oauth, "grant"));
        assertEquals(Set.copyOf(OAuthReader.AUTH_METHODS), words(oauth, "tokenEndpointAuthMethod"));
        assertEquals(Set.copyOf(OAuthReader.ALGORITHMS), words(oauth, "signingAlgorithm"));
    }

    private static Set<String> words(JsonObject schema, String property) {
        Set<String> words = new TreeSet<>();
        schema.getAsJsonObject("properties")
                .getAsJsonObject(property)
                .getAsJsonArray("enum")
                .forEach(word -> words.add(word.getAsString()));
        return words;
    }

    private static String json(String jsonc) {
        return CanonicalJson.of(JsoncDocument.parse(jsonc).root());
    }
}
