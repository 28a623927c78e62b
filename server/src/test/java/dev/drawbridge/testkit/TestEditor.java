package dev.drawbridge.testkit;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

/**
 * A thin client in a test's hands: JSON-RPC over a real {@code drawbridge lsp}. It remembers the whole conversation, for
 * waiting on notifications and for the report of a failing test.
 */
public final class TestEditor implements AutoCloseable {
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final String name;
    private final Process process;
    private final AtomicInteger ids = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonObject>> answers = new ConcurrentHashMap<>();
    private final List<String> conversation = new ArrayList<>();
    private final List<JsonObject> heard = new ArrayList<>();

    TestEditor(String name, Process process) {
        this.name = name;
        this.process = process;
        Conversation.add(this::log);
        Thread.ofPlatform().daemon().start(this::read);
        Thread.ofPlatform().daemon().start(this::readErrors);
        JsonObject mcp = JsonParser.parseString("{\"version\":\"1.0\",\"authRequired\":true,\"authCompleted\":true,"
                        + "\"statusChanged\":true,\"catalogChanged\":true,\"progress\":true}")
                .getAsJsonObject();
        JsonObject params = object("capabilities", object("experimental", object("mcp", mcp)));
        params.add("clientInfo", with("name", name));
        request("initialize", params);
        send(message("initialized", new JsonObject()));
    }

    /** Sends a request and gives its result; an error fails the test. */
    public JsonElement request(String method, JsonObject params) {
        JsonObject answer = join(method, begin(method, params));
        if (answer.has("error")) {
            throw new AssertionError(method + " was answered with " + answer.get("error") + "\n" + log());
        }
        return answer.get("result");
    }

    /** Sends a request that is to be answered with an error, and gives the error. */
    public JsonObject refused(String method, JsonObject params) {
        JsonObject answer = join(method, begin(method, params));
        if (!answer.has("error")) {
            throw new AssertionError(method + " was answered with a result: " + answer + "\n" + log());
        }
        return answer.getAsJsonObject("error");
    }

    /** Sends a request and does not wait; the answer is the whole JSON-RPC response. */
    public CompletableFuture<JsonObject> begin(String method, JsonObject params) {
        int id = ids.incrementAndGet();
        CompletableFuture<JsonObject> answer = new CompletableFuture<>();
        answers.put(id, answer);
        JsonObject message = message(method, params);
        message.addProperty("id", id);
        send(message);
        return answer;
    }

    /** Calls a tool and gives its result's first text. */
    public String call(String server, String tool, String arguments) {
        return textOf(request("mcp/callTool", callParams(server, tool, arguments)));
    }

    public static JsonObject callParams(String server, String tool, String arguments) {
        JsonObject params = with("server", server);
        params.addProperty("name", tool);
        params.add("arguments", JsonParser.parseString(arguments));
        return params;
    }

    public static String textOf(JsonElement callResult) {
        return callResult
                .getAsJsonObject()
                .getAsJsonObject("result")
                .getAsJsonArray("content")
                .get(0)
                .getAsJsonObject()
                .get("text")
                .getAsString();
    }

    /** Begins a sign-in as a click on Authenticate does. */
    public JsonObject authenticate(String server) {
        return request("mcp/authenticate", with("server", server)).getAsJsonObject();
    }

    /** Waits until the server is in this state, by what the editor was told; states before this call count too. */
    public JsonObject awaitState(String server, String kind) {
        return await("state " + kind + " of " + server, 0, message -> latestIs(server, kind));
    }

    /** Waits for a notification among all that came since the beginning. */
    public JsonObject await(String method, Predicate<JsonObject> wanted) {
        return awaitFrom(0, method, wanted);
    }

    /** Waits for a notification among those from this number on. */
    public JsonObject awaitFrom(int first, String method, Predicate<JsonObject> wanted) {
        return await(
                method,
                first,
                message -> method.equals(message.get("method").getAsString())
                        && wanted.test(message.getAsJsonObject("params")));
    }

    /** How many notifications have come. */
    public synchronized int heard() {
        return heard.size();
    }

    /** How often a notification has come from this number on. */
    public synchronized long count(int first, String method) {
        return heard.subList(first, heard.size()).stream()
                .filter(message -> method.equals(message.get("method").getAsString()))
                .count();
    }

    public static JsonObject with(String member, String value) {
        JsonObject object = new JsonObject();
        object.addProperty(member, value);
        return object;
    }

    public Process process() {
        return process;
    }

    public synchronized String log() {
        return "--- editor " + name + " (process " + process.pid() + ")\n" + String.join("\n", conversation) + "\n";
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }

    private synchronized JsonObject await(String what, int first, Predicate<JsonObject> wanted) {
        long end = System.nanoTime() + DEADLINE.toNanos();
        for (int next = first; ; next++) {
            while (next >= heard.size()) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (left <= 0) {
                    throw new AssertionError(name + " was not told within " + DEADLINE + ": " + what + "\n" + log());
                }
                try {
                    wait(left);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new AssertionError(e);
                }
            }
            if (wanted.test(heard.get(next))) {
                return heard.get(next).getAsJsonObject("params");
            }
        }
    }

    /** Guarded by this object: what the newest notification that tells of the server says. */
    private boolean latestIs(String server, String kind) {
        for (JsonObject message : heard.reversed()) {
            String method = message.get("method").getAsString();
            if (method.equals("mcp/statusChanged") || method.equals("mcp/authRequired")) {
                for (JsonElement each : message.getAsJsonObject("params").getAsJsonArray("servers")) {
                    if (each.getAsJsonObject().get("name").getAsString().equals(server)) {
                        return each.getAsJsonObject()
                                .getAsJsonObject("state")
                                .get("kind")
                                .getAsString()
                                .equals(kind);
                    }
                }
            }
        }
        return false;
    }

    private JsonObject join(String method, CompletableFuture<JsonObject> answer) {
        try {
            return answer.get(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new AssertionError(method + " was not answered\n" + log(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private void send(JsonObject message) {
        byte[] body = message.toString().getBytes(StandardCharsets.UTF_8);
        OutputStream out = process.getOutputStream();
        try {
            synchronized (out) {
                out.write(("Content-Length: " + body.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
                out.write(body);
                out.flush();
            }
        } catch (IOException e) {
            throw new AssertionError("drawbridge lsp takes no messages any more\n" + log(), e);
        }
        note("→ " + message);
    }

    private synchronized void note(String line) {
        conversation.add(line.length() > 2_000 ? line.substring(0, 2_000) + "…" : line);
    }

    private void read() {
        try (InputStream in = new BufferedInputStream(process.getInputStream())) {
            while (true) {
                String body = new String(frame(in), StandardCharsets.UTF_8);
                note("← " + body);
                accept(JsonParser.parseString(body).getAsJsonObject());
            }
        } catch (IOException ended) {
            note("(" + ended.getMessage() + ")");
            answers.values().forEach(answer -> answer.completeExceptionally(ended));
        }
    }

    private void readErrors() {
        try {
            process.errorReader(StandardCharsets.UTF_8).lines().forEach(line -> note("! " + line));
        } catch (UncheckedIOException ended) {
            note("(" + ended.getMessage() + ")");
        }
    }

    private static byte[] frame(InputStream in) throws IOException {
        int length = -1;
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); ; c = in.read()) {
            if (c < 0) {
                throw new EOFException("drawbridge lsp has closed its output");
            }
            if (c != '\n') {
                line.append((char) c);
            } else if (line.toString().isBlank()) {
                return in.readNBytes(length);
            } else {
                String header = line.toString().strip();
                line.setLength(0);
                if (!header.startsWith("Content-Length: ")) {
                    throw new IOException("not the wire: " + header);
                }
                length = Integer.parseInt(header.substring("Content-Length: ".length()));
            }
        }
    }

    private void accept(JsonObject message) {
        if (!message.has("method")) {
            CompletableFuture<JsonObject> answer =
                    answers.remove(message.get("id").getAsInt());
            if (answer != null) {
                answer.complete(message);
            }
        } else if (message.has("id")) {
            JsonObject reply = new JsonObject();
            reply.addProperty("jsonrpc", "2.0");
            reply.add("id", message.get("id"));
            reply.add("result", JsonNull.INSTANCE);
            send(reply);
        } else {
            synchronized (this) {
                heard.add(message);
                notifyAll();
            }
        }
    }

    private static JsonObject message(String method, JsonObject params) {
        JsonObject message = new JsonObject();
        message.addProperty("jsonrpc", "2.0");
        message.addProperty("method", method);
        message.add("params", params);
        return message;
    }

    private static JsonObject object(String member, JsonObject value) {
        JsonObject object = new JsonObject();
        object.add(member, value);
        return object;
    }

    /** The names of the tools in a result of {@code mcp/listTools}. */
    public static List<String> toolNames(JsonElement result) {
        return StreamSupport.stream(
                        result.getAsJsonObject().getAsJsonArray("tools").spliterator(), false)
                .map(tool -> tool.getAsJsonObject().get("name").getAsString())
                .toList();
    }
}
