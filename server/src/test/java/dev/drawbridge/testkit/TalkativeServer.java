package dev.drawbridge.testkit;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/**
 * An MCP server on the official TypeScript SDK, without OAuth, whose every message names whom it is for. Tools:
 * {@code work}, {@code ask}, {@code sample}, {@code roots}, {@code log}, {@code touch}, {@code echo}, {@code large}.
 */
public final class TalkativeServer implements AutoCloseable {
    private static final Duration START_DEADLINE = Duration.ofSeconds(30);

    private final ChildProcess process;
    private final JsonObject address;
    private final Admin admin;

    public TalkativeServer() {
        this(Map.of());
    }

    /** One that takes the place of another, which has ended. */
    public static TalkativeServer at(URI url) {
        return new TalkativeServer(Map.of("PORT", String.valueOf(url.getPort())));
    }

    private TalkativeServer(Map<String, String> environment) {
        process = RealParts.node("talkative server", environment, List.of("talkative-server.mjs"));
        try {
            address = JsonParser.parseString(
                            process.await("its address", START_DEADLINE, line -> line.startsWith("{\"url\"")))
                    .getAsJsonObject();
        } catch (Throwable failed) {
            process.close();
            throw failed;
        }
        admin = new Admin(URI.create(address.get("admin").getAsString()));
    }

    public URI url() {
        return URI.create(address.get("url").getAsString());
    }

    /** Sessions that are open now. */
    public int sessions() {
        return counts().get("sessions").getAsInt();
    }

    /** Sessions that were ever opened. */
    public int initializes() {
        return counts().get("initialize").getAsInt();
    }

    /** For whom {@code work} has begun, in order. */
    public List<String> begun() {
        return texts("begun");
    }

    /** For whom {@code work} ended by cancellation. */
    public List<String> cancelled() {
        return texts("cancelled");
    }

    /** The resources that a session began to watch, in order. */
    public List<String> subscriptions() {
        return texts("subscriptions");
    }

    /** The log levels that were set, in order. */
    public List<String> levels() {
        return texts("levels");
    }

    @Override
    public void close() {
        process.close();
    }

    private JsonObject counts() {
        return admin.call("counts").getAsJsonObject();
    }

    private List<String> texts(String member) {
        return StreamSupport.stream(counts().getAsJsonArray(member).spliterator(), false)
                .map(JsonElement::getAsString)
                .toList();
    }
}
