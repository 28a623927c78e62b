package dev.drawbridge.testkit;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A person at a real Chromium with windows of VS Code in it and the pages those open. What is looked for is named by
 * Playwright's selectors; whoever waits waits a minute at most, and what is wrong then is in a screenshot.
 */
public final class VsCodeBrowser implements AutoCloseable {
    /** More than the driver's own minute. */
    private static final Duration DEADLINE = Duration.ofSeconds(90);

    private final ChildProcess process;

    /** Screenshots go to the folder. */
    public VsCodeBrowser(Path screenshots) {
        process = RealParts.node(
                "VS Code's browser",
                Map.of(),
                List.of("vscode.mjs", Browser.executable().toString(), screenshots.toString()));
        try {
            process.await("its start", DEADLINE, line -> line.contains("\"ready\""));
        } catch (Throwable failed) {
            process.close();
            throw failed;
        }
    }

    /** Opens a window of VS Code and waits until it is there. */
    public Page open(String name, URI address) {
        ask(command("open", name, "url", address.toString()));
        return new Page(name);
    }

    /** The page that a window opened meanwhile. */
    public Page popup(String name) {
        JsonObject command = new JsonObject();
        command.addProperty("do", "popup");
        command.addProperty("as", name);
        ask(command);
        return new Page(name);
    }

    /** How many pages windows have opened that nobody has looked at. */
    public int unseen() {
        return ask(command("unseen", "", "", "")).getAsInt();
    }

    /** One window of VS Code, or another page. */
    public final class Page {
        private final String name;

        private Page(String name) {
            this.name = name;
        }

        /** Waits until something can be seen, and gives its text. */
        public String see(String selector) {
            return ask(command("see", name, "selector", selector)).getAsString();
        }

        /** Waits until something cannot be seen any more. */
        public void gone(String selector) {
            ask(command("gone", name, "selector", selector));
        }

        public int count(String selector) {
            return ask(command("count", name, "selector", selector)).getAsInt();
        }

        public List<String> texts(String selector) {
            return ask(command("texts", name, "selector", selector)).getAsJsonArray().asList().stream()
                    .map(JsonElement::getAsString)
                    .toList();
        }

        public void click(String selector) {
            ask(command("click", name, "selector", selector));
        }

        public void hover(String selector) {
            ask(command("hover", name, "selector", selector));
        }

        public void press(String key) {
            ask(command("press", name, "key", key));
        }

        public void type(String text) {
            ask(command("type", name, "text", text));
        }

        /** Runs a command by its title, from the palette. */
        public void run(String title) {
            ask(command("run", name, "title", title));
        }

        /** Signs in under this name wherever the page asks for it; gives what can be read where it ends. */
        public Visited signIn(String user) {
            JsonObject end = ask(command("signIn", name, "user", user)).getAsJsonObject();
            return new Visited(
                    URI.create(end.get("url").getAsString()), end.get("text").getAsString());
        }

        public void screenshot(String file) {
            ask(command("shot", name, "name", file));
        }

        public void close() {
            ask(command("close", name, "", ""));
        }
    }

    /** Where a page ended. */
    public record Visited(URI url, String text) {}

    @Override
    public void close() {
        process.close();
    }

    private static JsonObject command(String deed, String window, String member, String value) {
        JsonObject command = new JsonObject();
        command.addProperty("do", deed);
        command.addProperty("window", window);
        if (!member.isEmpty()) {
            command.addProperty(member, value);
        }
        return command;
    }

    private JsonElement ask(JsonObject command) {
        int before = process.lineCount();
        process.send(command.toString());
        JsonObject answer = JsonParser.parseString(
                        process.awaitFrom(before, "an answer to " + command, DEADLINE, line -> line.startsWith("{")))
                .getAsJsonObject();
        if (answer.has("problem")) {
            throw new AssertionError(answer.get("problem").getAsString() + "\nSee "
                    + answer.get("shot").getAsString() + "\nThe pages' complaints: " + answer.get("complaints"));
        }
        return answer.get("answer");
    }
}
