package dev.drawbridge.proxy;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.drawbridge.mcp.Cancellation;
import dev.drawbridge.mcp.json.JsonEdit;
import dev.drawbridge.mcp.json.JsonSlices;
import dev.drawbridge.mcp.json.JsonSlices.MalformedJson;
import dev.drawbridge.mcp.json.RawJson;
import dev.drawbridge.mcp.rpc.RpcMessage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * A stateless host's {@code subscriptions/listen} requests (MCP 2026-07-28): what each wants to hear, and the mark that
 * every message of it carries. Guarded by this object's monitor.
 */
final class Subscriptions {
    private static final String MARK = "io.modelcontextprotocol/subscriptionId";
    private static final int MOST = 64;
    private static final int MOST_EARLY = 256;
    private static final Map<String, String> LISTS = Map.of(
            "notifications/tools/list_changed", "toolsListChanged",
            "notifications/prompts/list_changed", "promptsListChanged",
            "notifications/resources/list_changed", "resourcesListChanged");

    private static final String RESOURCES = "resourceSubscriptions";

    private final HostWire wire;
    private final Map<Cancellation, Wanted> open = new LinkedHashMap<>();
    private final Map<Cancellation, Passed> passed = new LinkedHashMap<>();

    private record Wanted(RawJson id, Cancellation request, Set<String> lists, Set<String> uris) {}

    /**
     * One that the server hears of as well.
     *
     * @param early what came of it before the host was told that it has begun
     */
    private record Passed(RawJson id, CompletableFuture<JsonObject> acknowledged, List<Runnable> early) {}

    Subscriptions(HostWire wire) {
        this.wire = wire;
    }

    /** The part of a request's filter that only a server can know: what extensions add to it. */
    static Optional<RawJson> beyond(RawJson params) throws MalformedJson {
        Optional<RawJson> filter =
                JsonSlices.ofObject(params.bytes()).raw("notifications").filter(raw -> raw.bytes()[0] == '{');
        if (filter.isEmpty()) {
            return Optional.empty();
        }
        RawJson rest = JsonEdit.without(filter.get(), RESOURCES);
        for (String list : LISTS.values()) {
            rest = JsonEdit.without(rest, list);
        }
        boolean some = JsonSlices.ofObject(rest.bytes()).names().iterator().hasNext();
        return some ? Optional.of(rest) : Optional.empty();
    }

    /** A request is about to be passed on: what the server grants of it, once it says so. None when there are too many. */
    synchronized Optional<CompletableFuture<JsonObject>> expect(RawJson id, Cancellation request) {
        if (places() >= MOST) {
            return Optional.empty();
        }
        Passed begun = new Passed(id, new CompletableFuture<>(), new ArrayList<>());
        passed.put(request, begun);
        return Optional.of(begun.acknowledged());
    }

    /**
     * Begins one; the resources it wants to watch, or nothing when there are too many subscriptions.
     *
     * @param granted what the server grants beyond lists and resources
     */
    synchronized Optional<Set<String>> begin(
            RpcMessage.Request request, Cancellation cancellation, JsonObject granted) {
        if (!passed.containsKey(cancellation) && places() >= MOST) {
            return Optional.empty();
        }
        JsonObject filter = request.params().tree() instanceof JsonObject params
                        && params.get("notifications") instanceof JsonObject wanted
                ? wanted
                : new JsonObject();
        Set<String> lists = new HashSet<>();
        JsonObject honoured = granted.deepCopy();
        for (String list : LISTS.values()) {
            if (filter.get(list) instanceof JsonPrimitive flag && flag.getAsBoolean()) {
                lists.add(list);
                honoured.addProperty(list, true);
            }
        }
        Set<String> uris = new HashSet<>();
        if (filter.get(RESOURCES) instanceof JsonArray array) {
            for (JsonElement uri : array) {
                if (uri instanceof JsonPrimitive) {
                    uris.add(uri.getAsString());
                }
            }
            honoured.add(RESOURCES, array);
        }
        Wanted wanted = new Wanted(request.id(), cancellation, Set.copyOf(lists), Set.copyOf(uris));
        open.put(cancellation, wanted);
        JsonObject acknowledged = new JsonObject();
        acknowledged.add("notifications", honoured);
        send(wanted, "notifications/subscriptions/acknowledged", RawJson.of(acknowledged));
        Optional.ofNullable(passed.get(cancellation)).ifPresent(heard -> {
            heard.early().forEach(Runnable::run);
            heard.early().clear();
        });
        return Optional.of(wanted.uris());
    }

    /** One that was passed on has its place, or it would go on at the server after it is refused here. */
    private long places() {
        return open.size()
                + passed.keySet().stream()
                        .filter(request -> !open.containsKey(request))
                        .count();
    }

    /** Ends one; the resources that nobody watches any more. */
    synchronized List<String> end(Cancellation cancellation) {
        passed.remove(cancellation);
        Wanted gone = open.remove(cancellation);
        if (gone == null) {
            return List.of();
        }
        List<String> unwatched = new ArrayList<>(gone.uris());
        open.values().forEach(other -> unwatched.removeAll(other.uris()));
        return unwatched;
    }

    /** Passes a server's notification on to whoever listens for it; what belongs to a request goes as it is. */
    synchronized void notified(String method, RawJson params, Optional<Cancellation> within) {
        Optional<Passed> heard = within.flatMap(request -> Optional.ofNullable(passed.get(request)));
        if (heard.isPresent()) {
            heard(heard.get(), within.get(), method, params);
            return;
        }
        String list = LISTS.get(method);
        if (list != null) {
            open.values().stream()
                    .filter(wanted -> wanted.lists().contains(list))
                    .forEach(wanted -> send(wanted, method, params));
        } else if (method.equals("notifications/resources/updated")) {
            String uri = uri(params);
            open.values().stream()
                    .filter(wanted -> wanted.uris().contains(uri))
                    .forEach(wanted -> send(wanted, method, params));
        } else {
            wire.notification(method, params, within);
        }
    }

    /** From the server's side of one that was passed on, whose mark there is another. */
    private void heard(Passed heard, Cancellation request, String method, RawJson params) {
        if (method.equals("notifications/subscriptions/acknowledged")) {
            heard.acknowledged()
                    .complete(
                            params.tree() instanceof JsonObject said
                                            && said.get("notifications") instanceof JsonObject granted
                                    ? granted
                                    : new JsonObject());
        } else if (open.containsKey(request)) {
            send(heard.id(), request, method, params);
        } else if (heard.early().size() < MOST_EARLY) {
            heard.early().add(() -> send(heard.id(), request, method, params));
        }
    }

    private void send(Wanted wanted, String method, RawJson params) {
        send(wanted.id(), wanted.request(), method, params);
    }

    private void send(RawJson id, Cancellation request, String method, RawJson params) {
        try {
            wire.notification(method, marked(params, id), Optional.of(request));
        } catch (MalformedJson e) {
            throw new IllegalArgumentException("a notification's parameters are an object", e);
        }
    }

    /** What a message of a subscription says, or its end, with the host's name for the subscription. */
    static RawJson marked(RawJson params, RawJson id) throws MalformedJson {
        return JsonEdit.within(params, "_meta", Map.of(MARK, id));
    }

    private static String uri(RawJson params) {
        try {
            return JsonSlices.ofObject(params.bytes()).string("uri").orElse("");
        } catch (MalformedJson e) {
            return "";
        }
    }
}
