// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol.json;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import dev.drawbridge.protocol.ErrorCodes;

/** {@link ErrorCodes} as JSON. */
final class ErrorCodesJson {
    private ErrorCodesJson() {}

    static ErrorCodes read(JsonNode json) {
        return ErrorCodes.of(json.integer())
                .orElseThrow(
                        () -> json.expectedOneOf("-31001, -31002, -31003, -31004, -31005, -31006, -31007, -31008"));
    }

    static JsonElement write(ErrorCodes value) {
        return new JsonPrimitive(value.wire());
    }
}
