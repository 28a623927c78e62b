package dev.drawbridge.hosts;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.drawbridge.journeys.Desk;
import dev.drawbridge.testkit.ChildProcess;
import dev.drawbridge.testkit.RealParts;
import java.time.Duration;
import java.util.List;

/** An AI host that nobody here wrote: the official TypeScript SDK's client with its own stdio transport. */
final class OfficialHost implements AutoCloseable {
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final ChildProcess process;
    private int nextOrder = 1;

    /**
     * Starts one, which starts {@code drawbridge proxy} itself.
     *
     * @param generation 1 for the package of the {@code initialize} family, 2 for that of 2026-07-28
     */
    OfficialHost(Desk desk, int generation, String... arguments) {
        JsonObject settings = new JsonObject();
        settings.addProperty("sdk", generation);
        settings.addProperty("command", Desk.launcher());
        JsonArray args = new JsonArray();
        args.add("proxy");
        List.of(arguments).forEach(args::add);
        settings.add("args", args);
        settings.add("env", new Gson().toJsonTree(desk.home().environment()));
        process = ChildProcess.start(
                "official host " + generation,
                RealParts.folder(),
                desk.home().environment(),
                List.of("node", "official-host.mjs", settings.toString()));
    }

    /** What it tells once it is connected: the server's name and version, and the protocol's. */
    JsonObject awaitConnected() {
        return awaitEvent(0, "connected");
    }

    JsonObject awaitEvent(int from, String event) {
        return parse(process.awaitFrom(from, event, DEADLINE, line -> line.startsWith("{\"event\":\"" + event + "\"")));
    }

    /** How many lines it has printed, to wait for what comes after. */
    int place() {
        return process.lineCount();
    }

    List<String> tools() {
        return result(order("tools", "", new JsonObject())).getAsJsonArray("tools").asList().stream()
                .map(JsonElement::getAsString)
                .toList();
    }

    /** Calls a tool to its end and gives the whole result. */
    JsonObject call(String tool, JsonObject arguments) {
        return result(order("call", tool, arguments));
    }

    /** The same, when it has to fail. */
    JsonObject error(String order, String tool, JsonObject arguments) {
        return answer(order(order, tool, arguments)).getAsJsonObject("error");
    }

    static String text(JsonObject result) {
        return result.getAsJsonArray("content")
                .get(0)
                .getAsJsonObject()
                .get("text")
                .getAsString();
    }

    @Override
    public void close() {
        process.close();
    }

    private int order(String what, String tool, JsonObject arguments) {
        int id = nextOrder++;
        JsonObject order = new JsonObject();
        order.addProperty("id", id);
        order.addProperty("do", what);
        order.addProperty("name", tool);
        order.add("arguments", arguments);
        process.send(order.toString());
        return id;
    }

    private JsonObject answer(int order) {
        return parse(process.await(
                "an end of order " + order, DEADLINE, line -> line.startsWith("{\"order\":" + order + ",")));
    }

    private JsonObject result(int order) {
        JsonObject answer = answer(order);
        if (!answer.has("result")) {
            throw new AssertionError("the host's SDK failed: " + answer + "\n" + process.log());
        }
        return answer.getAsJsonObject("result");
    }

    private static JsonObject parse(String line) {
        return JsonParser.parseString(line).getAsJsonObject();
    }
}
