package dev.drawbridge.cli.demo;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * The demo's editor: JSON-RPC with LSP's framing over the standard streams of a {@code drawbridge lsp}. One virtual thread
 * reads; what nobody asked for yet waits in a bounded queue, guarded by this object.
 */
final class EditorConnection implements AutoCloseable {
    private static final int MOST_WAITING = 1_000;
    private static final int LARGEST_MESSAGE = 16 * 1024 * 1024;

    private final Process process;
    private final OutputStream out;
    private final AtomicInteger ids = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonElement>> answers = new ConcurrentHashMap<>();
    private final Deque<JsonObject> notifications = new ArrayDeque<>();
    private boolean ended;

    EditorConnection(Process process) {
        this.process = process;
        this.out = process.getOutputStream();
        Thread.ofVirtual().name("demo-editor").start(this::read);
    }

    /** Sends a request and waits for its result. */
    JsonElement request(String method, JsonObject params, Duration deadline) throws DemoFailed, InterruptedException {
        int id = ids.incrementAndGet();
        CompletableFuture<JsonElement> answer = new CompletableFuture<>();
        answers.put(id, answer);
        JsonObject message = message(method, params);
        message.addProperty("id", id);
        send(message);
        try {
            return answer.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new DemoFailed(method + " was answered with an error: " + reason(e), e);
        } catch (TimeoutException e) {
            throw new DemoFailed(method + " was not answered within " + deadline.toSeconds() + " seconds.", e);
        } finally {
            answers.remove(id);
        }
    }

    private static String reason(ExecutionException e) {
        Throwable cause = e.getCause();
        return cause == null ? "nothing" : String.valueOf(cause.getMessage());
    }

    void notify(String method, JsonObject params) throws DemoFailed {
        send(message(method, params));
    }

    /** Waits for a notification, and drops the ones before it. */
    synchronized JsonObject await(String method, Predicate<JsonObject> wanted, Duration deadline)
            throws DemoFailed, InterruptedException {
        long end = System.nanoTime() + deadline.toNanos();
        while (true) {
            for (Iterator<JsonObject> all = notifications.iterator(); all.hasNext(); ) {
                JsonObject notification = all.next();
                all.remove();
                if (method.equals(notification.get("method").getAsString())
                        && wanted.test(notification.getAsJsonObject("params"))) {
                    return notification.getAsJsonObject("params");
                }
            }
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (ended || left <= 0) {
                throw new DemoFailed(
                        ended
                                ? "drawbridge lsp ended while the editor waited for " + method + "."
                                : method + " did not come within " + deadline.toSeconds() + " seconds.");
            }
            wait(left);
        }
    }

    /** Says goodbye as the specification wants it (LSP 3.17, shutdown and exit), and makes sure of the end. */
    @Override
    public void close() {
        try {
            if (process.isAlive()) {
                request("shutdown", new JsonObject(), Duration.ofSeconds(2));
                notify("exit", new JsonObject());
                process.waitFor(3, TimeUnit.SECONDS);
            }
        } catch (DemoFailed e) {
            System.getLogger(EditorConnection.class.getName())
                    .log(System.Logger.Level.DEBUG, "drawbridge lsp did not say goodbye", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            process.destroyForcibly();
        }
    }

    private static JsonObject message(String method, JsonObject params) {
        JsonObject message = new JsonObject();
        message.addProperty("jsonrpc", "2.0");
        message.addProperty("method", method);
        message.add("params", params);
        return message;
    }

    private void send(JsonObject message) throws DemoFailed {
        byte[] body = message.toString().getBytes(StandardCharsets.UTF_8);
        byte[] head = ("Content-Length: " + body.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        try {
            synchronized (out) {
                out.write(head);
                out.write(body);
                out.flush();
            }
        } catch (IOException e) {
            throw new DemoFailed("drawbridge lsp takes no messages any more.", e);
        }
    }

    private void read() {
        try (InputStream in = new BufferedInputStream(process.getInputStream())) {
            while (true) {
                accept(JsonParser.parseString(new String(body(in), StandardCharsets.UTF_8))
                        .getAsJsonObject());
            }
        } catch (IOException | JsonParseException | IllegalStateException | DemoFailed e) {
            answers.values().forEach(answer -> answer.completeExceptionally(e));
        } finally {
            synchronized (this) {
                ended = true;
                notifyAll();
            }
        }
    }

    private static byte[] body(InputStream in) throws IOException {
        int length = -1;
        StringBuilder line = new StringBuilder();
        while (true) {
            int c = in.read();
            if (c < 0 || line.length() > 1_000) {
                throw new EOFException("drawbridge lsp ended");
            }
            if (c != '\n') {
                line.append((char) c);
                continue;
            }
            String header = line.toString().strip();
            line.setLength(0);
            if (header.isEmpty()) {
                break;
            }
            if (header.startsWith("Content-Length:")) {
                length = Integer.parseInt(
                        header.substring("Content-Length:".length()).strip());
            }
        }
        if (length < 0 || length > LARGEST_MESSAGE) {
            throw new IOException("a message of " + length + " bytes");
        }
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException("drawbridge lsp ended in the middle of a message");
        }
        return body;
    }

    private void accept(JsonObject message) throws DemoFailed {
        if (!message.has("method")) {
            CompletableFuture<JsonElement> answer =
                    answers.get(message.get("id").getAsInt());
            if (answer == null) {
                return;
            }
            if (message.has("error")) {
                answer.completeExceptionally(new DemoFailed(
                        message.getAsJsonObject("error").get("message").getAsString()));
            } else {
                answer.complete(message.get("result"));
            }
        } else if (message.has("id")) {
            // What a server asks an editor for is nothing that this one could show.
            JsonObject reply = new JsonObject();
            reply.addProperty("jsonrpc", "2.0");
            reply.add("id", message.get("id"));
            reply.add("result", JsonNull.INSTANCE);
            send(reply);
        } else {
            synchronized (this) {
                if (notifications.size() < MOST_WAITING) {
                    notifications.add(message);
                }
                notifyAll();
            }
        }
    }
}
