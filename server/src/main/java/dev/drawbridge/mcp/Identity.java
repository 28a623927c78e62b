package dev.drawbridge.mcp;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import dev.drawbridge.mcp.json.RawJson;
import java.util.Optional;
import java.util.Set;

/**
 * What a server says it is; never a reason to trust it.
 *
 * @param capabilities the names of what it offers, such as {@code tools}
 */
public record Identity(String name, String version, Optional<String> title, Set<String> capabilities) {
    public Identity {
        capabilities = Set.copyOf(capabilities);
    }

    public static Identity of(Negotiated negotiated) {
        JsonObject info = negotiated.serverInfo().map(Identity::object).orElseGet(JsonObject::new);
        return new Identity(
                text(info, "name").orElse(""),
                text(info, "version").orElse(""),
                text(info, "title"),
                object(negotiated.capabilities()).keySet());
    }

    private static JsonObject object(RawJson raw) {
        try {
            return raw.tree() instanceof JsonObject object ? object : new JsonObject();
        } catch (JsonParseException e) {
            return new JsonObject();
        }
    }

    private static Optional<String> text(JsonObject from, String member) {
        return from.get(member) instanceof JsonPrimitive value ? Optional.of(value.getAsString()) : Optional.empty();
    }
}
