package dev.drawbridge.proxy;

import dev.drawbridge.hub.CatalogKind;
import dev.drawbridge.hub.HostSession;
import dev.drawbridge.hub.ServerName;
import dev.drawbridge.mcp.Era;
import dev.drawbridge.mcp.Negotiated;
import dev.drawbridge.mcp.json.JsonEdit;
import dev.drawbridge.mcp.json.JsonSlices;
import dev.drawbridge.mcp.json.JsonSlices.MalformedJson;
import dev.drawbridge.mcp.json.JsonText;
import dev.drawbridge.mcp.json.RawJson;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How the server introduces itself to the host: in its own words when it is known, else with every capability a server
 * may have, because what is not said now cannot be said later.
 */
final class Greeting {
    private static final RawJson EVERYTHING = RawJson.of(
            "{\"tools\":{\"listChanged\":true},\"resources\":{\"subscribe\""
                + ":true,\"listChanged\":true},\"prompts\":{\"listChanged\":true},\"logging\":{},\"completions\":{}}");

    private static final String TASKS = "io.modelcontextprotocol/tasks";
    private static final List<String> LISTS = List.of("tools", "resources", "prompts");

    private final HostSession session;
    private final ServerName name;
    private volatile RawJson told = EVERYTHING;

    Greeting(HostSession session, ServerName name) {
        this.session = session;
        this.name = name;
    }

    /** The result of {@code initialize}. */
    RawJson initialized(String version) {
        Optional<Negotiated> known = session.negotiated();
        StringBuilder result = new StringBuilder(256)
                .append("{\"protocolVersion\":")
                .append(JsonText.quote(version))
                .append(",\"capabilities\":")
                .append(capabilities(known, Era.INITIALIZE).text())
                .append(",\"serverInfo\":")
                .append(info(known).text());
        instructions(result, known);
        return RawJson.of(result.append('}').toString());
    }

    /** The result of {@code server/discover}, but for what every result of that era carries. */
    RawJson discovered() {
        Optional<Negotiated> known = session.negotiated();
        StringBuilder result = new StringBuilder(256)
                .append("{\"supportedVersions\":")
                .append(StatelessEra.supported())
                .append(",\"capabilities\":")
                .append(capabilities(known, Era.STATELESS).text());
        instructions(result, known);
        return RawJson.of(result.append(",\"_meta\":{\"io.modelcontextprotocol/serverInfo\":")
                .append(info(known).text())
                .append("}}")
                .toString());
    }

    static String capability(CatalogKind kind) {
        return switch (kind) {
            case TOOLS -> "tools";
            case RESOURCES, RESOURCE_TEMPLATES -> "resources";
            case PROMPTS -> "prompts";
        };
    }

    /** The lists whose change the host was told to expect and the server has. */
    Set<String> announced(Negotiated server) {
        Set<String> kinds = new LinkedHashSet<>();
        try {
            JsonSlices has = JsonSlices.ofObject(server.capabilities().bytes());
            JsonSlices said = JsonSlices.ofObject(told.bytes());
            for (String kind : LISTS) {
                if (has.has(kind) && said.has(kind)) {
                    kinds.add(kind);
                }
            }
        } catch (MalformedJson e) {
            return Set.of();
        }
        return kinds;
    }

    private RawJson capabilities(Optional<Negotiated> known, Era host) {
        RawJson capabilities = known.map(server -> translated(server, host)).orElse(EVERYTHING);
        told = capabilities;
        return capabilities;
    }

    /** Tasks are another thing in each era, so neither era's host may rely on those of the other. */
    private static RawJson translated(Negotiated server, Era host) {
        if (server.era() == host) {
            return server.capabilities();
        }
        try {
            RawJson rest = JsonEdit.without(server.capabilities(), "tasks");
            Optional<RawJson> extensions =
                    JsonSlices.ofObject(rest.bytes()).raw("extensions").filter(raw -> raw.bytes()[0] == '{');
            return extensions.isEmpty()
                    ? rest
                    : JsonEdit.with(rest, Map.of("extensions", JsonEdit.without(extensions.get(), TASKS)));
        } catch (MalformedJson e) {
            return server.capabilities();
        }
    }

    private RawJson info(Optional<Negotiated> known) {
        return known.flatMap(Negotiated::serverInfo)
                .orElseGet(() -> RawJson.of("{\"name\":" + JsonText.quote(name.value()) + ",\"version\":\"unknown\"}"));
    }

    private static void instructions(StringBuilder result, Optional<Negotiated> known) {
        known.flatMap(Negotiated::instructions)
                .ifPresent(text -> result.append(",\"instructions\":").append(JsonText.quote(text)));
    }
}
