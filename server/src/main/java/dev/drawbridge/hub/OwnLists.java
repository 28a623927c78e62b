package dev.drawbridge.hub;

import dev.drawbridge.mcp.json.JsonSlices;
import dev.drawbridge.mcp.json.JsonSlices.MalformedJson;
import dev.drawbridge.mcp.json.RawJson;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Whether a server lists other things for hosts with other capabilities than Drawbridge's own, which its shared lists
 * were read with. Learnt once for each set of capabilities. Thread-safe.
 */
final class OwnLists {
    private static final int MOST = 64;

    private final Map<String, HostSession.Lists> byCapabilities = new ConcurrentHashMap<>();

    HostSession.Lists of(RawJson capabilities) {
        String names = names(capabilities);
        return names.equals(names(ClientIdentity.PROFILE.capabilities()))
                ? HostSession.Lists.SHARED
                : byCapabilities.getOrDefault(names, HostSession.Lists.UNKNOWN);
    }

    void note(RawJson capabilities, HostSession.Lists lists) {
        if (byCapabilities.size() < MOST) {
            byCapabilities.put(names(capabilities), lists);
        }
    }

    private static String names(RawJson capabilities) {
        TreeSet<String> names = new TreeSet<>();
        try {
            JsonSlices.ofObject(capabilities.bytes()).names().forEach(names::add);
        } catch (MalformedJson e) {
            return "";
        }
        return String.join(" ", names);
    }
}
