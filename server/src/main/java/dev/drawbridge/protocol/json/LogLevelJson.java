// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol.json;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import dev.drawbridge.protocol.LogLevel;

/** {@link LogLevel} as JSON. */
final class LogLevelJson {
    private LogLevelJson() {}

    static LogLevel read(JsonNode json) {
        return LogLevel.of(json.string())
                .orElseThrow(
                        () -> json.expectedOneOf("debug, info, notice, warning, error, critical, alert, emergency"));
    }

    static JsonElement write(LogLevel value) {
        return new JsonPrimitive(value.wire());
    }
}
