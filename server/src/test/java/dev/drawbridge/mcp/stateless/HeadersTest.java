package dev.drawbridge.mcp.stateless;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.google.gson.JsonParser;
import dev.drawbridge.mcp.json.RawJson;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Mirrored headers by tables (requirements 61 to 63). */
final class HeadersTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "us-west1|us-west1",
                "a b\tc|a b\tc",
                "Hello, 世界|=?base64?SGVsbG8sIOS4lueVjA==?=",
                " padded |=?base64?IHBhZGRlZCA=?=",
                "=?base64?literal?=|=?base64?PT9iYXNlNjQ/bGl0ZXJhbD89?=",
                "=?base64?open|=?base64?open",
            })
    void encodesValues(String value, String expected) {
        assertEquals(expected, HeaderValue.encode(value));
    }

    @Test
    void encodesControlCharactersAndNothing() {
        assertEquals("=?base64?bGluZTEKbGluZTI=?=", HeaderValue.encode("line1\nline2"));
        assertEquals("=?base64??=", HeaderValue.encode(""));
    }

    private static ToolHeaders of(String schema) {
        return ToolHeaders.of(JsonParser.parseString("{\"name\":\"t\",\"inputSchema\":" + schema + "}")
                .getAsJsonObject());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "{\"properties\":{\"a\":{\"type\":\"string\",\"x-mcp-header\":\"\"}}}",
                "{\"properties\":{\"a\":{\"type\":\"string\",\"x-mcp-header\":\"A B\"}}}",
                "{\"properties\":{\"a\":{\"type\":\"string\",\"x-mcp-header\":\"A\\r\\nB\"}}}",
                "{\"properties\":{\"a\":{\"type\":\"string\",\"x-mcp-header\":5}}}",
                "{\"properties\":{\"a\":{\"type\":\"number\",\"x-mcp-header\":\"A\"}}}",
                "{\"properties\":{\"a\":{\"type\":[\"string\"],\"x-mcp-header\":\"A\"}}}",
                "{\"properties\":{\"a\":{\"x-mcp-header\":\"A\"}}}",
                "{\"properties\":{\"a\":{\"type\":\"string\",\"x-mcp-header\":\"A\"},\"b\":{\"type\":\"string\",\"x-mcp-header\":\"a\"}}}",
                "{\"properties\":{\"a\":{\"type\":\"array\",\"items\":{\"type\":\"string\",\"x-mcp-header\":\"A\"}}}}",
                "{\"oneOf\":[{\"properties\":{\"a\":{\"type\":\"string\",\"x-mcp-header\":\"A\"}}}]}",
                "{\"$defs\":{\"d\":{\"type\":\"string\",\"x-mcp-header\":\"A\"}}}",
                "{\"x-mcp-header\":\"A\",\"type\":\"string\"}",
            })
    void refusesInvalidAnnotations(String schema) {
        assertInstanceOf(ToolHeaders.Invalid.class, of(schema), schema);
    }

    @Test
    void followsPropertiesAndLeavesDataAlone() {
        ToolHeaders headers = of(
                "{\"default\":{\"x-mcp-header\":\"no\"},\"properties\":{\"o\":{\"type\":\"object\","
                    + "\"properties\":{\"x-mcp-header\":{\"type\":\"integer\",\"x-mcp-header\":\"N\"}}},"
                    + "\"s\":{\"type\":\"string\",\"x-mcp-header\":\"S\"},\"b\":{\"type\":\"boolean\",\"x-mcp-header\":\"B\"}}}");
        List<ToolHeaders.Mirrored> parameters =
                assertInstanceOf(ToolHeaders.Valid.class, headers).parameters();
        assertEquals(
                Map.of("Mcp-Param-N", "42", "Mcp-Param-S", "x", "Mcp-Param-B", "false"),
                ToolHeaders.headers(
                        parameters, JsonParser.parseString("{\"o\":{\"x-mcp-header\":42.0},\"s\":\"x\",\"b\":false}")));
        assertEquals(
                Map.of(),
                ToolHeaders.headers(
                        parameters, JsonParser.parseString("{\"o\":{\"x-mcp-header\":9007199254740992},\"s\":null}")));
        assertEquals(Map.of(), ToolHeaders.headers(parameters, JsonParser.parseString("[]")));
    }

    @Test
    void aPageKeepsItsBytes() throws Exception {
        String good = "{ \"name\":\"good\", \"n\":1.0 }";
        ToolList page =
                ToolList.of(RawJson.of("{\"b\":1e2,\"tools\":[{\"name\":\"bad\",\"inputSchema\":{\"x-mcp-header\":1}},"
                        + good + "],\"nextCursor\":\"\"}"));
        assertEquals(
                "{\"b\":1e2,\"tools\":[" + good + "],\"nextCursor\":\"\"}",
                page.result().text());
        assertEquals("\"\"", page.nextCursor().orElseThrow().text());
    }
}
