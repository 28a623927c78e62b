package dev.drawbridge.mcp;

import dev.drawbridge.mcp.json.RawJson;
import java.util.Optional;

/**
 * A request that a server makes of its client: {@code elicitation/create}, {@code sampling/createMessage},
 * {@code roots/list}. In the stateless era these come as the input requests of an {@code input_required} result and look
 * the same from here.
 *
 * @param within the call during which it came, named by that call's cancellation, where the transport tells: a call over
 *     HTTP has a stream of its own. Who made the call is who must be asked.
 */
public record ServerRequest(String method, RawJson params, Cancellation cancellation, Optional<Cancellation> within) {
    public ServerRequest(String method, RawJson params, Cancellation cancellation) {
        this(method, params, cancellation, Optional.empty());
    }

    /** The client's answer. */
    public sealed interface Answer {
        record Result(RawJson result) implements Answer {}

        record Refusal(long code, String message, Optional<RawJson> data) implements Answer {}

        /** JSON-RPC's "method not found", for what the client never declared. */
        static Answer notSupported(String method) {
            return new Refusal(-32601, "Method not found: " + method, Optional.empty());
        }
    }
}
