package dev.drawbridge.daemon.relay;

import dev.drawbridge.mcp.json.JsonSlices;
import dev.drawbridge.mcp.json.JsonText;
import java.nio.charset.StandardCharsets;

/**
 * As much of a JSON-RPC 2.0 message as forwarding needs: its kind, its method and its id. The body stays the bytes that
 * arrived.
 *
 * @param method empty for a response
 * @param id the id's own JSON text; empty for a notification
 */
record Envelope(byte[] body, JsonSlices members, String method, String id) {
    static Envelope of(byte[] body) throws JsonSlices.MalformedJson {
        JsonSlices members = JsonSlices.ofObject(body);
        JsonSlices.Slice id = members.slice("id").orElse(null);
        return new Envelope(
                body,
                members,
                members.string("method").orElse(""),
                id == null ? "" : new String(body, id.from(), id.to() - id.from(), StandardCharsets.UTF_8));
    }

    boolean isRequest() {
        return !method.isEmpty() && !id.isEmpty();
    }

    boolean isNotification() {
        return !method.isEmpty() && id.isEmpty();
    }

    boolean isResponse() {
        return method.isEmpty() && !id.isEmpty();
    }

    /** The message with another id, everything else byte for byte. */
    byte[] withId(String changed) {
        JsonSlices.Slice slice = members.slice("id").orElseThrow();
        return members.withReplaced(slice, changed.getBytes(StandardCharsets.UTF_8));
    }

    /** An id's one spelling, so that an answer is found whatever way its sender writes strings and numbers. */
    static String canonicalId(String json) {
        if (json.startsWith("\"")) {
            return JsonText.quote(JsonText.unescape(json.substring(1, json.length() - 1)));
        }
        return json.endsWith(".0") ? json.substring(0, json.length() - 2) : json;
    }
}
