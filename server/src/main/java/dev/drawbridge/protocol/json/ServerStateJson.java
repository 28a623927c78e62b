// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol.json;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import dev.drawbridge.protocol.ServerState;

/** {@link ServerState} as JSON. */
final class ServerStateJson {
    private ServerStateJson() {}

    static ServerState read(JsonNode json) {
        JsonNode tag = json.required("kind", one -> one);
        return switch (tag.string()) {
            case "disabled" -> new ServerState.Disabled();
            case "untrusted" -> new ServerState.Untrusted(json.required("definitionDigest", JsonNode::string));
            case "stopped" -> new ServerState.Stopped();
            case "connecting" -> new ServerState.Connecting(json.required("since", JsonNode::timestamp));
            case "authRequired" -> new ServerState.AuthRequired(json.required("reason", AuthReasonJson::read));
            case "authenticating" -> new ServerState.Authenticating(json.required("flow", SignInFlowJson::read));
            case "connected" -> new ServerState.Connected(json.required("since", JsonNode::timestamp));
            case "retrying" ->
                new ServerState.Retrying(
                        json.required("failure", FailureJson::read),
                        json.required("attempt", JsonNode::uinteger),
                        json.required("nextAttempt", JsonNode::timestamp));
            case "failed" -> new ServerState.Failed(json.required("failure", FailureJson::read));
            default ->
                throw tag.expectedOneOf(
                        "disabled, untrusted, stopped, connecting, authRequired, authenticating, connected, retrying,"
                                + " failed");
        };
    }

    static JsonElement write(ServerState value) {
        return switch (value) {
            case ServerState.Disabled _ ->
                new JsonFields()
                        .required("kind", "disabled", JsonPrimitive::new)
                        .object();
            case ServerState.Untrusted one ->
                new JsonFields()
                        .required("kind", "untrusted", JsonPrimitive::new)
                        .required("definitionDigest", one.definitionDigest(), JsonPrimitive::new)
                        .object();
            case ServerState.Stopped _ ->
                new JsonFields().required("kind", "stopped", JsonPrimitive::new).object();
            case ServerState.Connecting one ->
                new JsonFields()
                        .required("kind", "connecting", JsonPrimitive::new)
                        .required("since", one.since(), JsonFields::text)
                        .object();
            case ServerState.AuthRequired one ->
                new JsonFields()
                        .required("kind", "authRequired", JsonPrimitive::new)
                        .required("reason", one.reason(), AuthReasonJson::write)
                        .object();
            case ServerState.Authenticating one ->
                new JsonFields()
                        .required("kind", "authenticating", JsonPrimitive::new)
                        .required("flow", one.flow(), SignInFlowJson::write)
                        .object();
            case ServerState.Connected one ->
                new JsonFields()
                        .required("kind", "connected", JsonPrimitive::new)
                        .required("since", one.since(), JsonFields::text)
                        .object();
            case ServerState.Retrying one ->
                new JsonFields()
                        .required("kind", "retrying", JsonPrimitive::new)
                        .required("failure", one.failure(), FailureJson::write)
                        .required("attempt", one.attempt(), JsonPrimitive::new)
                        .required("nextAttempt", one.nextAttempt(), JsonFields::text)
                        .object();
            case ServerState.Failed one ->
                new JsonFields()
                        .required("kind", "failed", JsonPrimitive::new)
                        .required("failure", one.failure(), FailureJson::write)
                        .object();
        };
    }
}
