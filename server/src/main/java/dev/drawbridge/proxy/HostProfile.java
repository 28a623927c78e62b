package dev.drawbridge.proxy;

import dev.drawbridge.mcp.ClientProfile;
import dev.drawbridge.mcp.json.JsonSlices;
import dev.drawbridge.mcp.json.JsonSlices.MalformedJson;
import dev.drawbridge.mcp.json.RawJson;
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

    /** Whether the other can do exactly what this one can. */
    boolean declaresTheSame(HostProfile other) {
        return capabilities().equals(other.capabilities())
                || capabilities().tree().equals(other.capabilities().tree());
    }
}
