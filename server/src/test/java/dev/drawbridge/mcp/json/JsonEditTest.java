package dev.drawbridge.mcp.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Members are set and taken out while the rest stays byte for byte. */
final class JsonEditTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "{}|{\"k\":1}",
                "{ }|{ \"k\":1}",
                "{\"a\":1.0}|{\"a\":1.0,\"k\":1}",
                "{\"k\":2,\"a\":1e2}|{\"k\":1,\"a\":1e2}",
                " {\"a\":\"}\"} |{\"a\":\"}\",\"k\":1}",
            })
    void sets(String before, String after) throws Exception {
        assertEquals(
                after,
                JsonEdit.with(RawJson.of(before), Map.of("k", RawJson.of("1")))
                        .text()
                        .strip());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "{}|{}",
                "{\"k\":1}|{}",
                "{\"k\":1,\"a\":2}|{\"a\":2}",
                "{\"a\":2 , \"k\" : {\"k\":1} }|{\"a\":2 }",
                "{\"a\":2,\"k\":1,\"b\":3}|{\"a\":2,\"b\":3}",
                "{\"\\\"k\":1,\"k\":\"k\",\"k\":5}|{\"\\\"k\":1}",
            })
    void takesOut(String before, String after) throws Exception {
        assertEquals(after, JsonEdit.without(RawJson.of(before), "k").text());
    }

    @Test
    void setsWithin() throws Exception {
        Map<String, RawJson> member = Map.of("k", RawJson.of("1"));
        assertEquals(
                "{\"_meta\":{\"a\":1,\"k\":1},\"n\":1.0}",
                JsonEdit.within(RawJson.of("{\"_meta\":{\"a\":1},\"n\":1.0}"), "_meta", member)
                        .text());
        assertEquals(
                "{\"n\":1.0,\"_meta\":{\"k\":1}}",
                JsonEdit.within(RawJson.of("{\"n\":1.0}"), "_meta", member).text());
    }

    @Test
    void refusesWhatIsNoObject() {
        assertThrows(
                JsonSlices.MalformedJson.class, () -> JsonEdit.with(RawJson.of("[1]"), Map.of("k", RawJson.of("1"))));
    }
}
