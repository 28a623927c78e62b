package dev.drawbridge.mcp.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.drawbridge.mcp.CallOutcome;
import dev.drawbridge.mcp.ServerRequest;
import dev.drawbridge.mcp.json.JsonSlices.MalformedJson;
import dev.drawbridge.mcp.json.RawJson;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Envelopes, in all the spellings that are met. */
final class RpcMessageTest {
    private static RpcMessage one(String text) throws MalformedJson {
        return RpcMessage.parse(text.getBytes(StandardCharsets.UTF_8)).getFirst();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "7|7",
                "\"7\"|7",
                "7.0|7",
                "7e0|7",
                "7.5|7.5",
                "12345678901234567890|12345678901234567890",
                "1e999999999|1e999999999",
                "\"a\\u0062\"|ab",
            })
    void idsAreNormalised(String spelling, String key) throws Exception {
        RpcMessage.Response response =
                assertInstanceOf(RpcMessage.Response.class, one("{\"id\":" + spelling + ",\"result\":null}"));
        assertEquals(Optional.of(key), response.id());
    }

    @Test
    void errorsKeepWhatTheySay() throws Exception {
        RpcMessage.Response response = assertInstanceOf(
                RpcMessage.Response.class,
                one("{\"error\":{\"data\":{\"n\":1.0},\"code\":-32000.0,\"message\":\"a\\nb\"},\"id\":null}"));
        assertEquals(Optional.empty(), response.id());
        assertEquals(
                new CallOutcome.ServerError(-32000, "a\nb", Optional.of(RawJson.of("{\"n\":1.0}"))),
                response.outcome());
    }

    @Test
    void requestsAndNotificationsAreToldApart() throws Exception {
        assertEquals(
                new RpcMessage.Request(RawJson.of("1.50"), "m", RawJson.of("[1]")),
                one(" {\"method\":\"m\",\"id\":1.50,\"params\":[1]}"));
        assertEquals(new RpcMessage.Notification("m", RawJson.EMPTY_OBJECT), one("{\"method\":\"m\"}"));
    }

    @Test
    void aBatchIsItsMessages() throws Exception {
        assertEquals(
                2,
                RpcMessage.parse("\n[{\"method\":\"a\"}, {\"method\":\"b\"}]".getBytes(StandardCharsets.UTF_8))
                        .size());
        assertThrows(MalformedJson.class, () -> one("{\"jsonrpc\":\"2.0\"}"));
        assertThrows(MalformedJson.class, () -> one("\"text\""));
        assertThrows(MalformedJson.class, () -> one(""));
    }

    @Test
    void answersRepeatTheId() {
        assertEquals(
                "{\"jsonrpc\":\"2.0\",\"id\":1.50,\"error\":{\"code\":-1,\"message\":\"\\\"\",\"data\":1.0}}",
                new String(
                        RpcText.answer(
                                RawJson.of("1.50"),
                                new ServerRequest.Answer.Refusal(-1, "\"", Optional.of(RawJson.of("1.0")))),
                        StandardCharsets.UTF_8));
    }
}
