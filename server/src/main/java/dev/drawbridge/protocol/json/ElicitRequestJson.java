// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol.json;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import dev.drawbridge.protocol.ElicitRequest;

/** {@link ElicitRequest} as JSON. */
final class ElicitRequestJson {
    private ElicitRequestJson() {}

    static ElicitRequest read(JsonNode json) {
        JsonNode tag = json.required("mode", one -> one);
        return switch (tag.string()) {
            case "form" ->
                new ElicitRequest.Form(
                        json.required("message", JsonNode::string), json.required("requestedSchema", JsonNode::object));
            case "url" ->
                new ElicitRequest.Url(
                        json.required("message", JsonNode::string),
                        json.required("url", JsonNode::uri),
                        json.optional("elicitationId", JsonNode::string));
            default -> throw tag.expectedOneOf("form, url");
        };
    }

    static JsonElement write(ElicitRequest value) {
        return switch (value) {
            case ElicitRequest.Form one ->
                new JsonFields()
                        .required("mode", "form", JsonPrimitive::new)
                        .required("message", one.message(), JsonPrimitive::new)
                        .required("requestedSchema", one.requestedSchema(), JsonFields::untouched)
                        .object();
            case ElicitRequest.Url one ->
                new JsonFields()
                        .required("mode", "url", JsonPrimitive::new)
                        .required("message", one.message(), JsonPrimitive::new)
                        .required("url", one.url(), JsonFields::text)
                        .optional("elicitationId", one.elicitationId(), JsonPrimitive::new)
                        .object();
        };
    }
}
