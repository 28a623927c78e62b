package dev.drawbridge.proxy;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.drawbridge.mcp.ServerRequest;
import dev.drawbridge.mcp.json.JsonSlices;
import dev.drawbridge.mcp.json.JsonSlices.MalformedJson;
import dev.drawbridge.mcp.json.RawJson;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * What a server asked during a call and the host had not declared. A server of the {@code initialize} era may ask whatever
 * it likes, and its call fails or does without. To a host of 2026-07-28 a failure of that kind is the error for a missing
 * capability (basic protocol, capabilities), which names what is missing. Confined to the call.
 */
final class Demands {
    private final JsonObject missing = new JsonObject();

    /** What a question demands beyond what the host declared, written as capabilities are; nothing for unheard questions. */
    static Optional<JsonObject> beyond(HostProfile host, ServerRequest question) {
        return switch (question.method()) {
            case "elicitation/create" -> elicitation(host, question.params());
            case "sampling/createMessage" ->
                slices(question.params()).filter(params -> params.has("tools")).isPresent()
                        ? lacking(host, "sampling", "tools")
                        : lacking(host, "sampling");
            case "roots/list" -> lacking(host, "roots");
            default -> Optional.empty();
        };
    }

    /** Pages have to be declared; forms are what a host knows that says nothing of either. */
    private static Optional<JsonObject> elicitation(HostProfile host, RawJson params) {
        if (slices(params)
                .flatMap(asked -> asked.string("mode"))
                .filter("url"::equals)
                .isPresent()) {
            return lacking(host, "elicitation", "url");
        }
        return host.opensUrls() ? lacking(host, "elicitation", "form") : lacking(host, "elicitation");
    }

    private static Optional<JsonObject> lacking(HostProfile host, String... path) {
        JsonElement declared = host.capabilities().tree();
        JsonObject needed = new JsonObject();
        JsonObject inner = needed;
        boolean whole = true;
        for (String name : path) {
            whole = whole && declared instanceof JsonObject object && object.has(name);
            declared = whole ? declared.getAsJsonObject().get(name) : new JsonObject();
            JsonObject next = new JsonObject();
            inner.add(name, next);
            inner = next;
        }
        return whole ? Optional.empty() : Optional.of(needed);
    }

    private static Optional<JsonSlices> slices(RawJson params) {
        try {
            return params.bytes()[0] == '{' ? Optional.of(JsonSlices.ofObject(params.bytes())) : Optional.empty();
        } catch (MalformedJson e) {
            return Optional.empty();
        }
    }

    void add(JsonObject more) {
        merge(missing, more);
    }

    private static void merge(JsonObject into, JsonObject from) {
        for (Map.Entry<String, JsonElement> member : from.entrySet()) {
            if (into.get(member.getKey()) instanceof JsonObject inner && member.getValue() instanceof JsonObject more) {
                merge(inner, more);
            } else {
                into.add(member.getKey(), member.getValue());
            }
        }
    }

    /** How the call ends for the host: the server's own words stay, for it may have failed of something else. */
    Reply explain(Reply end) {
        if (missing.isEmpty()) {
            return end;
        }
        return switch (end) {
            case Reply.Refusal(long code, String message, var data) -> missing(message);
            case Reply.Result(RawJson result) when isError(result) -> missing(words(result));
            case Reply.Result done -> done;
            case Reply.Nothing nothing -> nothing;
        };
    }

    private static boolean isError(RawJson result) {
        return slices(result)
                .flatMap(slices -> slices.raw("isError"))
                .filter(RawJson.of("true")::equals)
                .isPresent();
    }

    /** What a tool's error says in words. */
    private static String words(RawJson result) {
        StringJoiner words = new StringJoiner(" ");
        if (result.tree() instanceof JsonObject failed && failed.get("content") instanceof JsonArray content) {
            for (JsonElement block : content) {
                if (block instanceof JsonObject text && text.get("text") instanceof JsonPrimitive said) {
                    words.add(said.getAsString());
                }
            }
        }
        return words.toString();
    }

    private Reply missing(String said) {
        JsonObject data = new JsonObject();
        data.add("requiredCapabilities", missing);
        return new Reply.Refusal(
                ErrorCodes.MISSING_CAPABILITY,
                "The server asked for what this request does not declare (" + String.join(", ", missing.keySet())
                        + ") and then said: " + said,
                Optional.of(RawJson.of(data)));
    }
}
