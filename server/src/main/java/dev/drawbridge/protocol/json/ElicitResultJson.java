// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol.json;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import dev.drawbridge.protocol.ElicitResult;

/** {@link ElicitResult} as JSON. */
final class ElicitResultJson {
    private ElicitResultJson() {}

    static ElicitResult read(JsonNode json) {
        JsonNode tag = json.required("action", one -> one);
        return switch (tag.string()) {
            case "accept" -> new ElicitResult.Accept(json.optional("content", JsonNode::object));
            case "decline" -> new ElicitResult.Decline();
            case "cancel" -> new ElicitResult.Cancel();
            default -> throw tag.expectedOneOf("accept, decline, cancel");
        };
    }

    static JsonElement write(ElicitResult value) {
        return switch (value) {
            case ElicitResult.Accept one ->
                new JsonFields()
                        .required("action", "accept", JsonPrimitive::new)
                        .optional("content", one.content(), JsonFields::untouched)
                        .object();
            case ElicitResult.Decline _ ->
                new JsonFields()
                        .required("action", "decline", JsonPrimitive::new)
                        .object();
            case ElicitResult.Cancel _ ->
                new JsonFields()
                        .required("action", "cancel", JsonPrimitive::new)
                        .object();
        };
    }
}
