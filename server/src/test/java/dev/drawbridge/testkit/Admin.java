package dev.drawbridge.testkit;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** The door for tests that the servers of {@code real-parts} open on a port of its own. */
final class Admin {
    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final URI address;

    Admin(URI address) {
        this.address = address;
    }

    /** Calls an action without anything to tell it. */
    JsonElement call(String action) {
        return call(action, new JsonObject());
    }

    JsonElement call(String action, JsonObject body) {
        HttpRequest request = HttpRequest.newBuilder(address.resolve("/" + action))
                .timeout(DEADLINE)
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build();
        try {
            HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new AssertionError(action + ": " + response.body());
            }
            return JsonParser.parseString(response.body());
        } catch (IOException e) {
            throw new AssertionError("the server does not answer to " + action, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
