package dev.drawbridge.proxy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.drawbridge.hub.HostTarget;
import dev.drawbridge.hub.Hub;
import dev.drawbridge.hub.ServerName;
import dev.drawbridge.hub.SessionContext;
import dev.drawbridge.mcp.ScriptedServer;
import dev.drawbridge.mcp.json.RawJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A host that writes lines to the face and reads its lines, and writes the conversation down. */
final class HostAtFace implements AutoCloseable {
    static final String STATELESS = meta("{\"elicitation\":{}}");

    private static final long DEADLINE_SECONDS = 20;

    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>(1000);
    private final StringBuilder conversation = new StringBuilder();
    private final PipedInputStream in = new PipedInputStream(1 << 16);
    private final PipedOutputStream toFace = new PipedOutputStream();
    private int last;

    private HostAtFace(Hub hub, Optional<HostTarget> target, HostOptions options) throws IOException {
        in.connect(toFace);
        Thread.ofPlatform().daemon().start(() -> {
            try {
                new ProxyFace(hub)
                        .serve(
                                in,
                                new LineSink(lines),
                                new SessionContext("test", Map.of(), List.of()),
                                target,
                                options);
            } catch (IOException e) {
                lines.add("the face failed: " + e);
            }
        });
    }

    /** A host whose command line names the server's address. */
    static HostAtFace of(Hub hub, ScriptedServer server) throws IOException {
        return new HostAtFace(hub, Optional.of(target(server)), HostOptions.DEFAULT);
    }

    static HostTarget target(ScriptedServer server) {
        return new HostTarget.Given(new ServerName("scripted"), RawJson.of("{\"url\":\"" + server.url() + "\"}"));
    }

    /** A host of a server from the configuration file. */
    static HostAtFace of(Hub hub, String server) throws IOException {
        return new HostAtFace(hub, Optional.of(new HostTarget.Configured(new ServerName(server))), HostOptions.DEFAULT);
    }

    /** A host of all servers. */
    static HostAtFace ofAll(Hub hub, HostOptions options) throws IOException {
        return new HostAtFace(hub, Optional.empty(), options);
    }

    /** What every request of a stateless host with these capabilities carries: a member of its parameters. */
    static String meta(String capabilities) {
        return "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
                + "\"io.modelcontextprotocol/clientInfo\":{\"name\":\"h\",\"version\":\"1\"},"
                + "\"io.modelcontextprotocol/clientCapabilities\":" + capabilities + "}";
    }

    void say(String message) throws IOException {
        note("→ " + message);
        toFace.write((message + "\n").getBytes(StandardCharsets.UTF_8));
        toFace.flush();
    }

    /** Makes a request whose parameters are written out; its id. */
    int ask(String method, String params) throws IOException {
        int id = ++last;
        say("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":" + params + "}");
        return id;
    }

    /** Says hello in the {@code initialize} era; the result. */
    JsonObject initialize(String version, String capabilities) throws IOException, InterruptedException {
        int id = ask(
                "initialize",
                "{\"protocolVersion\":\"" + version + "\",\"capabilities\":" + capabilities
                        + ",\"clientInfo\":{\"name\":\"codecompanion\",\"version\":\"1\"}}");
        JsonObject result = answer(id).getAsJsonObject("result");
        say("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
        return result;
    }

    JsonObject result(String method, String params) throws IOException, InterruptedException {
        JsonObject answer = answer(ask(method, params));
        if (!answer.has("result")) {
            throw new AssertionError("no result\n" + this);
        }
        return answer.getAsJsonObject("result");
    }

    JsonObject error(String method, String params) throws IOException, InterruptedException {
        JsonObject answer = answer(ask(method, params));
        if (!answer.has("error")) {
            throw new AssertionError("no error\n" + this);
        }
        return answer.getAsJsonObject("error");
    }

    JsonObject answer(int id) throws InterruptedException {
        return hear(message -> message.has("id")
                && !message.has("method")
                && message.get("id").toString().equals(String.valueOf(id)));
    }

    /** The next message of that method, a request or a notification. */
    JsonObject hear(String method) throws InterruptedException {
        return hear(message ->
                message.has("method") && message.get("method").getAsString().equals(method));
    }

    JsonObject hear(Predicate<JsonObject> wanted) throws InterruptedException {
        JsonObject message;
        do {
            message = JsonParser.parseString(line()).getAsJsonObject();
        } while (!wanted.test(message));
        return message;
    }

    /** The next line, byte for byte. */
    String line() throws InterruptedException {
        String line = lines.poll(DEADLINE_SECONDS, TimeUnit.SECONDS);
        if (line == null) {
            throw new AssertionError("nothing came\n" + this);
        }
        note("← " + line);
        return line;
    }

    /** Tests silence: nothing is said for all of this time. */
    void hearNothing(Duration time) throws InterruptedException {
        String line = lines.poll(time.toMillis(), TimeUnit.MILLISECONDS);
        if (line != null) {
            throw new AssertionError("unexpected: " + line + "\n" + this);
        }
    }

    private synchronized void note(String line) {
        conversation.append(line).append('\n');
    }

    /** The conversation so far. */
    @Override
    public synchronized String toString() {
        return conversation.toString();
    }

    @Override
    public void close() throws IOException {
        toFace.close();
    }

    /** Takes the face's lines straight from whichever thread writes them. */
    private static final class LineSink extends OutputStream {
        private final Queue<String> lines;
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();

        LineSink(Queue<String> lines) {
            this.lines = lines;
        }

        @Override
        public synchronized void write(int b) {
            if (b == '\n') {
                lines.add(line.toString(StandardCharsets.UTF_8));
                line.reset();
            } else {
                line.write(b);
            }
        }
    }
}
