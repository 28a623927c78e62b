package dev.drawbridge.mcp;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import dev.drawbridge.mcp.json.RawJson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads all pages of one of a server's lists (requirement 131: cursors are opaque, an empty one is valid). */
public final class ListReader {
    private static final int MOST_PAGES = 1_000;
    private static final int MOST_ITEMS = 50_000;

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
                JsonObject body = result.tree().getAsJsonObject();
                collect(body, member, items);
                cursor = nextCursor(body);
            } catch (JsonParseException | IllegalStateException e) {
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

    private static void collect(JsonObject body, String member, List<Item> items) {
        JsonElement page = body.get(member);
        if (page instanceof JsonArray array) {
            for (JsonElement element : array) {
                items.add(new Item(nameOf(element.getAsJsonObject()), RawJson.of(element)));
            }
        } else {
            throw new JsonParseException("no " + member);
        }
    }

    private static String nameOf(JsonObject item) {
        for (String key : List.of("name", "uri", "uriTemplate")) {
            if (item.get(key) instanceof JsonPrimitive value) {
                return value.getAsString();
            }
        }
        return "";
    }

    private static Optional<String> nextCursor(JsonObject body) {
        return body.get("nextCursor") instanceof JsonPrimitive next
                ? Optional.of(next.getAsString())
                : Optional.empty();
    }
}
