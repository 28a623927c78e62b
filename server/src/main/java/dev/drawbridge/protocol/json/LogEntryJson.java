// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol.json;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import dev.drawbridge.protocol.LogEntry;

/** {@link LogEntry} as JSON. */
final class LogEntryJson {
    private LogEntryJson() {}

    static LogEntry read(JsonNode json) {
        return new LogEntry(
                json.required("time", JsonNode::timestamp),
                json.optional("server", JsonNode::string),
                json.required("level", LogLevelJson::read),
                json.required("message", JsonNode::string));
    }

    static JsonElement write(LogEntry value) {
        return new JsonFields()
                .required("time", value.time(), JsonFields::text)
                .optional("server", value.server(), JsonPrimitive::new)
                .required("level", value.level(), LogLevelJson::write)
                .required("message", value.message(), JsonPrimitive::new)
                .object();
    }
}
