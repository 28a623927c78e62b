package dev.drawbridge.protocol.json;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonSyntaxException;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A type's reading and writing, in the shape that Gson wants. */
record ValueAdapter<V>(Function<JsonNode, V> read, Function<V, JsonElement> write) {
    /**
     * The adapter for the type itself or for one case of it: LSP4J writes a value by its run-time class, which for a
     * union is the case.
     */
    <T> TypeAdapter<T> narrowedTo(Class<? super T> wanted, Gson gson) {
        TypeAdapter<JsonElement> elements = gson.getAdapter(JsonElement.class);
        return new TypeAdapter<>() {
            @Override
            @SuppressWarnings("unchecked") // Checked by the class on the line before.
            public @Nullable T read(JsonReader in) throws IOException {
                String path = in.getPath();
                V value = read.apply(new JsonNode(elements.read(in), path));
                if (!wanted.isInstance(value)) {
                    throw new JsonSyntaxException("at " + path + ": expected the case " + wanted.getSimpleName());
                }
                return (T) value;
            }

            @Override
            @SuppressWarnings("unchecked") // The factory hands out this adapter for V and its cases only.
            public void write(JsonWriter out, @Nullable T value) throws IOException {
                if (value == null) {
                    out.nullValue();
                    return;
                }
                // Gson drops members that are null unless told otherwise; in what is carried untouched they count.
                boolean before = out.getSerializeNulls();
                out.setSerializeNulls(true);
                try {
                    elements.write(out, write.apply((V) value));
                } finally {
                    out.setSerializeNulls(before);
                }
            }
        };
    }
}
