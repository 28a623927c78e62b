package dev.drawbridge.proxy;

import com.google.gson.JsonObject;
import dev.drawbridge.mcp.json.JsonEdit;
import dev.drawbridge.mcp.json.JsonSlices.MalformedJson;
import dev.drawbridge.mcp.json.RawJson;
import dev.drawbridge.mcp.rpc.RpcMessage;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One {@code subscriptions/listen} of a stateless host, from its acknowledgement to its end. What lists and resources it is
 * about, Drawbridge hears for everybody; what only an extension knows is asked of a server of the same era, which has to
 * say first what of it it grants. Blocks the request's own thread.
 */
final class Listening {
    private static final Duration ACKNOWLEDGING = Duration.ofSeconds(10);

    private final Backend backend;
    private final StatelessEra era;
    private final Call call;
    private final Subscriptions subscriptions;
    /** How it ends, unless the host ends it. */
    private final CompletableFuture<Reply> end = new CompletableFuture<>();

    Listening(Backend backend, StatelessEra era, Call call) {
        this.backend = backend;
        this.era = era;
        this.call = call;
        this.subscriptions = era.subscriptions();
    }

    Reply run() throws MalformedJson {
        RpcMessage.Request request = call.request();
        call.cancellation().onCancel(() -> end.complete(new Reply.Nothing()));
        Optional<RawJson> beyond = Subscriptions.beyond(request.params());
        try {
            Optional<JsonObject> granted = beyond.isPresent() ? granted(beyond.get()) : Optional.of(new JsonObject());
            if (granted.isEmpty()) {
                return end.resultNow();
            }
            Optional<Set<String>> uris = subscriptions.begin(request, call.cancellation(), granted.get());
            if (uris.isEmpty()) {
                return new Reply.Refusal(
                        ErrorCodes.INTERNAL_ERROR, "Too many subscriptions are open", Optional.empty());
            }
            if (!uris.get().isEmpty()) {
                backend.watch(era, uris.get());
            }
            return end.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Reply.Nothing();
        } catch (ExecutionException e) {
            throw new IllegalStateException("an end is a value", e);
        } finally {
            backend.unwatch(subscriptions.end(call.cancellation()));
        }
    }

    /** What a server grants of what is beyond us; nothing when that was the end, for it may refuse the whole. */
    private Optional<JsonObject> granted(RawJson beyond)
            throws MalformedJson, InterruptedException, ExecutionException {
        Optional<CompletableFuture<JsonObject>> acknowledged =
                subscriptions.expect(call.request().id(), call.cancellation());
        if (acknowledged.isEmpty()) {
            return Optional.of(new JsonObject());
        }
        RawJson params = JsonEdit.with(call.request().params(), Map.of("notifications", beyond));
        RpcMessage.Request onward =
                new RpcMessage.Request(call.request().id(), call.request().method(), params);
        Thread.ofVirtual()
                .name("host-listens")
                .start(() -> pass(new Call(era, call.host(), onward, call.cancellation()), acknowledged.get()));
        try {
            CompletableFuture.anyOf(acknowledged.get(), end).get(ACKNOWLEDGING.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            System.getLogger(Listening.class.getName())
                    .log(Level.DEBUG, "The server did not say what it grants of {0}", beyond.text());
        }
        return end.isDone() && !acknowledged.get().isDone()
                ? Optional.empty()
                : Optional.of(acknowledged.get().getNow(new JsonObject()));
    }

    private void pass(Call onward, CompletableFuture<JsonObject> acknowledged) {
        try {
            Optional<Reply> ended = backend.listen(onward);
            if (ended.isEmpty()) {
                acknowledged.complete(new JsonObject());
            } else if (ended.get() instanceof Reply.Result(RawJson result)) {
                end.complete(new Reply.Result(
                        Subscriptions.marked(result, call.request().id())));
            } else {
                end.complete(ended.get());
            }
        } catch (MalformedJson | RuntimeException e) {
            System.getLogger(Listening.class.getName()).log(Level.ERROR, "A host's subscription failed", e);
            end.complete(new Reply.Refusal(ErrorCodes.INTERNAL_ERROR, "The subscription failed", Optional.empty()));
        }
    }
}
