package dev.drawbridge.mcp.stateless;

import dev.drawbridge.mcp.CallOutcome;
import dev.drawbridge.mcp.McpFailure;
import dev.drawbridge.mcp.Rejection;
import dev.drawbridge.mcp.http.Bodies;
import dev.drawbridge.mcp.http.Exchange;
import dev.drawbridge.mcp.http.HttpAnswer;
import dev.drawbridge.mcp.http.HttpAsk;
import dev.drawbridge.mcp.http.HttpLink;
import dev.drawbridge.mcp.http.ResponseReader;
import dev.drawbridge.mcp.http.ResponseReader.Resumption;
import dev.drawbridge.mcp.json.JsonSlices;
import dev.drawbridge.mcp.json.JsonSlices.MalformedJson;
import dev.drawbridge.mcp.json.RawJson;
import dev.drawbridge.mcp.rpc.Failures;
import dev.drawbridge.mcp.rpc.Inbox;
import dev.drawbridge.mcp.rpc.PendingCall;
import dev.drawbridge.mcp.rpc.PendingCalls;
import dev.drawbridge.mcp.rpc.RpcText;
import dev.drawbridge.mcp.rpc.Transport;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Streamable HTTP of 2026-07-28 (requirements 57 to 68): one POST a request, described in its headers; no session, no
 * other stream. Ending a call before its answer closes its stream, which is the cancellation.
 */
public final class StatelessHttpTransport implements Transport {
    private static final Set<String> BY_NAME = Set.of("tools/call", "prompts/get");
    private static final Set<String> BY_TASK = Set.of("tasks/get", "tasks/update", "tasks/cancel");

    private final HttpLink link;
    private final KnownTools tools;
    private final Map<PendingCall, Exchange> exchanges = new ConcurrentHashMap<>();
    private volatile Optional<ResponseReader> reader = Optional.empty();
    private volatile String version;

    StatelessHttpTransport(HttpLink link, KnownTools tools, String version) {
        this.link = link;
        this.tools = tools;
        this.version = version;
    }

    void agreeOn(String protocolVersion) {
        version = protocolVersion;
    }

    @Override
    public Optional<McpFailure> open(Inbox inbox, Consumer<McpFailure> lost) {
        reader = Optional.of(new ResponseReader(inbox, link.options().maxAnswerBytes()));
        return Optional.empty();
    }

    @Override
    public boolean cancelsByAbandoning() {
        return true;
    }

    @Override
    public void start(PendingCall call, RawJson params) {
        Exchange exchange = new Exchange();
        exchanges.put(call, exchange);
        Thread.startVirtualThread(() -> {
            try {
                run(call, params, exchange);
            } finally {
                exchanges.remove(call);
            }
        });
    }

    private void run(PendingCall call, RawJson params, Exchange exchange) {
        Map<String, String> headers;
        try {
            headers = headers(call.method(), params);
        } catch (MalformedJson e) {
            call.end(new CallOutcome.ServerError(-32602, "Malformed parameters: " + e.getMessage(), Optional.empty()));
            return;
        }
        byte[] message = RpcText.request(call.id(), call.method(), params);
        HttpAsk ask =
                new HttpAsk("POST", link.base(), headers, Optional.of(message), call.operation(), PendingCalls.LONGEST);
        switch (link.send(ask, exchange)) {
            case HttpAnswer.Unauthorized(Rejection rejection) -> call.end(new CallOutcome.Unauthorized(rejection));
            case HttpAnswer.Failed(McpFailure failure) -> call.end(new CallOutcome.Failed(failure));
            case HttpAnswer.Aborted() -> call.end(new CallOutcome.Cancelled());
            case HttpAnswer.Response response -> {
                Resumption none = new Resumption(Duration.ZERO);
                switch (reader.orElseThrow().read(response, call, exchange, none)) {
                    case ENDED -> {
                        // The call has its end.
                    }
                    case ACCEPTED ->
                        call.end(new CallOutcome.Failed(
                                Failures.protocol("it accepted " + call.operation() + " without answering it")));
                    case STREAM_ENDED -> call.end(new CallOutcome.Failed(Failures.streamBroken(call.operation())));
                }
            }
        }
    }

    /** Requirements 58 to 62. */
    private Map<String, String> headers(String method, RawJson params) throws MalformedJson {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/json");
        headers.put("Accept", "application/json, text/event-stream");
        headers.put("MCP-Protocol-Version", version);
        headers.put("Mcp-Method", HeaderValue.encode(method));
        JsonSlices slices = JsonSlices.ofObject(params.bytes());
        Optional<String> name = BY_NAME.contains(method)
                ? slices.string("name")
                : method.equals("resources/read")
                        ? slices.string("uri")
                        : BY_TASK.contains(method) ? slices.string("taskId") : Optional.empty();
        name.ifPresent(value -> headers.put("Mcp-Name", HeaderValue.encode(value)));
        if (method.equals("tools/call")) {
            headers.putAll(tools.headers(params));
        }
        return headers;
    }

    @Override
    public void abandon(PendingCall call) {
        Optional.ofNullable(exchanges.get(call)).ifPresent(Exchange::abort);
    }

    @Override
    public Optional<McpFailure> send(byte[] message, String operation, Duration timeout) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/json");
        headers.put("Accept", "application/json, text/event-stream");
        headers.put("MCP-Protocol-Version", version);
        headers.put("Mcp-Method", HeaderValue.encode(operation));
        HttpAsk ask = new HttpAsk("POST", link.base(), headers, Optional.of(message), operation, timeout);
        return switch (link.send(ask, new Exchange())) {
            case HttpAnswer.Unauthorized(Rejection rejection) ->
                Optional.of(Failures.httpStatus(rejection.uri(), rejection.status(), ""));
            case HttpAnswer.Failed(McpFailure failure) -> Optional.of(failure);
            case HttpAnswer.Aborted() -> Optional.of(Failures.closed());
            case HttpAnswer.Response response -> {
                Bodies.discard(response);
                yield response.status() < 300
                        ? Optional.empty()
                        : Optional.of(Failures.httpStatus(response.uri(), response.status(), ""));
            }
        };
    }

    @Override
    public void close() {
        exchanges.values().forEach(Exchange::abort);
    }
}
