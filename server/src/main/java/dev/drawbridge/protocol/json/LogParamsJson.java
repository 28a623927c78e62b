// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol.json;

import com.google.gson.JsonElement;
import dev.drawbridge.protocol.LogParams;

/** {@link LogParams} as JSON. */
final class LogParamsJson {
    private LogParamsJson() {}

    static LogParams read(JsonNode json) {
        return new LogParams(json.required("entry", LogEntryJson::read));
    }

    static JsonElement write(LogParams value) {
        return new JsonFields()
                .required("entry", value.entry(), LogEntryJson::write)
                .object();
    }
}
