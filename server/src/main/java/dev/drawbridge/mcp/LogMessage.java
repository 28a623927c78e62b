package dev.drawbridge.mcp;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import dev.drawbridge.mcp.json.RawJson;
import java.util.Set;

/** A server's {@code notifications/message} in words; whatever cannot be read is shown as it came. */
public record LogMessage(String level, String text) {
    private static final Set<String> LEVELS =
            Set.of("debug", "info", "notice", "warning", "error", "critical", "alert", "emergency");

    public static LogMessage of(RawJson params) {
        try {
            JsonObject message = params.tree().getAsJsonObject();
            String level = text(message.get("level"));
            String logger = text(message.get("logger"));
            String data = text(message.get("data"));
            return new LogMessage(
                    LEVELS.contains(level) ? level : "info", logger.isEmpty() ? data : logger + ": " + data);
        } catch (JsonParseException | IllegalStateException e) {
            return new LogMessage("info", params.text());
        }
    }

    private static String text(JsonElement element) {
        if (element == null || element.isJsonNull()) {
            return "";
        }
        return element.isJsonPrimitive() ? element.getAsString() : element.toString();
    }
}
