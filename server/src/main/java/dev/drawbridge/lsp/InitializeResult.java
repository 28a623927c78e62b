package dev.drawbridge.lsp;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The answer to {@code initialize}. It is the same for every editor and needs no daemon, which is why {@code drawbridge
 * lsp} gives it by itself, from the same resource.
 */
final class InitializeResult {
    private static final String RESOURCE = "initialize-result.json";

    private InitializeResult() {}

    static JsonObject read() {
        try (InputStream in = InitializeResult.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is missing from this build");
            }
            return JsonParser.parseReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .getAsJsonObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
