// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol.json;

import com.google.gson.JsonElement;
import dev.drawbridge.protocol.LogsResult;

/** {@link LogsResult} as JSON. */
final class LogsResultJson {
    private LogsResultJson() {}

    static LogsResult read(JsonNode json) {
        return new LogsResult(json.required("entries", JsonNode.list(LogEntryJson::read)));
    }

    static JsonElement write(LogsResult value) {
        return new JsonFields()
                .required("entries", value.entries(), JsonFields.list(LogEntryJson::write))
                .object();
    }
}
