package dev.drawbridge.lsp;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.drawbridge.hub.Hub;
import dev.drawbridge.hub.SessionContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * An editor made of raw frames, so that a test can send what no library would. Keeps the whole conversation, and every
 * failed wait tells it.
 */
final class WireEditor implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final OutputStream toServer;
    private final Thread server;
    private final List<String> conversation = new ArrayList<>();
    private final List<JsonObject> received = new ArrayList<>();
    private int nextId = 1;
    private boolean ended;

    private WireEditor(OutputStream toServer, InputStream fromServer, Thread server) {
        this.toServer = toServer;
        this.server = server;
        Thread.ofVirtual().start(() -> read(fromServer));
    }

    static WireEditor connect(Hub hub) throws IOException {
        return connect(hub, Map.of());
    }

    static WireEditor connect(Hub hub, Map<String, String> environment) throws IOException {
        Pipe up = Pipe.open();
        Pipe down = Pipe.open();
        InputStream serverIn = Channels.newInputStream(up.source());
        OutputStream serverOut = Channels.newOutputStream(down.sink());
        Thread server = Thread.ofVirtual().start(() -> {
            new LspFace(hub).serve(serverIn, serverOut, new SessionContext("test", environment, List.of()));
            closeQuietly(serverOut);
            closeQuietly(serverIn);
        });
        return new WireEditor(Channels.newOutputStream(up.sink()), Channels.newInputStream(down.source()), server);
    }

    private static void closeQuietly(AutoCloseable stream) {
        try {
            stream.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Says hello with these capabilities (a JSON object) and waits for the answer. */
    WireEditor initialized(String capabilities) {
        request(
                "initialize",
                "{\"processId\":null,\"rootUri\":null,\"capabilities\":" + capabilities
                        + ",\"clientInfo\":{\"name\":\"Testeditor\",\"version\":\"1.2\"}}");
        notify("initialized", "{}");
        return this;
    }

    void sendRaw(String text) {
        synchronized (this) {
            conversation.add("editor sends raw  " + text);
        }
        try {
            toServer.write(text.getBytes(StandardCharsets.UTF_8));
            toServer.flush();
        } catch (IOException e) {
            throw new AssertionError("cannot send\n" + conversation(), e);
        }
    }

    /** A frame with this body, whatever it is. */
    void send(String body) {
        sendRaw("Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body);
    }

    void notify(String method, String params) {
        send("{\"jsonrpc\":\"2.0\",\"method\":\"" + method + "\",\"params\":" + params + "}");
    }

    /** Sends a request and gives its id. */
    int begin(String method, String params) {
        int id = nextId++;
        send("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":" + params + "}");
        return id;
    }

    JsonObject answer(int id) {
        return await(
                "an answer to " + id,
                message -> !message.has("method")
                        && message.has("id")
                        && message.get("id").toString().equals(String.valueOf(id)));
    }

    /** Sends a request, waits, and gives the whole answer: with {@code result} or with {@code error}. */
    JsonObject request(String method, String params) {
        return answer(begin(method, params));
    }

    JsonElement result(String method, String params) {
        JsonObject answer = request(method, params);
        if (!answer.has("result")) {
            throw new AssertionError(method + " failed: " + answer + "\n" + conversation());
        }
        return answer.get("result");
    }

    JsonObject error(String method, String params) {
        JsonObject answer = request(method, params);
        if (!answer.has("error")) {
            throw new AssertionError(method + " should have failed: " + answer + "\n" + conversation());
        }
        return answer.getAsJsonObject("error");
    }

    /** The next error answer, whatever it answers. */
    JsonObject takeError() {
        return await("an error", message -> message.has("error"));
    }

    /** The next message of that method, taken out of what was received. */
    JsonObject take(String method) {
        return await("a " + method, message -> is(message, method));
    }

    JsonObject take(String method, Predicate<JsonObject> params) {
        return await("a fitting " + method, message -> is(message, method) && params.test(params(message)));
    }

    static JsonObject params(JsonObject message) {
        return message.getAsJsonObject("params");
    }

    void reply(JsonObject request, String result) {
        send("{\"jsonrpc\":\"2.0\",\"id\":" + request.get("id") + ",\"result\":" + result + "}");
    }

    void replyError(JsonObject request) {
        send("{\"jsonrpc\":\"2.0\",\"id\":" + request.get("id")
                + ",\"error\":{\"code\":-32601,\"message\":\"no such thing here\"}}");
    }

    /** Everything received that no test step has taken. */
    synchronized List<JsonObject> untaken() {
        return List.copyOf(received);
    }

    synchronized Optional<JsonObject> peek(String method) {
        return received.stream().filter(message -> is(message, method)).findFirst();
    }

    /** Waits until the server has ended the session. */
    void awaitEnd() {
        try {
            if (!server.join(LIMIT)) {
                throw new AssertionError("the session did not end\n" + conversation());
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    synchronized String conversation() {
        return "The conversation:\n" + String.join("\n", conversation);
    }

    /** The editor goes without a word. */
    @Override
    public void close() throws IOException {
        toServer.close();
        awaitEnd();
    }

    private static boolean is(JsonObject message, String method) {
        return message.has("method") && message.get("method").getAsString().equals(method);
    }

    private synchronized JsonObject await(String what, Predicate<JsonObject> wanted) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (true) {
            for (JsonObject message : received) {
                if (wanted.test(message)) {
                    received.remove(message);
                    return message;
                }
            }
            long left = deadline - System.nanoTime();
            if (left <= 0 || ended) {
                throw new AssertionError(
                        "waited in vain for " + what + (ended ? " (the session ended)" : "") + "\n" + conversation());
            }
            try {
                wait(left / 1_000_000 + 1);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    private void read(InputStream in) {
        try {
            while (true) {
                int length = -1;
                for (String line = line(in); !line.isEmpty(); line = line(in)) {
                    if (line.startsWith("Content-Length: ")) {
                        length = Integer.parseInt(line.substring(16));
                    }
                }
                String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
                synchronized (this) {
                    conversation.add("server sends  " + body);
                    received.add(JsonParser.parseString(body).getAsJsonObject());
                    notifyAll();
                }
            }
        } catch (IOException e) {
            synchronized (this) {
                conversation.add("server's stream ended: " + e.getMessage());
                ended = true;
                notifyAll();
            }
        }
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new IOException("end of stream");
            }
            if (b != '\r') {
                line.append((char) b);
            }
        }
        return line.toString();
    }
}
