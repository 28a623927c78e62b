package dev.drawbridge.proxy;

import dev.drawbridge.mcp.Cancellation;
import dev.drawbridge.mcp.Trace;
import dev.drawbridge.mcp.json.JsonSlices.MalformedJson;
import dev.drawbridge.mcp.json.RawJson;
import dev.drawbridge.mcp.rpc.OutgoingCalls;
import dev.drawbridge.mcp.rpc.RpcMessage;
import java.util.Optional;
import java.util.function.Consumer;

/** The verbose record of what one host says and hears: methods, names, sizes and times, never what stands in a message. */
final class ConversationTrace {
    private final Trace trace;
    private final String host;

    /** @param host what the host calls itself towards Drawbridge */
    ConversationTrace(Trace trace, String host) {
        this.trace = trace;
        this.host = host;
    }

    /** The host's wire, with everything that goes over it written down. */
    HostWire over(HostWire wire) {
        return new HostWire() {
            @Override
            public void request(String id, String method, RawJson params, Optional<Cancellation> within) {
                if (trace.isOn()) {
                    trace.note(host + " <- asks " + described(method, params) + " (" + id + ")");
                }
                wire.request(id, method, params, within);
            }

            @Override
            public void notification(String method, RawJson params, Optional<Cancellation> within) {
                if (trace.isOn()) {
                    trace.note(host + " <- tells " + described(method, params));
                }
                wire.notification(method, params, within);
            }
        };
    }

    /** Writes the request down; what it returns writes down its end as well. */
    Consumer<Reply> asked(RpcMessage.Request request, Consumer<Reply> end) {
        if (!trace.isOn()) {
            return end;
        }
        String what = described(request.method(), request.params());
        String id = " (" + request.id().text() + ")";
        long began = System.nanoTime();
        trace.note(host + " -> asks " + what + id);
        return reply -> {
            long millis = (System.nanoTime() - began) / 1_000_000;
            trace.note(host + " <- " + described(reply) + " to " + request.method() + id + " after " + millis + " ms");
            end.accept(reply);
        };
    }

    void told(RpcMessage message) {
        if (!trace.isOn()) {
            return;
        }
        trace.note(host + " -> "
                + switch (message) {
                    case RpcMessage.Request request -> "asks " + described(request.method(), request.params());
                    case RpcMessage.Notification(String method, RawJson params) -> "tells " + described(method, params);
                    case RpcMessage.Response(Optional<String> id, var outcome) ->
                        "answers " + id.orElse("nothing") + ": "
                                + outcome.getClass().getSimpleName();
                });
    }

    private static String described(Reply reply) {
        return switch (reply) {
            case Reply.Result(RawJson result) -> "result, " + result.bytes().length + " bytes,";
            case Reply.Refusal(long code, String message, var data) -> "error " + code + " \"" + message + "\"";
            case Reply.Nothing() -> "nothing";
        };
    }

    private static String described(String method, RawJson params) {
        String operation;
        try {
            operation = OutgoingCalls.operation(method, params);
        } catch (MalformedJson e) {
            operation = method;
        }
        return operation + ", " + params.bytes().length + " bytes";
    }
}
