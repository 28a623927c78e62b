package dev.drawbridge.mcp.stateless;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.drawbridge.mcp.json.JsonEdit;
import dev.drawbridge.mcp.json.JsonSlices;
import dev.drawbridge.mcp.json.JsonSlices.MalformedJson;
import dev.drawbridge.mcp.json.JsonSlices.Slice;
import dev.drawbridge.mcp.json.RawJson;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One page of {@code tools/list}, without the tools a client must not offer (requirement 63). The tools that stay are
 * carried over byte for byte.
 *
 * @param result the page as it may be passed on
 * @param headers for each tool that stays, the parameters mirrored into headers
 * @param leftOut for each tool that does not, the reason
 * @param nextCursor where the next page begins
 */
public record ToolList(
        RawJson result,
        Map<String, List<ToolHeaders.Mirrored>> headers,
        Map<String, String> leftOut,
        Optional<RawJson> nextCursor) {
    public static ToolList of(RawJson page) throws MalformedJson {
        JsonSlices slices = JsonSlices.ofObject(page.bytes());
        Optional<RawJson> tools = slices.raw("tools").filter(raw -> raw.bytes()[0] == '[');
        Optional<RawJson> cursor = slices.raw("nextCursor").filter(raw -> !raw.equals(RawJson.NULL));
        if (tools.isEmpty()) {
            return new ToolList(page, Map.of(), Map.of(), cursor);
        }
        Map<String, List<ToolHeaders.Mirrored>> headers = new LinkedHashMap<>();
        Map<String, String> leftOut = new LinkedHashMap<>();
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        byte[] text = tools.get().bytes();
        for (Slice slice : JsonSlices.ofArray(text)) {
            RawJson raw = new RawJson(Arrays.copyOfRange(text, slice.from(), slice.to()));
            JsonElement tree = raw.tree();
            String name = tree instanceof JsonObject object && object.get("name") instanceof JsonPrimitive given
                    ? given.getAsString()
                    : "";
            ToolHeaders found =
                    tree instanceof JsonObject object ? ToolHeaders.of(object) : new ToolHeaders.Valid(List.of());
            switch (found) {
                case ToolHeaders.Invalid(String reason) -> leftOut.put(name, reason);
                case ToolHeaders.Valid(List<ToolHeaders.Mirrored> parameters) -> {
                    if (kept.size() > 0) {
                        kept.write(',');
                    }
                    kept.writeBytes(raw.bytes());
                    headers.put(name, parameters);
                }
            }
        }
        RawJson result = leftOut.isEmpty()
                ? page
                : JsonEdit.with(page, Map.of("tools", RawJson.of("[" + kept.toString(StandardCharsets.UTF_8) + "]")));
        return new ToolList(result, headers, leftOut, cursor);
    }

    /** Arguments of a call, as a tree; an empty object when there are none. */
    static JsonElement arguments(RawJson params) throws MalformedJson {
        return JsonSlices.ofObject(params.bytes())
                .raw("arguments")
                .map(RawJson::tree)
                .orElseGet(JsonObject::new);
    }
}
