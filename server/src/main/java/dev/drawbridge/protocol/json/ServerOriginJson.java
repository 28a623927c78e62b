// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol.json;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import dev.drawbridge.protocol.ServerOrigin;

/** {@link ServerOrigin} as JSON. */
final class ServerOriginJson {
    private ServerOriginJson() {}

    static ServerOrigin read(JsonNode json) {
        JsonNode tag = json.required("kind", one -> one);
        return switch (tag.string()) {
            case "user" -> new ServerOrigin.User(json.required("file", JsonNode::uri));
            case "workspace" ->
                new ServerOrigin.Workspace(
                        json.required("file", JsonNode::uri), json.required("folder", JsonNode::uri));
            default -> throw tag.expectedOneOf("user, workspace");
        };
    }

    static JsonElement write(ServerOrigin value) {
        return switch (value) {
            case ServerOrigin.User one ->
                new JsonFields()
                        .required("kind", "user", JsonPrimitive::new)
                        .required("file", one.file(), JsonFields::text)
                        .object();
            case ServerOrigin.Workspace one ->
                new JsonFields()
                        .required("kind", "workspace", JsonPrimitive::new)
                        .required("file", one.file(), JsonFields::text)
                        .required("folder", one.folder(), JsonFields::text)
                        .object();
        };
    }
}
