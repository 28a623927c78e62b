// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol.json;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import dev.drawbridge.protocol.AddServerParams;

/** {@link AddServerParams} as JSON. */
final class AddServerParamsJson {
    private AddServerParamsJson() {}

    static AddServerParams read(JsonNode json) {
        return new AddServerParams(
                json.required("server", JsonNode::string),
                json.required("definition", JsonNode::object),
                json.required("scope", ConfigScopeJson::read));
    }

    static JsonElement write(AddServerParams value) {
        return new JsonFields()
                .required("server", value.server(), JsonPrimitive::new)
                .required("definition", value.definition(), JsonFields::untouched)
                .required("scope", value.scope(), ConfigScopeJson::write)
                .object();
    }
}
