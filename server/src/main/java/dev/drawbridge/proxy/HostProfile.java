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
    /**
     * @param info the host's {@code clientInfo}, an object
     * @param capabilities the host's, which servers are told exactly as they are
     */
    static HostProfile of(String version, Optional<RawJson> info, Optional<RawJson> capabilities) throws MalformedJson {
        Optional<JsonSlices> said = info.filter(raw -> raw.bytes()[0] == '{').isPresent()
                ? Optional.of(JsonSlices.ofObject(info.get().bytes()))
                : Optional.empty();
        RawJson declared = capabilities.filter(raw -> raw.bytes()[0] == '{').orElse(RawJson.EMPTY_OBJECT);
        return new HostProfile(
                version,
                new ClientProfile(
                        said.flatMap(slices -> slices.string("name")).orElse("host"),
                        said.flatMap(slices -> slices.string("version")).orElse(""),
                        declared));
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
                    JsonSlices.ofObject(client.capabilities().bytes()).object("elicitation");
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
            return JsonSlices.ofObject(client.capabilities().bytes()).has(capability);
        } catch (MalformedJson e) {
            return false;
        }
    }
}
