package dev.drawbridge.proxy;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.drawbridge.mcp.ClientProfile;
import dev.drawbridge.mcp.json.JsonSlices;
import dev.drawbridge.mcp.json.JsonSlices.MalformedJson;
import dev.drawbridge.mcp.json.RawJson;
import java.util.Map;
import java.util.Optional;

/**
 * Who a host says it is and what it can do.
 *
 * @param version the protocol revision it speaks
 */
record HostProfile(String version, ClientProfile client) {
    private static final RawJson NOBODY = RawJson.of("{\"name\":\"host\",\"version\":\"\"}");

    /**
     * @param info the host's {@code clientInfo}, an object, which servers are told whole
     * @param capabilities the host's, which servers are told exactly as they are
     */
    static HostProfile of(String version, Optional<RawJson> info, Optional<RawJson> capabilities) {
        return new HostProfile(
                version,
                new ClientProfile(
                        info.filter(HostProfile::isObject).orElse(NOBODY),
                        capabilities.filter(HostProfile::isObject).orElse(RawJson.EMPTY_OBJECT)));
    }

    private static boolean isObject(RawJson value) {
        return value.bytes()[0] == '{';
    }

    RawJson capabilities() {
        return client.capabilities();
    }

    /** Whether the host declared what a server's request needs; what nobody has heard of is left to the host. */
    boolean takes(String method) {
        return switch (method) {
            case "elicitation/create" -> declares("elicitation");
            case "sampling/createMessage" -> declares("sampling");
            case "roots/list" -> declares("roots");
            default -> true;
        };
    }

    /** URL elicitation came with 2025-11-25. */
    boolean opensUrls() {
        try {
            Optional<JsonSlices> elicitation =
                    JsonSlices.ofObject(capabilities().bytes()).object("elicitation");
            return elicitation.isPresent() && elicitation.get().has("url");
        } catch (MalformedJson e) {
            return false;
        }
    }

    /** Links as content came with 2025-06-18. */
    boolean knowsResourceLinks() {
        return version.compareTo("2025-06-18") >= 0;
    }

    private boolean declares(String capability) {
        try {
            return JsonSlices.ofObject(capabilities().bytes()).has(capability);
        } catch (MalformedJson e) {
            return false;
        }
    }

    /** Whether a session that was opened for this profile serves a request of the other as well. */
    boolean covers(HostProfile other) {
        return capabilities().equals(other.capabilities())
                || widened(other).capabilities().tree().equals(capabilities().tree());
    }

    /** This host with what it says it can do by now. */
    HostProfile widened(HostProfile other) {
        JsonElement mine = capabilities().tree();
        if (mine instanceof JsonObject all && other.capabilities().tree() instanceof JsonObject more) {
            merge(all, more);
        }
        return new HostProfile(version, new ClientProfile(other.client.info(), RawJson.of(mine)));
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
}
