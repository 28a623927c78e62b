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

/**
 * A stateless host's {@code subscriptions/listen} requests (MCP 2026-07-28): what each wants to hear, and the mark that
 * every message of it carries. Guarded by this object's monitor.
 */
final class Subscriptions {
    private static final String MARK = "io.modelcontextprotocol/subscriptionId";
    private static final int MOST = 64;
    private static final Map<String, String> LISTS = Map.of(
            "notifications/tools/list_changed", "toolsListChanged",
            "notifications/prompts/list_changed", "promptsListChanged",
            "notifications/resources/list_changed", "resourcesListChanged");

    private final HostWire wire;
    private final Map<Cancellation, Wanted> open = new LinkedHashMap<>();

    private record Wanted(RawJson id, Cancellation request, Set<String> lists, Set<String> uris) {}

    Subscriptions(HostWire wire) {
        this.wire = wire;
    }

    /** Begins one; the resources it wants to watch, or nothing when there are too many subscriptions. */
    synchronized Optional<Set<String>> begin(RpcMessage.Request request, Cancellation cancellation) {
        if (open.size() >= MOST) {
            return Optional.empty();
        }
        JsonObject filter = request.params().tree() instanceof JsonObject params
                        && params.get("notifications") instanceof JsonObject wanted
                ? wanted
                : new JsonObject();
        Set<String> lists = new HashSet<>();
        JsonObject honoured = new JsonObject();
        for (String list : LISTS.values()) {
            if (filter.get(list) instanceof JsonPrimitive flag && flag.getAsBoolean()) {
                lists.add(list);
                honoured.addProperty(list, true);
            }
        }
        Set<String> uris = new HashSet<>();
        if (filter.get("resourceSubscriptions") instanceof JsonArray array) {
            for (JsonElement uri : array) {
                if (uri instanceof JsonPrimitive) {
                    uris.add(uri.getAsString());
                }
            }
            honoured.add("resourceSubscriptions", array);
        }
        Wanted wanted = new Wanted(request.id(), cancellation, Set.copyOf(lists), Set.copyOf(uris));
        open.put(cancellation, wanted);
        JsonObject acknowledged = new JsonObject();
        acknowledged.add("notifications", honoured);
        send(wanted, "notifications/subscriptions/acknowledged", RawJson.of(acknowledged));
        return Optional.of(wanted.uris());
    }

    /** Ends one; the resources that nobody watches any more. */
    synchronized List<String> end(Cancellation cancellation) {
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

    private void send(Wanted wanted, String method, RawJson params) {
        try {
            wire.notification(
                    method, JsonEdit.within(params, "_meta", Map.of(MARK, wanted.id())), Optional.of(wanted.request()));
        } catch (MalformedJson e) {
            throw new IllegalArgumentException("a notification's parameters are an object", e);
        }
    }

    private static String uri(RawJson params) {
        try {
            return JsonSlices.ofObject(params.bytes()).string("uri").orElse("");
        } catch (MalformedJson e) {
            return "";
        }
    }
}
