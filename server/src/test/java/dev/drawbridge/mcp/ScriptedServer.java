package dev.drawbridge.mcp;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** An HTTP server whose every answer a test writes itself, and which writes the conversation down. */
public final class ScriptedServer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Ask> asks = new ArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    /** Answers one request. */
    @FunctionalInterface
    public interface Script {
        void answer(Ask ask) throws IOException, InterruptedException;
    }

    public ScriptedServer(Script script) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new AssertionError("no port on the loopback interface", e);
        }
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            Ask ask = new Ask(exchange, closed);
            synchronized (this) {
                asks.add(ask);
                notifyAll();
            }
            try {
                script.answer(ask);
            } catch (InterruptedException e) {
                ask.note("interrupted");
            } catch (IOException e) {
                ask.note("the client closed: " + e.getMessage());
            } catch (RuntimeException | AssertionError e) {
                ask.note("the script failed: " + e);
            } finally {
                exchange.close();
                ask.done.countDown();
            }
        });
        server.start();
    }

    public URI url() {
        return url("/mcp");
    }

    public URI url(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    public Endpoint endpoint() {
        return new Endpoint.StreamableHttp(url(), java.util.Map.of(), HttpOptions.DEFAULT);
    }

    public synchronized List<Ask> asks() {
        return List.copyOf(asks);
    }

    /** The requests that begin so, such as {@code POST tools/call} or {@code GET}. */
    public List<Ask> asks(String beginning) {
        return asks().stream().filter(ask -> ask.title().startsWith(beginning)).toList();
    }

    public synchronized Ask await(String beginning, int times) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            List<Ask> found = asks(beginning);
            if (found.size() >= times) {
                return found.get(times - 1);
            }
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new AssertionError("never asked " + times + " × " + beginning + "\n" + transcript());
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                throw new AssertionError("interrupted", e);
            }
        }
    }

    public String transcript() {
        StringBuilder text = new StringBuilder();
        asks().forEach(ask -> text.append(ask.story()).append('\n'));
        return text.toString();
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    /** One request and the means to answer it. */
    public static final class Ask {
        private final HttpExchange exchange;
        private final CountDownLatch serverClosed;
        private final CountDownLatch done = new CountDownLatch(1);
        private final String body;
        private final long arrived = System.nanoTime();
        private final StringBuilder story = new StringBuilder();
        private Optional<OutputStream> stream = Optional.empty();

        Ask(HttpExchange exchange, CountDownLatch serverClosed) throws IOException {
            this.exchange = exchange;
            this.serverClosed = serverClosed;
            this.body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            story.append("→ ").append(title()).append(' ');
            exchange.getRequestHeaders()
                    .forEach((name, values) -> story.append(name).append(values));
            story.append(' ').append(body);
        }

        public String title() {
            return exchange.getRequestMethod() + (method().isEmpty() ? "" : " " + method());
        }

        public long arrived() {
            return arrived;
        }

        public String path() {
            return exchange.getRequestURI().toString();
        }

        public String body() {
            return body;
        }

        public JsonObject json() {
            return JsonParser.parseString(body).getAsJsonObject();
        }

        public String method() {
            return body.isEmpty() || !body.startsWith("{") || !json().has("method")
                    ? ""
                    : json().get("method").getAsString();
        }

        public String id() {
            return json().get("id").toString();
        }

        public String header(String name) {
            return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name))
                    .orElse("");
        }

        public Ask responseHeader(String name, String value) {
            exchange.getResponseHeaders().add(name, value);
            return this;
        }

        public void send(int status, String type, String text) throws IOException {
            note(status + " " + text);
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            if (!type.isEmpty()) {
                exchange.getResponseHeaders().set("Content-Type", type);
            }
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            if (bytes.length > 0) {
                exchange.getResponseBody().write(bytes);
            }
        }

        public void status(int status) throws IOException {
            send(status, "", "");
        }

        public void result(String result) throws IOException {
            send(200, "application/json", "{\"jsonrpc\":\"2.0\",\"id\":" + id() + ",\"result\":" + result + "}");
        }

        public void error(int status, int code, String data) throws IOException {
            send(
                    status,
                    "application/json",
                    "{\"jsonrpc\":\"2.0\",\"id\":" + id() + ",\"error\":{\"code\":" + code + ",\"message\":\"no\""
                            + data + "}}");
        }

        /** Begins a stream, or goes on with it. */
        public Ask event(String event) throws IOException {
            if (stream.isEmpty()) {
                exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
                exchange.sendResponseHeaders(200, 0);
                stream = Optional.of(exchange.getResponseBody());
            }
            note("event " + event.replace("\n", "⏎"));
            stream.get().write((event + "\n\n").getBytes(StandardCharsets.UTF_8));
            stream.get().flush();
            return this;
        }

        public Ask message(String json) throws IOException {
            return event("data: " + json);
        }

        /** Keeps the stream open until the test is over or the client has closed it. */
        public void hold() throws IOException, InterruptedException {
            while (!serverClosed.await(20, TimeUnit.MILLISECONDS)) {
                event(": still here");
            }
        }

        /** Takes the answer to a question of the server's; the stream that a client opens for questions is refused. */
        public void takeAnswer(Queue<String> answers) throws IOException {
            if (title().startsWith("POST")) {
                answers.add(body);
                status(202);
            } else {
                status(405);
            }
        }

        /** Lets time pass, unless the test is over. */
        public void pause(Duration duration) throws InterruptedException {
            if (serverClosed.await(duration.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new InterruptedException("the test is over");
            }
        }

        /** Waits until the script is through with this request. */
        public void awaitDone() {
            try {
                if (!done.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw new AssertionError("still open: " + story());
                }
            } catch (InterruptedException e) {
                throw new AssertionError("interrupted", e);
            }
        }

        synchronized void note(String line) {
            if (!line.endsWith("still here")) {
                story.append("\n   ← ").append(line);
            }
        }

        public synchronized String story() {
            return story.toString();
        }
    }
}
