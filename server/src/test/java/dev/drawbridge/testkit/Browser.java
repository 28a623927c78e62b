package dev.drawbridge.testkit;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A person at a real Chromium: opens an address, signs in and consents wherever asked, and reads the last page. */
public final class Browser implements AutoCloseable {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");

    private final ChildProcess process;

    /**
     * Where a visit ended.
     *
     * @param url the last page's address
     * @param text what can be read on the last page
     * @param navigations how many pages were loaded on the way
     * @param hosts every host, with its port, that this browser has asked for anything so far
     */
    public record Visit(URI url, String title, String text, int navigations, List<String> hosts) {}

    public Browser() {
        process = RealParts.node(
                "browser", Map.of(), List.of("browser.mjs", executable().toString()));
        try {
            process.await("its start", DEADLINE, line -> line.contains("\"ready\""));
        } catch (Throwable failed) {
            process.close();
            throw failed;
        }
    }

    /** Opens an address and signs in under this name if asked to. */
    public Visit visit(URI address, String user) {
        JsonObject command = new JsonObject();
        command.addProperty("open", address.toString());
        command.addProperty("user", user);
        JsonObject page = ask(command);
        if (page.has("problem")) {
            throw new AssertionError("The browser did not get through " + address + ": " + page + "\n" + process.log());
        }
        List<String> hosts = StreamSupport.stream(page.getAsJsonArray("hosts").spliterator(), false)
                .map(JsonElement::getAsString)
                .toList();
        return new Visit(
                URI.create(page.get("url").getAsString()),
                page.get("title").getAsString(),
                page.get("text").getAsString(),
                page.get("navigations").getAsInt(),
                hosts);
    }

    /** Forgets every cookie, so that the next visit signs in anew. */
    public void forget() {
        JsonObject command = new JsonObject();
        command.addProperty("forget", true);
        ask(command);
    }

    @Override
    public void close() {
        process.close();
    }

    private JsonObject ask(JsonObject command) {
        int before = process.lineCount();
        process.send(command.toString());
        return JsonParser.parseString(process.awaitFrom(before, "an answer", DEADLINE, line -> line.startsWith("{")))
                .getAsJsonObject();
    }

    static Path executable() {
        String path = System.getenv().getOrDefault("PATH", "/usr/bin");
        return Stream.of(path.split(":"))
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new AssertionError("The end-to-end tests need Chromium on the PATH; install it."));
    }
}
