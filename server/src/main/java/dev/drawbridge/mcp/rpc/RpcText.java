package dev.drawbridge.mcp.rpc;

import dev.drawbridge.mcp.ServerRequest;
import dev.drawbridge.mcp.json.JsonText;
import dev.drawbridge.mcp.json.RawJson;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes JSON-RPC 2.0 messages around content that stays as it is. */
public final class RpcText {
    private RpcText() {}

    public static byte[] request(String id, String method, RawJson params) {
        return message("\"id\":" + id + ",\"method\":" + JsonText.quote(method), "params", params);
    }

    public static byte[] notification(String method, RawJson params) {
        return message("\"method\":" + JsonText.quote(method), "params", params);
    }

    public static byte[] answer(RawJson id, ServerRequest.Answer answer) {
        return switch (answer) {
            case ServerRequest.Answer.Result(RawJson result) -> message("\"id\":" + id.text(), "result", result);
            case ServerRequest.Answer.Refusal(long code, String message, var data) ->
                message(
                        "\"id\":" + id.text(),
                        "error",
                        RawJson.of("{\"code\":" + code + ",\"message\":" + JsonText.quote(message)
                                + data.map(value -> ",\"data\":" + value.text()).orElse("") + "}"));
        };
    }

    private static byte[] message(String head, String name, RawJson content) {
        byte[] prefix = ("{\"jsonrpc\":\"2.0\"," + head + ",\"" + name + "\":").getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream(prefix.length + content.bytes().length + 1);
        out.writeBytes(prefix);
        out.writeBytes(content.bytes());
        out.write('}');
        return out.toByteArray();
    }
}
