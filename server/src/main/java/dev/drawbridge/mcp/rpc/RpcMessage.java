package dev.drawbridge.mcp.rpc;

import dev.drawbridge.mcp.CallOutcome;
import dev.drawbridge.mcp.json.JsonSlices;
import dev.drawbridge.mcp.json.JsonSlices.MalformedJson;
import dev.drawbridge.mcp.json.JsonSlices.Slice;
import dev.drawbridge.mcp.json.RawJson;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** One JSON-RPC 2.0 message as it arrived, its envelope read and its content untouched. */
public sealed interface RpcMessage {
    /** The id is kept as the sender spelt it, for the answer has to repeat it. */
    record Request(RawJson id, String method, RawJson params) implements RpcMessage {}

    record Notification(String method, RawJson params) implements RpcMessage {}

    /** The id is normalised for look-up; empty when it is null or missing. */
    record Response(Optional<String> id, CallOutcome outcome) implements RpcMessage {}

    /** Reads one message, or the messages of a batch (2025-03-26, requirement 76). */
    static List<RpcMessage> parse(byte[] text) throws MalformedJson {
        int start = 0;
        while (start < text.length && text[start] <= ' ') {
            start++;
        }
        if (start == text.length || text[start] != '[') {
            return List.of(one(text));
        }
        List<RpcMessage> messages = new ArrayList<>();
        for (Slice slice : JsonSlices.ofArray(text)) {
            messages.add(one(Arrays.copyOfRange(text, slice.from(), slice.to())));
        }
        return messages;
    }

    private static RpcMessage one(byte[] text) throws MalformedJson {
        JsonSlices slices = JsonSlices.ofObject(text);
        Optional<RawJson> id = slices.raw("id");
        Optional<String> method = slices.string("method");
        if (method.isPresent()) {
            RawJson params = slices.raw("params").orElse(RawJson.EMPTY_OBJECT);
            return id.<RpcMessage>map(raw -> new Request(raw, method.get(), params))
                    .orElseGet(() -> new Notification(method.get(), params));
        }
        Optional<JsonSlices> error = slices.object("error");
        if (error.isPresent()) {
            return new Response(id.flatMap(RpcMessage::key), errorOf(error.get()));
        }
        Optional<RawJson> result = slices.raw("result");
        if (result.isPresent()) {
            return new Response(id.flatMap(RpcMessage::key), new CallOutcome.Result(result.get()));
        }
        throw new MalformedJson("neither a request nor a notification nor a response");
    }

    private static CallOutcome.ServerError errorOf(JsonSlices error) {
        long code = error.raw("code").flatMap(RpcMessage::integer).orElse(-32603L);
        String message = error.string("message").orElse("The server gave no message.");
        return new CallOutcome.ServerError(code, message, error.raw("data"));
    }

    /** One spelling for each id: some servers answer {@code "7"} or {@code 7.0} to {@code 7}. */
    static Optional<String> key(RawJson id) {
        String text = id.text();
        if (text.equals("null")) {
            return Optional.empty();
        }
        if (text.startsWith("\"")) {
            return Optional.of(unquoted(id));
        }
        return Optional.of(integer(id).map(String::valueOf).orElse(text));
    }

    /** The text of a JSON string; any other value's own text. */
    static String unquoted(RawJson value) {
        byte[] wrapped = ("{\"v\":" + value.text() + "}").getBytes(StandardCharsets.UTF_8);
        try {
            return JsonSlices.ofObject(wrapped).string("v").orElse(value.text());
        } catch (MalformedJson e) {
            return value.text();
        }
    }

    private static Optional<Long> integer(RawJson value) {
        if (value.bytes().length > 40) {
            return Optional.empty();
        }
        try {
            return Optional.of(new BigDecimal(value.text()).longValueExact());
        } catch (NumberFormatException e) {
            return Optional.empty();
        } catch (ArithmeticException e) {
            return Optional.empty();
        }
    }
}
