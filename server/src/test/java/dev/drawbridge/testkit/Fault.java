package dev.drawbridge.testkit;

import com.google.gson.JsonObject;
import java.time.Duration;

/** What a server of {@code real-parts} shall do to the next requests for a path, instead of answering them. */
public record Fault(String path, int times, JsonObject effect) {
    /** Answers with a status and this body. */
    public static Fault status(String path, int times, int status, String body) {
        JsonObject effect = new JsonObject();
        effect.addProperty("status", status);
        effect.addProperty("body", body);
        return new Fault(path, times, effect);
    }

    /** Answers as always, but later. */
    public static Fault delay(String path, int times, Duration delay) {
        JsonObject effect = new JsonObject();
        effect.addProperty("delayMillis", delay.toMillis());
        return new Fault(path, times, effect);
    }

    /** Takes the request and never answers. */
    public static Fault hang(String path, int times) {
        JsonObject effect = new JsonObject();
        effect.addProperty("hang", true);
        return new Fault(path, times, effect);
    }

    /** Closes the connection at once. */
    public static Fault reset(String path, int times) {
        JsonObject effect = new JsonObject();
        effect.addProperty("reset", true);
        return new Fault(path, times, effect);
    }

    JsonObject order() {
        JsonObject order = effect.deepCopy();
        order.addProperty("path", path);
        order.addProperty("times", times);
        return order;
    }
}
