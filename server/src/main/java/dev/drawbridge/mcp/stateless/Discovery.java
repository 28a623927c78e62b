package dev.drawbridge.mcp.stateless;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import dev.drawbridge.mcp.CallOutcome;
import dev.drawbridge.mcp.Era;
import dev.drawbridge.mcp.McpFailure;
import dev.drawbridge.mcp.Negotiated;
import dev.drawbridge.mcp.Rejection;
import dev.drawbridge.mcp.json.JsonSlices;
import dev.drawbridge.mcp.json.JsonSlices.MalformedJson;
import dev.drawbridge.mcp.json.RawJson;
import dev.drawbridge.mcp.rpc.Failures;
import dev.drawbridge.mcp.rpc.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the answer to {@code server/discover} says about a server's era (requirements 86 to 90). A pure function. */
public sealed interface Discovery {
    /** The version of this era that we speak. */
    String VERSION = "2026-07-28";

    int HEADER_MISMATCH = -32020;
    int MISSING_CAPABILITY = -32021;
    int UNSUPPORTED_VERSION = -32022;

    record Modern(Negotiated negotiated) implements Discovery {}

    /** The server is of this era but wants the request again, with this version. */
    record AskAgain(String version) implements Discovery {}

    /** Anything a server of the other era may answer: go on with {@code initialize}. */
    record Legacy() implements Discovery {}

    record Unauthorized(Rejection rejection) implements Discovery {}

    record Failed(McpFailure failure) implements Discovery {}

    static Discovery read(Reply reply) {
        return switch (reply.outcome()) {
            case CallOutcome.Result(RawJson result) -> result(result);
            case CallOutcome.ServerError error -> error(error, reply.status());
            case CallOutcome.Unauthorized(Rejection rejection) -> new Unauthorized(rejection);
            case CallOutcome.Failed(McpFailure failure) -> failed(failure, reply.status());
            case CallOutcome.Cancelled() -> new Failed(Failures.closed());
        };
    }

    private static Discovery result(RawJson result) {
        try {
            JsonSlices slices = JsonSlices.ofObject(result.bytes());
            Optional<List<String>> versions = slices.raw("supportedVersions").flatMap(Discovery::strings);
            if (versions.isEmpty()) {
                return new Legacy();
            }
            if (!versions.get().contains(VERSION)) {
                return withoutOurVersion(versions.get());
            }
            Optional<RawJson> serverInfo = Optional.empty();
            Optional<JsonSlices> meta = slices.object("_meta");
            if (meta.isPresent()) {
                serverInfo = meta.get().raw(RequestMeta.SERVER_INFO);
            }
            return new Modern(new Negotiated(
                    Era.STATELESS,
                    VERSION,
                    slices.raw("capabilities").orElse(RawJson.EMPTY_OBJECT),
                    serverInfo,
                    slices.string("instructions")));
        } catch (MalformedJson e) {
            return new Legacy();
        }
    }

    /** A server may answer this method and still want the handshake of an older version. */
    private static Discovery withoutOurVersion(List<String> versions) {
        boolean older = versions.stream().anyMatch(version -> version.compareTo(VERSION) < 0);
        return older ? new Legacy() : new Failed(Failures.noCommonVersion(String.join(", ", versions)));
    }

    private static Discovery error(CallOutcome.ServerError error, int status) {
        if (error.code() == UNSUPPORTED_VERSION) {
            Optional<List<String>> versions = error.data().flatMap(Discovery::supported);
            return versions.isEmpty() || versions.get().contains(VERSION)
                    ? new AskAgain(VERSION)
                    : withoutOurVersion(versions.get());
        }
        boolean modern = error.code() == HEADER_MISMATCH
                || error.code() == MISSING_CAPABILITY
                || status == 404 && error.code() == -32601;
        if (modern) {
            return new Modern(
                    new Negotiated(Era.STATELESS, VERSION, RawJson.EMPTY_OBJECT, Optional.empty(), Optional.empty()));
        }
        return new Legacy();
    }

    /** A server that answers at all, though not in JSON-RPC, may be of the older era; one that does not is not reached. */
    private static Discovery failed(McpFailure failure, int status) {
        boolean overloaded = status == 429 || status == 502 || status == 503 || status == 504;
        boolean forbidden = status == 403;
        boolean mayBeLegacy = status > 0 && !overloaded && !forbidden
                || failure.code().equals("mcp.protocol")
                || failure.code().equals("mcp.timeout")
                || failure.code().equals("mcp.streamBroken");
        return mayBeLegacy ? new Legacy() : new Failed(failure);
    }

    /** The versions in the data of an unsupported-version error. */
    static Optional<List<String>> supported(RawJson data) {
        try {
            return data.tree() instanceof JsonObject object && object.get("supported") instanceof JsonArray array
                    ? Optional.of(strings(array))
                    : Optional.empty();
        } catch (JsonParseException e) {
            return Optional.empty();
        }
    }

    private static Optional<List<String>> strings(RawJson value) {
        try {
            return value.tree() instanceof JsonArray array ? Optional.of(strings(array)) : Optional.empty();
        } catch (JsonParseException e) {
            return Optional.empty();
        }
    }

    private static List<String> strings(JsonArray array) {
        List<String> found = new ArrayList<>();
        for (JsonElement element : array) {
            if (element instanceof JsonPrimitive text && text.isString()) {
                found.add(text.getAsString());
            }
        }
        return found;
    }
}
