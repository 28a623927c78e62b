package dev.drawbridge.mcp.stateless;

import dev.drawbridge.mcp.Cancellation;
import dev.drawbridge.mcp.ConnectionListener;
import dev.drawbridge.mcp.McpFailure;
import dev.drawbridge.mcp.ServerRequest;
import dev.drawbridge.mcp.ServerRequest.Answer;
import dev.drawbridge.mcp.json.JsonSlices;
import dev.drawbridge.mcp.json.JsonSlices.MalformedJson;
import dev.drawbridge.mcp.json.RawJson;
import dev.drawbridge.mcp.rpc.Failures;
import dev.drawbridge.mcp.rpc.PendingCalls;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Gathers what an {@code input_required} result asks for (2026-07-28, multi round-trip requests). */
final class InputRequests {
    private static final int MOST = 64;

    private InputRequests() {}

    /** How one round of questions ended. */
    sealed interface End {
        record Answered(StatelessCalls.Inputs inputs) implements End {}

        record Refused(McpFailure why) implements End {}
    }

    /** Asks all at once, each on a thread of its own, for a person may be behind each. */
    static End answer(RawJson result, ConnectionListener listener, Cancellation cancellation) throws MalformedJson {
        JsonSlices slices = JsonSlices.ofObject(result.bytes());
        Optional<RawJson> state = slices.raw("requestState");
        Optional<JsonSlices> requests = slices.object("inputRequests");
        if (requests.isEmpty()) {
            return state.isPresent()
                    ? new End.Answered(new StatelessCalls.Inputs(Optional.empty(), state))
                    : new End.Refused(Failures.protocol("it requires input without saying which"));
        }
        Map<String, CompletableFuture<Answer>> open = new LinkedHashMap<>();
        Map<String, String> methods = new LinkedHashMap<>();
        Cancellation own = new Cancellation();
        CompletableFuture<Answer> cancelled = new CompletableFuture<>();
        cancellation.onCancel(() -> {
            own.cancel();
            cancelled.complete(new Answer.Refusal(-32800, "The caller cancelled", Optional.empty()));
        });
        for (String key : requests.get().names()) {
            Optional<JsonSlices> request = requests.get().object(key);
            Optional<String> method = request.flatMap(value -> value.string("method"));
            if (method.isEmpty() || open.size() >= MOST) {
                own.cancel();
                return new End.Refused(Failures.protocol("an input request without a method, or too many at once"));
            }
            RawJson params = request.get().raw("params").orElse(RawJson.EMPTY_OBJECT);
            methods.put(key, method.get());
            open.put(key, ask(listener, new ServerRequest(method.get(), params, own, Optional.of(cancellation))));
        }
        StringJoiner responses = new StringJoiner(",", "{", "}");
        for (Map.Entry<String, CompletableFuture<Answer>> entry : open.entrySet()) {
            String method = methods.getOrDefault(entry.getKey(), "");
            switch (wait(CompletableFuture.anyOf(entry.getValue(), cancelled), entry.getValue(), cancelled)) {
                case Answer.Result(RawJson given) -> responses.add(StatelessCalls.member(entry.getKey(), given));
                case Answer.Refusal(long code, String message, var data) -> {
                    // A person who does not answer is something the server expects; a client that cannot is not.
                    if (method.equals("elicitation/create") && code != -32601 && !cancellation.isCancelled()) {
                        responses.add(StatelessCalls.member(entry.getKey(), RawJson.of("{\"action\":\"cancel\"}")));
                    } else {
                        own.cancel();
                        return new End.Refused(Failures.inputRefused(method, message));
                    }
                }
            }
        }
        return new End.Answered(new StatelessCalls.Inputs(Optional.of(RawJson.of(responses.toString())), state));
    }

    private static CompletableFuture<Answer> ask(ConnectionListener listener, ServerRequest request) {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        Thread.startVirtualThread(() -> {
            try {
                answer.complete(listener.onServerRequest(request));
            } catch (RuntimeException e) {
                System.getLogger(InputRequests.class.getName())
                        .log(System.Logger.Level.ERROR, "A listener failed on " + request.method(), e);
                answer.complete(new Answer.Refusal(-32603, "Internal error", Optional.empty()));
            }
        });
        return answer;
    }

    private static Answer wait(
            CompletableFuture<Object> either, CompletableFuture<Answer> answer, CompletableFuture<Answer> cancelled) {
        try {
            either.get(PendingCalls.LONGEST.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return new Answer.Refusal(-32603, "Nobody answered in time", Optional.empty());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer.Refusal(-32603, "Interrupted", Optional.empty());
        } catch (ExecutionException e) {
            throw new IllegalStateException("an answer is a value", e);
        }
        return answer.isDone() ? answer.join() : cancelled.join();
    }
}
