// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol.json;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import dev.drawbridge.protocol.StoreSecretParams;

/** {@link StoreSecretParams} as JSON. */
final class StoreSecretParamsJson {
    private StoreSecretParamsJson() {}

    static StoreSecretParams read(JsonNode json) {
        return new StoreSecretParams(
                json.required("kind", SecretKindJson::read),
                json.required("name", JsonNode::string),
                json.optional("value", JsonNode::string));
    }

    static JsonElement write(StoreSecretParams value) {
        return new JsonFields()
                .required("kind", value.kind(), SecretKindJson::write)
                .required("name", value.name(), JsonPrimitive::new)
                .optional("value", value.value(), JsonPrimitive::new)
                .object();
    }
}
