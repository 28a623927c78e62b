package dev.drawbridge.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.JsonSyntaxException;
import com.google.gson.reflect.TypeToken;
import dev.drawbridge.protocol.json.ProtocolAdapters;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the adapters promise beyond the examples. */
final class ProtocolAdaptersTest {
    private final Gson gson =
            new GsonBuilder().registerTypeAdapterFactory(new ProtocolAdapters()).create();

    @Test
    void whatIsCarriedUntouchedKeepsItsNumbersAndNulls() {
        String json = "{\"result\":{\"price\":1.50,\"power\":1e2,\"id\":123456789012345678901,\"nothing\":null}}";

        assertEquals(json, gson.toJson(gson.fromJson(json, McpResult.class)));
    }

    @Test
    void aWholeNumberStaysWhole() {
        ProgressParams progress = new ProgressParams(
                "github", "call-12", new BigDecimal("3"), Optional.of(new BigDecimal("7")), Optional.empty());

        assertEquals(
                "{\"server\":\"github\",\"progressToken\":\"call-12\",\"progress\":3,\"total\":7}",
                gson.toJson(progress));
    }

    @Test
    void nullInThePlaceOfAnOptionalMemberCountsAsAbsent() {
        assertEquals(
                new AuthenticateParams("github", Optional.empty()),
                gson.fromJson("{\"server\":\"github\",\"method\":null}", AuthenticateParams.class));
    }

    @Test
    void nullInThePlaceOfTheParametersIsRefused() {
        assertThrows(JsonSyntaxException.class, () -> gson.fromJson("null", ServerParams.class));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[{}] | at $[0]: the member \"server\" is missing",
                "[{\"server\":\"a\"},{\"server\":7}] | at $[1].server: expected a string but found 7",
                "[{\"server\":null}] | at $[0].server: expected a string but found null",
                "[{\"server\":{}}] | at $[0].server: expected a string but found an object",
                "[\"a\"] | at $[0]: expected an object but found a string",
            })
    void aRefusalNamesThePlaceAndWhatWasExpected(String json, String message) {
        JsonSyntaxException refusal = assertThrows(
                JsonSyntaxException.class, () -> gson.fromJson(json, new TypeToken<List<ServerParams>>() {}));

        assertEquals(message, refusal.getMessage());
    }

    @Test
    void aRefusalQuotesTheWrongTagButNeverAString() {
        JsonSyntaxException tag = assertThrows(
                JsonSyntaxException.class, () -> gson.fromJson("{\"kind\":\"asleep\"}", Authentication.class));
        JsonSyntaxException text = assertThrows(
                JsonSyntaxException.class,
                () -> gson.fromJson("{\"server\":\"a\",\"enabled\":\"hunter2\"}", SetEnabledParams.class));

        assertEquals(
                "at $.kind: expected one of none, unauthenticated, pending, authenticated but found \"asleep\"",
                tag.getMessage());
        assertEquals("at $.enabled: expected true or false but found a string", text.getMessage());
    }

    @Test
    void aNumberThatWouldTakeGigabytesIsRefused() {
        assertThrows(
                JsonSyntaxException.class,
                () -> gson.fromJson(
                        "{\"server\":\"a\",\"progressToken\":\"t\",\"progress\":1e999999999}", ProgressParams.class));
        assertThrows(JsonSyntaxException.class, () -> gson.fromJson("{\"limit\":1e999999999}", LogsParams.class));
    }

    @Test
    void aCaseIsWrittenWithItsTagAlsoWhenGsonKnowsOnlyTheCase() {
        ServerState.Connected connected = new ServerState.Connected(Instant.parse("2026-11-23T18:04:05Z"));

        String json = gson.toJson(connected, ServerState.Connected.class);

        assertEquals("{\"kind\":\"connected\",\"since\":\"2026-11-23T18:04:05Z\"}", json);
        assertEquals(connected, gson.fromJson(json, ServerState.Connected.class));
        assertThrows(JsonSyntaxException.class, () -> gson.fromJson(json, ServerState.Failed.class));
    }

    @Test
    void aListHandedOverCannotBeChangedAfterwards() {
        List<String> methods = new ArrayList<>(List.of("mcp/listServers"));
        McpServerCapabilities capabilities = new McpServerCapabilities(Methods.VERSION, methods);

        methods.clear();

        assertEquals(List.of("mcp/listServers"), capabilities.methods());
    }

    @Test
    void whatIsSensitiveStaysOutOfLogs() {
        JsonObject definition = new JsonObject();
        definition.addProperty("token", "hunter2");

        for (Object value : List.of(
                new AccessTokenResult("hunter2", Optional.empty()),
                new CompleteAuthenticationParams("flow-7", "http://127.0.0.1:48801/callback?code=hunter2"),
                new AddServerParams("github", definition, ConfigScope.USER),
                new ElicitResult.Accept(Optional.of(definition)))) {
            assertFalse(value.toString().contains("hunter2"), value::toString);
        }
    }
}
