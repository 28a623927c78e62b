package dev.drawbridge.daemon.relay;

import dev.drawbridge.mcp.json.JsonText;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The ids of the daemon's requests as the editor sees them: with the daemon's generation in front. Each daemon counts
 * from one, so without it a late answer to the last daemon's question would answer another question of the next one.
 */
final class DaemonRequestIds {
    private static final int MAX_OPEN = 1024;

    private final Set<String> open = new LinkedHashSet<>();

    /** The id for the editor, as JSON text. */
    synchronized String toEditor(int generation, String id) {
        String prefixed = JsonText.quote(generation + ":" + id);
        if (open.size() < MAX_OPEN) {
            open.add(prefixed);
        }
        return prefixed;
    }

    /** The same without noting a question, for the daemon's {@code $/cancelRequest}. */
    static String naming(int generation, String id) {
        return JsonText.quote(generation + ":" + id);
    }

    /** The daemon's own id; empty when the question was another daemon's. */
    synchronized String toDaemon(int generation, String editorId) {
        open.remove(editorId);
        if (!editorId.startsWith("\"")) {
            return "";
        }
        String text = JsonText.unescape(editorId.substring(1, editorId.length() - 1));
        String prefix = generation + ":";
        return text.startsWith(prefix) ? text.substring(prefix.length()) : "";
    }

    /** The questions that nobody waits for any more. */
    synchronized List<String> forgetAll() {
        List<String> ids = new ArrayList<>(open);
        open.clear();
        return ids;
    }
}
