package dev.drawbridge.hosts;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.drawbridge.journeys.Desk;
import dev.drawbridge.testkit.Conversation;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * An AI host at the other end of a real {@code drawbridge proxy}: MCP over the process's standard input and output, in
 * either era. It keeps the whole conversation; every wait has a deadline, and a line that is no message fails the test.
 */
final class Host implements AutoCloseable {
    /** How a host begins and what its requests carry. */
    enum Era {
        /** {@code initialize}, then requests of one session. */
        INITIALIZE,
        /** 2026-07-28: every request says who sends it. */
        STATELESS
    }

    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final int SHOWN = 2_000;
    private static final String PREFIX = "io.modelcontextprotocol/";

    private final String name;
    private final Era era;
    private final Process process;
    private final List<String> said = new ArrayList<>();
    private final List<JsonObject> received = new ArrayList<>();
    private final List<String> strays = new ArrayList<>();
    private JsonObject capabilities = new JsonObject();
    private Function<JsonObject, Optional<JsonElement>> answers = request -> Optional.empty();
    private String logLevel = "";
    private int nextId = 1;
    private boolean streamEnded;

    private Host(String name, Era era, Process process) {
        this.name = name;
        this.era = era;
        this.process = process;
        Conversation.add(this::log);
    }

    /** Starts {@code drawbridge proxy} with these arguments, as a host's configuration does. */
    static Host start(Desk desk, String name, Era era, String... arguments) {
        return start(desk, name, era, Map.of(), List.of(arguments));
    }

    /** The same with variables that the configuration adds to the environment. */
    static Host start(Desk desk, String name, Era era, Map<String, String> environment, List<String> arguments) {
        Host host = silent(desk, name, era, environment, arguments);
        Thread.ofPlatform().daemon().start(() -> host.read(new BufferedInputStream(host.process.getInputStream())));
        return host;
    }

    /** One that does not read what it is told, until {@link #listen}. */
    static Host silent(Desk desk, String name, Era era, Map<String, String> environment, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(Desk.launcher(), "proxy"));
        command.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(desk.home().root().toFile());
        builder.environment().clear();
        builder.environment().putAll(desk.home().environment());
        builder.environment().putAll(environment);
        try {
            Host host = new Host(name, era, builder.start());
            Thread.ofPlatform().daemon().start(host::readDiagnostics);
            return host;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Begins to read. */
    void listen() {
        Thread.ofPlatform().daemon().start(() -> read(new BufferedInputStream(process.getInputStream())));
    }

    /** What it declares to be able to do; before {@link #greet}. */
    Host able(String json) {
        capabilities = JsonParser.parseString(json).getAsJsonObject();
        return this;
    }

    /** How it answers a server's questions; what is not answered here waits for {@link #reply}. */
    synchronized Host answering(Function<JsonObject, Optional<JsonElement>> how) {
        answers = how;
        return this;
    }

    /** Says hello in its era's way and gives the server's introduction. */
    JsonObject greet() {
        JsonObject introduction = answer(beginGreeting()).getAsJsonObject("result");
        greeted();
        return introduction;
    }

    int beginGreeting() {
        if (era == Era.STATELESS) {
            return begin("server/discover", new JsonObject());
        }
        JsonObject params = new JsonObject();
        params.addProperty("protocolVersion", "2025-11-25");
        params.add("capabilities", capabilities);
        params.add("clientInfo", info());
        return begin("initialize", params);
    }

    void greeted() {
        if (era == Era.INITIALIZE) {
            notify("notifications/initialized", new JsonObject());
        }
    }

    Process process() {
        return process;
    }

    String name() {
        return name;
    }

    void notify(String method, JsonObject params) {
        JsonObject message = new JsonObject();
        message.addProperty("jsonrpc", "2.0");
        message.addProperty("method", method);
        message.add("params", params);
        send(message);
    }

    /** Sends a request and gives its id. */
    synchronized int begin(String method, JsonObject params) {
        int id = nextId++;
        JsonObject message = new JsonObject();
        message.addProperty("jsonrpc", "2.0");
        message.addProperty("id", id);
        message.addProperty("method", method);
        message.add("params", described(params));
        send(message);
        return id;
    }

    /** The whole answer: with {@code result} or with {@code error}. */
    JsonObject answer(int id) {
        return awaitFrom(0, "an answer to " + id, message -> isAnswer(message, id));
    }

    synchronized boolean isAnswered(int id) {
        return received.stream().anyMatch(message -> isAnswer(message, id));
    }

    JsonObject result(String method, JsonObject params) {
        JsonObject answer = answer(begin(method, params));
        if (!answer.has("result")) {
            throw new AssertionError(name + ": " + method + " failed: " + answer);
        }
        return answer.getAsJsonObject("result");
    }

    JsonObject error(String method, JsonObject params) {
        JsonObject answer = answer(begin(method, params));
        if (!answer.has("error")) {
            throw new AssertionError(name + ": " + method + " should have failed: " + answer);
        }
        return answer.getAsJsonObject("error");
    }

    int beginCall(String tool, JsonObject arguments) {
        JsonObject params = of("name", tool);
        params.add("arguments", arguments);
        return begin("tools/call", params);
    }

    /** The same, with a token under which it wants to hear of progress. */
    int beginCall(String tool, JsonObject arguments, String progressToken) {
        JsonObject params = of("name", tool);
        params.add("arguments", arguments);
        params.add("_meta", of("progressToken", progressToken));
        return begin("tools/call", params);
    }

    /** Calls a tool and gives its first text; questions on the way are answered as in {@link #answering}. */
    String call(String tool, JsonObject arguments) {
        JsonObject params = of("name", tool);
        params.add("arguments", arguments);
        JsonObject answer = answer(begin("tools/call", params));
        while (wantsInput(answer)) {
            JsonObject asked = answer.getAsJsonObject("result");
            JsonObject responses = new JsonObject();
            asked.getAsJsonObject("inputRequests")
                    .entrySet()
                    .forEach(question -> responses.add(
                            question.getKey(),
                            answers.apply(question.getValue().getAsJsonObject()).orElseThrow()));
            params.add("inputResponses", responses);
            params.add("requestState", asked.get("requestState"));
            answer = answer(begin("tools/call", params));
        }
        return text(answer);
    }

    private static boolean wantsInput(JsonObject answer) {
        return answer.has("result")
                && answer.getAsJsonObject("result").has("resultType")
                && answer.getAsJsonObject("result")
                        .get("resultType")
                        .getAsString()
                        .equals("input_required");
    }

    /** The first text of a tool's answer. */
    static String text(JsonObject answer) {
        if (!answer.has("result")) {
            throw new AssertionError("the call failed: " + answer);
        }
        return answer.getAsJsonObject("result")
                .getAsJsonArray("content")
                .get(0)
                .getAsJsonObject()
                .get("text")
                .getAsString();
    }

    /** The names of the tools that are listed. */
    List<String> tools() {
        return result("tools/list", new JsonObject()).getAsJsonArray("tools").asList().stream()
                .map(tool -> tool.getAsJsonObject().get("name").getAsString())
                .toList();
    }

    /** From which level on it wants to hear what the server logs, said in its era's way. */
    void hear(String level) {
        logLevel = level;
        if (era == Era.INITIALIZE) {
            result("logging/setLevel", of("level", level));
        }
    }

    /** Watches a resource, in its era's way; what was asked for has to be known to the server before anything happens. */
    void watch(String uri) {
        if (era == Era.INITIALIZE) {
            result("resources/subscribe", of("uri", uri));
            return;
        }
        JsonArray uris = new JsonArray();
        uris.add(uri);
        begin("subscriptions/listen", of("notifications", of("resourceSubscriptions", uris)));
    }

    /** Begins to listen for changed lists, which a host of the other era hears unasked. */
    void listenForLists() {
        if (era == Era.STATELESS) {
            JsonObject wanted = new JsonObject();
            wanted.addProperty("toolsListChanged", true);
            begin("subscriptions/listen", of("notifications", wanted));
        }
    }

    void reply(JsonObject request, JsonElement result) {
        JsonObject message = new JsonObject();
        message.addProperty("jsonrpc", "2.0");
        message.add("id", request.get("id"));
        message.add("result", result);
        send(message);
    }

    /** A message of this method whose parameters fit, from this place in the conversation on; see {@link #place}. */
    JsonObject awaitMessage(int from, String method, Predicate<JsonObject> params) {
        return awaitFrom(from, "a fitting " + method, message -> is(message, method) && params.test(params(message)));
    }

    synchronized int place() {
        return received.size();
    }

    /** How many messages of this method came, from this place on. */
    synchronized long count(int from, String method) {
        return received.stream()
                .skip(from)
                .filter(message -> is(message, method))
                .count();
    }

    /** Every message so far that fits. */
    synchronized List<JsonObject> all(Predicate<JsonObject> wanted) {
        return received.stream().filter(wanted).toList();
    }

    static boolean is(JsonObject message, String method) {
        return message.has("method") && message.get("method").getAsString().equals(method);
    }

    static JsonObject params(JsonObject message) {
        return message.has("params") ? message.getAsJsonObject("params") : new JsonObject();
    }

    static JsonObject of(String member, String value) {
        return of(member, new JsonPrimitive(value));
    }

    static JsonObject of(String member, JsonElement value) {
        JsonObject object = new JsonObject();
        object.add(member, value);
        return object;
    }

    static JsonObject message(String text) {
        return of("message", text);
    }

    /** The arguments of the talkative server's {@code work}. */
    static JsonObject work(String who, int steps, int millis) {
        JsonObject arguments = of("who", who);
        arguments.addProperty("steps", steps);
        arguments.addProperty("millis", millis);
        return arguments;
    }

    /** Takes a request back. */
    void cancel(int id) {
        notify("notifications/cancelled", of("requestId", new JsonPrimitive(id)));
    }

    /** Sends bytes as they are. */
    void sendRaw(byte[] bytes) {
        try {
            OutputStream out = process.getOutputStream();
            out.write(bytes);
            out.flush();
        } catch (IOException e) {
            throw new AssertionError(name + "'s relay takes no input any more\n" + log(), e);
        }
    }

    synchronized String log() {
        return "--- " + name + " (process " + process.pid() + ")\n" + String.join("\n", said);
    }

    synchronized List<String> diagnostics() {
        return said.stream()
                .filter(line -> line.startsWith("stderr:     "))
                .map(line -> line.substring(12))
                .toList();
    }

    /** The host goes without a word, its relay has to follow, and nothing but messages ever came from it. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(name + "'s relay outlives its host\n" + log());
            }
        } catch (IOException alreadyClosed) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
        synchronized (this) {
            if (!strays.isEmpty()) {
                throw new AssertionError(name + " got something else than the wire: " + strays);
            }
        }
    }

    private JsonObject described(JsonObject params) {
        if (era == Era.INITIALIZE) {
            return params;
        }
        JsonObject described = params.deepCopy();
        JsonObject meta = described.has("_meta") ? described.getAsJsonObject("_meta") : new JsonObject();
        meta.addProperty(PREFIX + "protocolVersion", "2026-07-28");
        meta.add(PREFIX + "clientInfo", info());
        meta.add(PREFIX + "clientCapabilities", capabilities);
        if (!logLevel.isEmpty()) {
            meta.addProperty(PREFIX + "logLevel", logLevel);
        }
        described.add("_meta", meta);
        return described;
    }

    private JsonObject info() {
        JsonObject info = of("name", name);
        info.addProperty("version", "1.0");
        return info;
    }

    private static boolean isAnswer(JsonObject message, int id) {
        return !message.has("method")
                && message.has("id")
                && message.get("id").toString().equals(String.valueOf(id));
    }

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

    private synchronized void send(JsonObject message) {
        say("host:       " + message);
        sendRaw((message + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private void say(String line) {
        said.add(line.length() > SHOWN ? line.substring(0, SHOWN) + "… (" + line.length() + ")" : line);
    }

    private void read(InputStream in) {
        try {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int b = in.read(); b >= 0; b = in.read()) {
                if (b == '\n') {
                    accept(line.toString(StandardCharsets.UTF_8));
                    line.reset();
                } else {
                    line.write(b);
                }
            }
            if (line.size() > 0) {
                accept(line.toString(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            synchronized (this) {
                say("(reading failed: " + e.getMessage() + ")");
            }
        }
        synchronized (this) {
            say("(the relay's output ended)");
            streamEnded = true;
            notifyAll();
        }
    }

    private synchronized void accept(String line) {
        say("drawbridge: " + line);
        JsonObject message;
        try {
            message = JsonParser.parseString(line).getAsJsonObject();
            if (!message.get("jsonrpc").getAsString().equals("2.0")) {
                throw new JsonParseException("not JSON-RPC 2.0");
            }
        } catch (RuntimeException e) {
            strays.add(line);
            return;
        }
        received.add(message);
        notifyAll();
        if (message.has("id") && message.has("method")) {
            answers.apply(message).ifPresent(result -> reply(message, result));
        }
    }

    private void readDiagnostics() {
        try (var lines = process.errorReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                synchronized (this) {
                    say("stderr:     " + line);
                    notifyAll();
                }
            }
        } catch (IOException e) {
            synchronized (this) {
                say("(its standard error ended: " + e.getMessage() + ")");
            }
        }
    }
}
