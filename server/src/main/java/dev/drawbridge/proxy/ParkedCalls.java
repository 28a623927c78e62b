package dev.drawbridge.proxy;

import com.google.gson.JsonObject;
import dev.drawbridge.mcp.Cancellation;
import dev.drawbridge.mcp.ServerRequest;
import dev.drawbridge.mcp.ServerRequest.Answer;
import dev.drawbridge.mcp.json.JsonSlices;
import dev.drawbridge.mcp.json.JsonText;
import dev.drawbridge.mcp.json.RawJson;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Calls that wait for the host's answers to a server's questions (MCP 2026-07-28, multi round-trip requests). The call to
 * the server stays open; the host gets {@code input_required} with a state that names it, and finds it again by that.
 * Guarded by this object's monitor.
 *
 * <p>Where the transport does not say which call a question belongs to, the newest open one is the likeliest.
 */
final class ParkedCalls {
    private static final String OURS = "drawbridge-";
    private static final int MOST = 256;
    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(15);

    /** Questions that a server asks in one breath go out together. */
    private static final long SETTLE_MILLIS = 20;

    private final SecureRandom random = new SecureRandom();
    private final Map<String, Parked> byState = new LinkedHashMap<>();
    private final Deque<Parked> running = new ArrayDeque<>();

    private static final class Parked {
        final Cancellation cancellation;
        final CompletableFuture<Reply> end = new CompletableFuture<>();
        final Map<String, Question> open = new LinkedHashMap<>();
        final Demands demands = new Demands();
        /** The host's newest request for it, on which it is answered. */
        volatile Cancellation carrier;

        boolean unasked;
        int asked;
        long parkedAt = System.nanoTime();

        /** The host as its newest request describes it. */
        volatile HostProfile host;

        Parked(Call begun) {
            this.cancellation = begun.cancellation();
            this.carrier = begun.cancellation();
            this.host = begun.host();
        }
    }

    private record Question(ServerRequest request, CompletableFuture<Answer> answer) {}

    /** Runs a call until it ends or the server asks something. */
    Reply start(Call begun, Supplier<Reply> work) {
        Parked call = new Parked(begun);
        synchronized (this) {
            sweep();
            if (running.size() >= MOST) {
                return new Reply.Refusal(-32603, "Too many calls wait for the client's input", Optional.empty());
            }
            running.addFirst(call);
        }
        Thread.ofVirtual().name("parkable-call").start(() -> {
            Reply reply;
            try {
                reply = work.get();
            } catch (RuntimeException e) {
                System.getLogger(ParkedCalls.class.getName()).log(System.Logger.Level.ERROR, "A host's call failed", e);
                reply = new Reply.Refusal(-32603, "Internal error", Optional.empty());
            }
            synchronized (this) {
                running.remove(call);
                call.end.complete(call.demands.explain(reply));
                notifyAll();
            }
        });
        return await(call);
    }

    /** Takes the host's answers and waits again; the same call, under another id. */
    Reply goOn(String state, Optional<JsonSlices> responses, Call again) {
        Parked call;
        synchronized (this) {
            call = byState.remove(state);
            if (call == null) {
                return new Reply.Refusal(
                        -32602, "The request state is unknown or too old; make the call anew.", Optional.empty());
            }
            Parked resumed = call;
            again.cancellation().onCancel(resumed.cancellation::cancel);
            call.carrier = again.cancellation();
            call.host = again.host();
            for (String key : responses.map(JsonSlices::names).orElse(java.util.List.of())) {
                Question question = call.open.remove(key);
                if (question != null) {
                    question.answer.complete(
                            new Answer.Result(responses.get().raw(key).orElse(RawJson.EMPTY_OBJECT)));
                }
            }
            // What was left out is asked again.
            call.unasked = !call.open.isEmpty();
        }
        return await(call);
    }

    private Reply await(Parked call) {
        try {
            synchronized (this) {
                while (!call.end.isDone() && !call.unasked) {
                    wait();
                }
                long settled = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(SETTLE_MILLIS);
                while (!call.end.isDone() && settled - System.nanoTime() > 0) {
                    wait(Math.max(1, TimeUnit.NANOSECONDS.toMillis(settled - System.nanoTime())));
                }
                if (call.end.isDone()) {
                    return call.cancellation.isCancelled() ? new Reply.Nothing() : call.end.resultNow();
                }
                call.unasked = false;
                call.parkedAt = System.nanoTime();
                String state = state();
                byState.put(state, call);
                return new Reply.Result(inputRequired(call, state));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            call.cancellation.cancel();
            return new Reply.Nothing();
        }
    }

    /** Each round has its own, or an answer could be given twice. */
    private String state() {
        byte[] name = new byte[18];
        random.nextBytes(name);
        return OURS + HexFormat.of().formatHex(name);
    }

    /** Whether a state is one of these, known or not; any other is a server's own. */
    static boolean isOurs(String state) {
        return state.startsWith(OURS);
    }

    private static RawJson inputRequired(Parked call, String state) {
        StringJoiner requests = new StringJoiner(",", "{", "}");
        call.open.forEach((key, question) -> requests.add(JsonText.quote(key) + ":{\"method\":"
                + JsonText.quote(question.request.method()) + ",\"params\":"
                + question.request.params().text() + "}"));
        return RawJson.of("{\"resultType\":\"input_required\",\"inputRequests\":" + requests + ",\"requestState\":"
                + JsonText.quote(state) + "}");
    }

    /** The host's request on which a call is answered that another request of it began. */
    synchronized Cancellation carrier(Cancellation began) {
        return of(began).map(call -> call.carrier).orElse(began);
    }

    private Optional<Parked> of(Cancellation began) {
        return running.stream().filter(call -> call.cancellation == began).findFirst();
    }

    /** Hands a server's question to the host behind the call it belongs to, and waits for the answer. */
    Answer ask(ServerRequest request) {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        synchronized (this) {
            Parked call = request.within().flatMap(this::of).orElseGet(running::peekFirst);
            if (call == null) {
                // This era's hosts are asked only in answer to what they ask.
                return Answer.notSupported(request.method());
            }
            Optional<JsonObject> beyond = Demands.beyond(call.host, request);
            if (beyond.isPresent()) {
                call.demands.add(beyond.get());
                return Answer.notSupported(request.method());
            }
            call.open.put("input-" + ++call.asked, new Question(request, answer));
            call.unasked = true;
            notifyAll();
        }
        request.cancellation()
                .onCancel(() -> answer.complete(new Answer.Refusal(-32800, "Cancelled", Optional.empty())));
        try {
            return answer.get(PATIENCE_NANOS, TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return new Answer.Refusal(-32603, "The client gave no answer in time", Optional.empty());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer.Refusal(-32603, "Interrupted", Optional.empty());
        } catch (ExecutionException e) {
            throw new IllegalStateException("an answer is a value", e);
        }
    }

    /** Gives calls up whose host never came back. */
    private void sweep() {
        long now = System.nanoTime();
        byState.values().removeIf(call -> {
            boolean old = now - call.parkedAt > PATIENCE_NANOS;
            if (old) {
                call.cancellation.cancel();
            }
            return old;
        });
    }

    synchronized void close() {
        running.forEach(call -> {
            call.cancellation.cancel();
            call.open
                    .values()
                    .forEach(question -> question.answer.complete(
                            new Answer.Refusal(-32603, "The client has gone", Optional.empty())));
        });
        byState.clear();
    }
}
