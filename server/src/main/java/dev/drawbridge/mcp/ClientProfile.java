package dev.drawbridge.mcp;

import dev.drawbridge.mcp.json.JsonSlices;
import dev.drawbridge.mcp.json.JsonSlices.MalformedJson;
import dev.drawbridge.mcp.json.JsonText;
import dev.drawbridge.mcp.json.RawJson;

/**
 * Who the client of a connection says it is.
 *
 * @param info {@code clientInfo}, a JSON object, passed on whole
 * @param capabilities a JSON object, passed on exactly as given: never more than what the host behind it declared
 */
public record ClientProfile(RawJson info, RawJson capabilities) {
    public static ClientProfile of(String name, String version, RawJson capabilities) {
        return new ClientProfile(
                RawJson.of("{\"name\":" + JsonText.quote(name) + ",\"version\":" + JsonText.quote(version) + "}"),
                capabilities);
    }

    /** {@code clientInfo.name}; empty when there is none. */
    public String name() {
        try {
            return JsonSlices.ofObject(info.bytes()).string("name").orElse("");
        } catch (MalformedJson e) {
            return "";
        }
    }
}
