package dev.drawbridge.proxy;

import dev.drawbridge.mcp.json.JsonEdit;
import dev.drawbridge.mcp.json.JsonSlices;
import dev.drawbridge.mcp.json.JsonSlices.MalformedJson;
import dev.drawbridge.mcp.json.JsonText;
import dev.drawbridge.mcp.json.RawJson;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * Results of the stateless era as hosts of the {@code initialize} era can read them. Until 2026-07-28 a tool's output was
 * an object by definition, and the hosts' own schemas refuse a whole list or result in which it is not (SEP-2106).
 */
final class OlderResults {
    private OlderResults() {}

    static RawJson of(String method, RawJson result) throws MalformedJson {
        return switch (method) {
            case "tools/list" -> list(result);
            case "tools/call" -> called(result);
            default -> result;
        };
    }

    /** The same list; only tools whose output is no object lose their output schema. */
    private static RawJson list(RawJson result) throws MalformedJson {
        Optional<RawJson> tools =
                JsonSlices.ofObject(result.bytes()).raw("tools").filter(raw -> raw.bytes()[0] == '[');
        if (tools.isEmpty()) {
            return result;
        }
        boolean changed = false;
        StringJoiner older = new StringJoiner(",", "[", "]");
        for (JsonSlices.Slice slice : JsonSlices.ofArray(tools.get().bytes())) {
            RawJson tool = new RawJson(Arrays.copyOfRange(tools.get().bytes(), slice.from(), slice.to()));
            boolean readable = tool.bytes()[0] != '{' || isOlderSchema(JsonSlices.ofObject(tool.bytes()));
            changed |= !readable;
            older.add(new String(
                    (readable ? tool : JsonEdit.without(tool, "outputSchema")).bytes(), StandardCharsets.UTF_8));
        }
        return changed ? JsonEdit.with(result, Map.of("tools", RawJson.of(older.toString()))) : result;
    }

    private static boolean isOlderSchema(JsonSlices tool) throws MalformedJson {
        if (!tool.has("outputSchema")) {
            return true;
        }
        Optional<JsonSlices> schema = tool.object("outputSchema");
        return schema.isPresent()
                && schema.get().string("type").filter("object"::equals).isPresent();
    }

    /** A structured output that is no object becomes text, unless the server has said it in text already. */
    private static RawJson called(RawJson result) throws MalformedJson {
        JsonSlices slices = JsonSlices.ofObject(result.bytes());
        Optional<RawJson> structured = slices.raw("structuredContent").filter(raw -> raw.bytes()[0] != '{');
        if (structured.isEmpty()) {
            return result;
        }
        RawJson rest = JsonEdit.without(result, "structuredContent");
        Optional<RawJson> content = slices.raw("content").filter(raw -> raw.bytes()[0] == '[');
        if (content.isPresent() && !JsonSlices.ofArray(content.get().bytes()).isEmpty()) {
            return rest;
        }
        Map<String, RawJson> text = new LinkedHashMap<>();
        text.put(
                "content",
                RawJson.of("[{\"type\":\"text\",\"text\":"
                        + JsonText.quote(structured.get().text()) + "}]"));
        return JsonEdit.with(rest, text);
    }
}
