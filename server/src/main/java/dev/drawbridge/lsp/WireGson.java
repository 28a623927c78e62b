package dev.drawbridge.lsp;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import dev.drawbridge.mcp.json.RawJson;
import dev.drawbridge.protocol.json.ProtocolAdapters;
import java.io.IOException;

/** How values of ours that go over the wire are written, besides LSP4J's own. */
final class WireGson {
    private WireGson() {}

    private static final Gson GSON = gsonWithAdapters();

    /** For parts of messages; whole messages are LSP4J's, which {@link #configure} teaches the same. */
    static Gson gson() {
        return GSON;
    }

    private static Gson gsonWithAdapters() {
        GsonBuilder builder = new GsonBuilder();
        configure(builder);
        return builder.create();
    }

    static void configure(GsonBuilder gson) {
        gson.disableHtmlEscaping();
        gson.registerTypeAdapterFactory(new ProtocolAdapters());
        gson.registerTypeAdapter(RawJson.class, new RawJsonAdapter());
    }

    /** Writes bytes that are JSON already as they are: what a server answered is carried, not decoded. */
    private static final class RawJsonAdapter extends TypeAdapter<RawJson> {
        @Override
        public void write(JsonWriter out, RawJson value) throws IOException {
            out.jsonValue(value.text());
        }

        @Override
        public RawJson read(JsonReader in) throws IOException {
            return RawJson.of(com.google.gson.JsonParser.parseReader(in));
        }
    }
}
