// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol.json;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import dev.drawbridge.protocol.Server;

/** {@link Server} as JSON. */
final class ServerJson {
    private ServerJson() {}

    static Server read(JsonNode json) {
        return new Server(
                json.required("name", JsonNode::string),
                json.required("origin", ServerOriginJson::read),
                json.required("transport", TransportJson::read),
                json.required("target", JsonNode::string),
                json.required("state", ServerStateJson::read),
                json.required("authentication", AuthenticationJson::read),
                json.optional("identity", ServerIdentityJson::read),
                json.required("counts", CatalogCountsJson::read),
                json.required("disabledTools", JsonNode.list(JsonNode::string)));
    }

    static JsonElement write(Server value) {
        return new JsonFields()
                .required("name", value.name(), JsonPrimitive::new)
                .required("origin", value.origin(), ServerOriginJson::write)
                .required("transport", value.transport(), TransportJson::write)
                .required("target", value.target(), JsonPrimitive::new)
                .required("state", value.state(), ServerStateJson::write)
                .required("authentication", value.authentication(), AuthenticationJson::write)
                .optional("identity", value.identity(), ServerIdentityJson::write)
                .required("counts", value.counts(), CatalogCountsJson::write)
                .required("disabledTools", value.disabledTools(), JsonFields.list(JsonPrimitive::new))
                .object();
    }
}
