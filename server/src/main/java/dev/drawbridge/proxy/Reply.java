package dev.drawbridge.proxy;

import dev.drawbridge.mcp.ServerRequest;
import dev.drawbridge.mcp.json.RawJson;
import dev.drawbridge.mcp.rpc.RpcText;
import java.util.Optional;

/** The end of one of the host's requests. */
public sealed interface Reply {
    record Result(RawJson result) implements Reply {}

    record Refusal(long code, String message, Optional<RawJson> data) implements Reply {}

    /** The host gave the request up and wants to hear no more of it. */
    record Nothing() implements Reply {}

    /** The message to the host; there is none when it gave the request up. */
    default Optional<byte[]> text(RawJson id) {
        return switch (this) {
            case Result(RawJson result) -> Optional.of(RpcText.answer(id, new ServerRequest.Answer.Result(result)));
            case Refusal(long code, String message, Optional<RawJson> data) ->
                Optional.of(RpcText.answer(id, new ServerRequest.Answer.Refusal(code, message, data)));
            case Nothing() -> Optional.empty();
        };
    }
}
