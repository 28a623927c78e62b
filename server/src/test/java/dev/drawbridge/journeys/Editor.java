package dev.drawbridge.journeys;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.drawbridge.testkit.Conversation;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * An editor at the other end of a real {@code drawbridge lsp}: frames over the process's standard input and output
 * (LSP 3.17, base protocol). It keeps the whole conversation; every wait has a deadline and a failed one tells it all.
 */
public final class Editor implements AutoCloseable {
    /** What a thin client declares that shows everything. */
    public static final String THIN = """
        {"experimental":{"mcp":{"version":"1.0","authRequired":true,"authCompleted":true,"statusChanged":true,
        "catalogChanged":true,"progress":true}},"window":{"workDoneProgress":true,"showDocument":{"support":true}}}\
        """;

    /** What an editor declares that can open a page and knows nothing of Drawbridge. */
    public static final String BARE = """
        {"window":{"workDoneProgress":true,"showDocument":{"support":true},
        "showMessage":{"messageActionItem":{"additionalPropertiesSupport":false}}},
        "textDocument":{"publishDiagnostics":{},"codeLens":{}},"workspace":{"codeLens":{"refreshSupport":true}}}\
        """;

    private static final Duration DEADLINE = Duration.ofSeconds(40);

    /** What every editor answers by itself, without asking the person. */
    private static final Set<String> ANSWERED =
            Set.of("window/workDoneProgress/create", "workspace/codeLens/refresh", "client/registerCapability");

    private final String name;
    private final Process process;
    private final List<String> said = new ArrayList<>();
    private final List<JsonObject> received = new ArrayList<>();
    private int nextId = 1;
    private boolean streamEnded;

    public Editor(String name, Process process) {
        this.name = name;
        this.process = process;
        Conversation.add(this::log);
        Thread.ofPlatform().daemon().start(() -> read(new BufferedInputStream(process.getInputStream())));
        Thread.ofPlatform().daemon().start(this::readDiagnostics);
    }

    /** Says hello; the folder is the workspace's. */
    public Editor initialize(String capabilities, Optional<String> folderUri) {
        JsonObject params = new JsonObject();
        params.add("processId", JsonNull.INSTANCE);
        params.add("rootUri", JsonNull.INSTANCE);
        params.add("capabilities", JsonParser.parseString(capabilities));
        JsonObject client = new JsonObject();
        client.addProperty("name", name);
        params.add("clientInfo", client);
        JsonArray folders = new JsonArray();
        folderUri.ifPresent(uri -> {
            JsonObject folder = new JsonObject();
            folder.addProperty("uri", uri);
            folder.addProperty("name", "work");
            folders.add(folder);
        });
        params.add("workspaceFolders", folders);
        result("initialize", params);
        notify("initialized", new JsonObject());
        return this;
    }

    public Process process() {
        return process;
    }

    public void notify(String method, JsonObject params) {
        JsonObject message = new JsonObject();
        message.addProperty("jsonrpc", "2.0");
        message.addProperty("method", method);
        message.add("params", params);
        send(message);
    }

    /** Sends a request and gives its id. */
    public synchronized int begin(String method, JsonObject params) {
        int id = nextId++;
        JsonObject message = new JsonObject();
        message.addProperty("jsonrpc", "2.0");
        message.addProperty("id", id);
        message.addProperty("method", method);
        message.add("params", params);
        send(message);
        return id;
    }

    /** The whole answer: with {@code result} or with {@code error}. */
    public JsonObject answer(int id) {
        return awaitFrom(
                0,
                "an answer to " + id,
                message -> !message.has("method")
                        && message.has("id")
                        && message.get("id").toString().equals(String.valueOf(id)));
    }

    public JsonElement result(String method, JsonObject params) {
        JsonObject answer = answer(begin(method, params));
        if (!answer.has("result")) {
            throw new AssertionError(name + ": " + method + " failed: " + answer);
        }
        return answer.get("result");
    }

    public JsonObject error(String method, JsonObject params) {
        JsonObject answer = answer(begin(method, params));
        if (!answer.has("error")) {
            throw new AssertionError(name + ": " + method + " should have failed: " + answer);
        }
        return answer.getAsJsonObject("error");
    }

    /** An {@code mcp/*} request about one server. */
    public JsonObject ask(String method, String server) {
        return result(method, of("server", server)).getAsJsonObject();
    }

    /** Calls a tool and gives its first text. */
    public String call(String server, String tool, JsonObject arguments) {
        return text(answer(beginCall(server, tool, arguments)));
    }

    public int beginCall(String server, String tool, JsonObject arguments) {
        JsonObject params = of("server", server);
        params.addProperty("name", tool);
        params.add("arguments", arguments);
        return begin("mcp/callTool", params);
    }

    /** The first text of a tool's answer. */
    public static String text(JsonObject answer) {
        if (!answer.has("result")) {
            throw new AssertionError("the call failed: " + answer);
        }
        return answer.getAsJsonObject("result")
                .getAsJsonObject("result")
                .getAsJsonArray("content")
                .get(0)
                .getAsJsonObject()
                .get("text")
                .getAsString();
    }

    /** Runs a command of {@code workspace/executeCommand} with texts as its arguments. */
    public JsonElement execute(String command, String... arguments) {
        JsonObject params = of("command", command);
        JsonArray list = new JsonArray();
        List.of(arguments).forEach(list::add);
        params.add("arguments", list);
        return result("workspace/executeCommand", params);
    }

    /** A message of this method whose parameters fit, received at any time. */
    public JsonObject awaitMessage(String method, Predicate<JsonObject> params) {
        return awaitMessage(0, method, params);
    }

    /** The same, from this place in the conversation on; see {@link #place}. */
    public JsonObject awaitMessage(int from, String method, Predicate<JsonObject> params) {
        return awaitFrom(
                from,
                "a fitting " + method,
                message -> is(message, method) && params.test(message.getAsJsonObject("params")));
    }

    /** Waits until the newest status shows the server in this state, and gives the server. */
    public JsonObject awaitState(String server, String kind) {
        return awaitServer(server, "is " + kind, shown -> stateOf(shown).equals(kind));
    }

    /** Waits until what the newest status says of the server fits. */
    public JsonObject awaitServer(String server, String what, Predicate<JsonObject> wanted) {
        return await(
                "a status in which " + server + " " + what, () -> shown(server).filter(wanted));
    }

    /** The server as the newest status shows it. */
    public synchronized Optional<JsonObject> shown(String server) {
        for (JsonObject message : received.reversed()) {
            if (is(message, "mcp/statusChanged")) {
                for (JsonElement each : message.getAsJsonObject("params").getAsJsonArray("servers")) {
                    if (each.getAsJsonObject().get("name").getAsString().equals(server)) {
                        return Optional.of(each.getAsJsonObject());
                    }
                }
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    public static String stateOf(JsonObject server) {
        return server.getAsJsonObject("state").get("kind").getAsString();
    }

    /** How many messages of this method have come, from this place in the conversation on. */
    public synchronized long count(int from, String method) {
        return received.stream()
                .skip(from)
                .filter(message -> is(message, method))
                .count();
    }

    /** A place in the conversation: the number of messages received so far. */
    public synchronized int place() {
        return received.size();
    }

    /** The person opens a file in it. */
    public void open(Path file) throws IOException {
        JsonObject document = of("uri", file.toUri().toString());
        document.addProperty("languageId", "jsonc");
        document.addProperty("version", 1);
        document.addProperty("text", Files.readString(file));
        notify("textDocument/didOpen", of("textDocument", document));
    }

    /** Asks for the lenses at each refresh, as an editor does, until they are the wanted ones. */
    public void awaitLenses(Path file, List<String> wanted) {
        int asked = place();
        while (!lenses(file).equals(wanted)) {
            awaitMessage(asked, "workspace/codeLens/refresh", params -> true);
            asked = place();
        }
    }

    /** What the lenses over an open file offer. */
    public List<String> lenses(Path file) {
        JsonObject params = of("textDocument", of("uri", file.toUri().toString()));
        return result("textDocument/codeLens", params).getAsJsonArray().asList().stream()
                .map(lens -> lens.getAsJsonObject().getAsJsonObject("command"))
                .map(command -> command.get("title").getAsString())
                .toList();
    }

    public void reply(JsonObject request, JsonElement result) {
        JsonObject message = new JsonObject();
        message.addProperty("jsonrpc", "2.0");
        message.add("id", request.get("id"));
        message.add("result", result);
        send(message);
    }

    /** The person chooses this action of a {@code window/showMessageRequest}. */
    public void choose(JsonObject request, String action) {
        reply(request, of("title", action));
    }

    public static JsonObject of(String member, String value) {
        return of(member, new JsonPrimitive(value));
    }

    public static JsonObject of(String member, JsonElement value) {
        JsonObject object = new JsonObject();
        object.add(member, value);
        return object;
    }

    public synchronized String log() {
        return "--- " + name + " (process " + process.pid() + ")\n" + String.join("\n", said);
    }

    /** The editor goes without a word, and its relay has to follow. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(name + "'s relay outlives its editor\n" + log());
            }
        } catch (IOException alreadyClosed) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }

    /** The first message, from this place in the conversation on, that fits. */
    private JsonObject awaitFrom(int from, String what, Predicate<JsonObject> wanted) {
        return await(what, () -> received.stream().skip(from).filter(wanted).findFirst());
    }

    /** Looks again after each message until something is found. */
    private synchronized <T> T await(String what, Supplier<Optional<T>> look) {
        long end = System.nanoTime() + DEADLINE.toNanos();
        Optional<T> found = look.get();
        while (found.isEmpty()) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0 || streamEnded) {
                throw new AssertionError(
                        name + " waited in vain for " + what + (streamEnded ? " (the relay ended)" : ""));
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
            found = look.get();
        }
        return found.get();
    }

    private static boolean is(JsonObject message, String method) {
        return message.has("method") && message.get("method").getAsString().equals(method);
    }

    private synchronized void send(JsonObject message) {
        said.add("editor:     " + message);
        byte[] body = message.toString().getBytes(StandardCharsets.UTF_8);
        try {
            OutputStream out = process.getOutputStream();
            out.write(("Content-Length: " + body.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            out.write(body);
            out.flush();
        } catch (IOException e) {
            throw new AssertionError(name + "'s relay takes no input any more", e);
        }
    }

    private void read(InputStream in) {
        try {
            while (true) {
                int length = -1;
                for (String line = line(in); !line.isEmpty(); line = line(in)) {
                    if (!line.startsWith("Content-Length: ")) {
                        throw new IOException("something else than the wire on stdout: " + line);
                    }
                    length = Integer.parseInt(line.substring(16));
                }
                String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
                accept(JsonParser.parseString(body).getAsJsonObject(), body);
            }
        } catch (IOException e) {
            synchronized (this) {
                said.add("(the relay's output ended: " + e.getMessage() + ")");
                streamEnded = true;
                notifyAll();
            }
        }
    }

    private synchronized void accept(JsonObject message, String body) {
        said.add("drawbridge: " + body);
        received.add(message);
        notifyAll();
        if (message.has("id")
                && message.has("method")
                && ANSWERED.contains(message.get("method").getAsString())) {
            reply(message, JsonNull.INSTANCE);
        }
    }

    private void readDiagnostics() {
        try (var lines = process.errorReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                synchronized (this) {
                    said.add("stderr:     " + line);
                }
            }
        } catch (IOException e) {
            synchronized (this) {
                said.add("(its standard error ended: " + e.getMessage() + ")");
            }
        }
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new IOException("end of stream" + (line.isEmpty() ? "" : " after " + line));
            }
            if (b != '\r') {
                line.append((char) b);
            }
        }
        return line.toString();
    }
}
