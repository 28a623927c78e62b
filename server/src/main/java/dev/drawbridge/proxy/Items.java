package dev.drawbridge.proxy;

import dev.drawbridge.mcp.json.JsonSlices;
import dev.drawbridge.mcp.json.JsonSlices.MalformedJson;
import dev.drawbridge.mcp.json.RawJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/** The elements of a JSON array, each as the bytes it arrived in. */
final class Items {
    private Items() {}

    static List<RawJson> of(RawJson array) throws MalformedJson {
        List<RawJson> items = new ArrayList<>();
        for (JsonSlices.Slice slice : JsonSlices.ofArray(array.bytes())) {
            items.add(new RawJson(Arrays.copyOfRange(array.bytes(), slice.from(), slice.to())));
        }
        return items;
    }

    static RawJson array(List<RawJson> items) {
        StringJoiner array = new StringJoiner(",", "[", "]");
        items.forEach(item -> array.add(new String(item.bytes(), StandardCharsets.UTF_8)));
        return RawJson.of(array.toString());
    }

    /** A text member of an item that is an object. */
    static Optional<String> text(RawJson item, String member) {
        try {
            return item.bytes()[0] == '{' ? JsonSlices.ofObject(item.bytes()).string(member) : Optional.empty();
        } catch (MalformedJson e) {
            return Optional.empty();
        }
    }
}
