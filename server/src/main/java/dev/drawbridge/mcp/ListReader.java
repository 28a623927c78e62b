package dev.drawbridge.mcp;

import com.google.gson.JsonObject;
import dev.drawbridge.mcp.json.JsonSlices;
import dev.drawbridge.mcp.json.JsonSlices.MalformedJson;
import dev.drawbridge.mcp.json.RawJson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads all pages of one of a server's lists (requirement 131: cursors are opaque, an empty one is valid). */
public final class ListReader {
    private static final int MOST_PAGES = 1_000;
    private static final int MOST_ITEMS = 50_000;
    private static final List<String> NAMES = List.of("name", "uri", "uriTemplate");

    private ListReader() {}

    /** One entry of a list: what it is called ({@code name}, else {@code uri} or {@code uriTemplate}), and itself. */
    public record Item(String name, RawJson raw) {}

    /** What reading gave. */
    public sealed interface Listing {
        record Complete(List<Item> items) implements Listing {
            public Complete {
                items = List.copyOf(items);
            }
        }

        /** A page was refused or lost; what the call for it gave. */
        record Refused(CallOutcome outcome) implements Listing {}

        /** A page was no page. */
        record Malformed(String what) implements Listing {}
    }

    public static Listing read(Connection connection, String method, String member, Duration timeout) {
        List<Item> items = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        Optional<String> cursor = Optional.empty();
        for (int page = 0; page < MOST_PAGES; page++) {
            JsonObject params = new JsonObject();
            cursor.ifPresent(value -> params.addProperty("cursor", value));
            CallOutcome outcome =
                    connection.call(method, RawJson.of(params), timeout, ProgressListener.NONE, new Cancellation());
            if (!(outcome instanceof CallOutcome.Result(RawJson result))) {
                return new Listing.Refused(outcome);
            }
            try {
                JsonSlices body = JsonSlices.ofObject(result.bytes());
                collect(body, member, items);
                cursor = body.string("nextCursor");
            } catch (MalformedJson e) {
                return new Listing.Malformed(method + " answered with something that is not a list: " + e.getMessage());
            }
            if (cursor.isEmpty()) {
                return new Listing.Complete(items);
            }
            if (!seen.add(cursor.get()) || items.size() > MOST_ITEMS) {
                return new Listing.Malformed(method + " repeats its pages without end");
            }
        }
        return new Listing.Malformed(method + " has more than " + MOST_PAGES + " pages");
    }

    /** The items stay byte for byte as the server wrote them. */
    private static void collect(JsonSlices body, String member, List<Item> items) throws MalformedJson {
        items.addAll(items(body.raw(member).orElseThrow(() -> new MalformedJson("no " + member))));
    }

    /** The items of a JSON array. */
    static List<Item> items(RawJson array) throws MalformedJson {
        List<Item> items = new ArrayList<>();
        for (JsonSlices.Slice slice : JsonSlices.ofArray(array.bytes())) {
            RawJson item = new RawJson(Arrays.copyOfRange(array.bytes(), slice.from(), slice.to()));
            items.add(new Item(nameOf(JsonSlices.ofObject(item.bytes())), item));
        }
        return items;
    }

    private static String nameOf(JsonSlices item) {
        return NAMES.stream()
                .flatMap(key -> item.string(key).stream())
                .findFirst()
                .orElse("");
    }
}
