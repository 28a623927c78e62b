package dev.drawbridge.mcp.rpc;

import dev.drawbridge.mcp.json.JsonEdit;
import dev.drawbridge.mcp.json.JsonSlices;
import dev.drawbridge.mcp.json.JsonSlices.MalformedJson;
import dev.drawbridge.mcp.json.JsonText;
import dev.drawbridge.mcp.json.RawJson;
import java.util.Map;
import java.util.Optional;

/** What a {@code notifications/progress} says, and how its tokens are made (requirement 127). */
record Progress(String token, double progress, Optional<Double> total, Optional<String> message) {
    private static final String OURS = "drawbridge-";

    static Optional<Progress> of(RawJson params) {
        try {
            JsonSlices slices = JsonSlices.ofObject(params.bytes());
            Optional<String> token = slices.raw("progressToken").flatMap(Progress::key);
            Optional<Double> progress = number(slices, "progress");
            return token.map(value ->
                    new Progress(value, progress.orElse(0.0), number(slices, "total"), slices.string("message")));
        } catch (MalformedJson e) {
            return Optional.empty();
        }
    }

    /** A token is told apart by its type as well: 5 is not "5". */
    private static Optional<String> key(RawJson token) {
        boolean text = token.text().startsWith("\"");
        return RpcMessage.key(token).map(value -> (text ? "s" : "n") + value);
    }

    static boolean isOurs(String key) {
        return key.startsWith("s" + OURS);
    }

    private static Optional<Double> number(JsonSlices slices, String name) {
        return slices.raw(name).flatMap(raw -> {
            try {
                return Optional.of(Double.valueOf(raw.text()));
            } catch (NumberFormatException e) {
                return Optional.empty();
            }
        });
    }

    /** The token in the parameters' {@code _meta}, normalised. */
    static Optional<String> tokenIn(RawJson params) throws MalformedJson {
        Optional<JsonSlices> meta = JsonSlices.ofObject(params.bytes()).object("_meta");
        return meta.flatMap(slices -> slices.raw("progressToken")).flatMap(Progress::key);
    }

    /** The parameters with a token of ours, which is unique because the id is. */
    static RawJson withToken(RawJson params, String id) throws MalformedJson {
        return JsonEdit.within(params, "_meta", Map.of("progressToken", RawJson.of(JsonText.quote(OURS + id))));
    }
}
