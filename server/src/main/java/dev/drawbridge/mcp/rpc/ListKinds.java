package dev.drawbridge.mcp.rpc;

import dev.drawbridge.mcp.ConnectionListener;
import dev.drawbridge.mcp.json.JsonSlices;
import dev.drawbridge.mcp.json.JsonSlices.MalformedJson;
import dev.drawbridge.mcp.json.RawJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which of a server's lists may change, by its capabilities.
 *
 * @param changing {@code tools}, {@code prompts}, {@code resources}
 * @param subscribable whether single resources can be watched
 */
public record ListKinds(List<String> changing, boolean subscribable) {
    public static ListKinds of(RawJson capabilities) {
        List<String> changing = new ArrayList<>();
        boolean subscribable = false;
        try {
            JsonSlices slices = JsonSlices.ofObject(capabilities.bytes());
            for (String kind : List.of("tools", "prompts", "resources")) {
                Optional<JsonSlices> declared = slices.object(kind);
                if (declared.isPresent() && isTrue(declared.get(), "listChanged")) {
                    changing.add(kind);
                }
                if (kind.equals("resources") && declared.isPresent()) {
                    subscribable = isTrue(declared.get(), "subscribe");
                }
            }
        } catch (MalformedJson e) {
            return new ListKinds(List.of(), false);
        }
        return new ListKinds(List.copyOf(changing), subscribable);
    }

    private static boolean isTrue(JsonSlices slices, String member) {
        return slices.raw(member).filter(raw -> raw.text().equals("true")).isPresent();
    }

    /** After a gap nobody knows what was missed, so each list is said to have changed, once. */
    public void announceAll(ConnectionListener listener) {
        for (String kind : changing) {
            listener.onNotification("notifications/" + kind + "/list_changed", RawJson.EMPTY_OBJECT);
        }
    }
}
