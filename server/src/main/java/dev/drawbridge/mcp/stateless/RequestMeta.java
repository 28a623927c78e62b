package dev.drawbridge.mcp.stateless;

import dev.drawbridge.mcp.ClientProfile;
import dev.drawbridge.mcp.json.JsonEdit;
import dev.drawbridge.mcp.json.JsonSlices;
import dev.drawbridge.mcp.json.JsonSlices.MalformedJson;
import dev.drawbridge.mcp.json.JsonText;
import dev.drawbridge.mcp.json.RawJson;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The {@code _meta} that every request of the stateless era carries (requirement 85). */
final class RequestMeta {
    static final String PREFIX = "io.modelcontextprotocol/";
    static final String SUBSCRIPTION_ID = PREFIX + "subscriptionId";
    static final String SERVER_INFO = PREFIX + "serverInfo";
    private static final String PROTOCOL_VERSION = PREFIX + "protocolVersion";
    private static final String CLIENT_CAPABILITIES = PREFIX + "clientCapabilities";
    private static final String CLIENT_INFO = PREFIX + "clientInfo";
    private static final String LOG_LEVEL = PREFIX + "logLevel";

    private RequestMeta() {}

    /**
     * The parameters with what is missing in their {@code _meta}. The version is always ours, for the header has to say
     * the same; who the client is and what it can do stays as the caller wrote it.
     */
    static RawJson merge(RawJson params, ClientProfile profile, String version, Optional<String> logLevel)
            throws MalformedJson {
        Optional<JsonSlices> present = JsonSlices.ofObject(params.bytes()).object("_meta");
        Map<String, RawJson> members = new LinkedHashMap<>();
        members.put(PROTOCOL_VERSION, RawJson.of(JsonText.quote(version)));
        members.put(CLIENT_INFO, profile.info());
        members.put(CLIENT_CAPABILITIES, profile.capabilities());
        logLevel.ifPresent(level -> members.put(LOG_LEVEL, RawJson.of(JsonText.quote(level))));
        present.ifPresent(meta -> members.keySet().removeIf(name -> !name.equals(PROTOCOL_VERSION) && meta.has(name)));
        return JsonEdit.within(params, "_meta", members);
    }

    /** Whether the caller describes its client itself: it speaks this era, and answers a server's questions in its way. */
    static boolean isOwn(RawJson params) throws MalformedJson {
        Optional<JsonSlices> meta = JsonSlices.ofObject(params.bytes()).object("_meta");
        return meta.isPresent() && meta.get().has(CLIENT_CAPABILITIES);
    }

    /** Whether the client of these (merged) parameters declares any extension, whose result types are then its business. */
    static boolean declaresExtensions(RawJson params) throws MalformedJson {
        Optional<JsonSlices> meta = JsonSlices.ofObject(params.bytes()).object("_meta");
        if (meta.isEmpty()) {
            return false;
        }
        Optional<JsonSlices> capabilities = meta.get().object(CLIENT_CAPABILITIES);
        return capabilities.isPresent()
                && capabilities.get().object("extensions").isPresent();
    }

    /** A notification without the mark of the subscription that brought it. */
    static RawJson withoutSubscription(RawJson params) throws MalformedJson {
        Optional<JsonSlices> meta = JsonSlices.ofObject(params.bytes()).object("_meta");
        if (meta.isEmpty() || !meta.get().has(SUBSCRIPTION_ID)) {
            return params;
        }
        RawJson rest = JsonEdit.without(
                JsonSlices.ofObject(params.bytes()).raw("_meta").orElseThrow(), SUBSCRIPTION_ID);
        boolean empty = !JsonSlices.ofObject(rest.bytes()).names().iterator().hasNext();
        return empty ? JsonEdit.without(params, "_meta") : JsonEdit.with(params, Map.of("_meta", rest));
    }
}
