package dev.drawbridge.mcp.stateless;

import dev.drawbridge.mcp.json.JsonSlices;
import dev.drawbridge.mcp.json.JsonSlices.MalformedJson;
import dev.drawbridge.mcp.json.RawJson;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What the tool lists seen on one connection say about headers. Safe for any thread. */
final class KnownTools {
    private static final int MOST = 10_000;

    private final Map<String, List<ToolHeaders.Mirrored>> byName = new ConcurrentHashMap<>();
    private volatile boolean listed;

    void learn(ToolList page) {
        if (byName.size() < MOST) {
            byName.putAll(page.headers());
        }
    }

    /** All pages were seen. */
    void complete() {
        listed = true;
    }

    boolean knows(RawJson params) throws MalformedJson {
        return listed || byName.containsKey(name(params));
    }

    Map<String, String> headers(RawJson params) throws MalformedJson {
        List<ToolHeaders.Mirrored> mirrored = byName.getOrDefault(name(params), List.of());
        return mirrored.isEmpty() ? Map.of() : ToolHeaders.headers(mirrored, ToolList.arguments(params));
    }

    private static String name(RawJson params) throws MalformedJson {
        return JsonSlices.ofObject(params.bytes()).string("name").orElse("");
    }
}
