package dev.drawbridge.daemon.relay;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** An editor that talks to a relay through pipes; a failure prints the whole conversation. */
final class TestEditor implements AutoCloseable {
    private final PipedOutputStream toRelay = new PipedOutputStream();
    private final Framing framing = new LspFraming();
    private final LinkedBlockingQueue<String> received = new LinkedBlockingQueue<>();
    private final List<String> conversation = new CopyOnWriteArrayList<>();
    private final ByteArrayOutputStream diagnostics = new ByteArrayOutputStream();
    private final CompletableFuture<Integer> exit = new CompletableFuture<>();

    TestEditor(Connector connector) throws IOException {
        PipedInputStream relayIn = new PipedInputStream(toRelay, 1 << 20);
        PipedInputStream fromRelay = new PipedInputStream(1 << 20);
        PipedOutputStream relayOut = new PipedOutputStream(fromRelay);
        LspRelay relay = new LspRelay(
                relayIn,
                relayOut,
                new PrintStream(diagnostics, true, StandardCharsets.UTF_8),
                connector,
                exit::complete);
        Thread.ofPlatform().daemon().name("relay").start(() -> exit.complete(relay.run()));
        Thread.ofPlatform().daemon().name("editor-reader").start(() -> read(fromRelay));
    }

    private void read(PipedInputStream in) {
        FrameSource source = framing.source(in);
        try {
            while (source.next() instanceof Frame.Message(byte[] body)) {
                String text = new String(body, StandardCharsets.UTF_8);
                conversation.add("<- " + text);
                received.add(text);
            }
        } catch (IOException e) {
            conversation.add("<- " + e);
        }
    }

    void send(String body) throws IOException {
        conversation.add("-> " + body);
        framing.write(toRelay, body.getBytes(StandardCharsets.UTF_8));
    }

    void sendRaw(String bytes) throws IOException {
        conversation.add("-> raw " + bytes);
        toRelay.write(bytes.getBytes(StandardCharsets.UTF_8));
        toRelay.flush();
    }

    void request(int id, String method) throws IOException {
        send("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":{}}");
    }

    void initialize() throws Exception {
        send("{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\",\"params\":{\"capabilities\":{},"
                + "\"clientInfo\":{\"name\":\"Test Editor\",\"version\":\"1\"}}}");
        await(message -> message.contains("\"id\":0,\"result\""));
        send("{\"jsonrpc\":\"2.0\",\"method\":\"initialized\",\"params\":{}}");
    }

    /** The next message that fits; what comes before it is read over. */
    String await(Predicate<String> fits) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (true) {
            String message = received.poll(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            if (message == null) {
                throw new AssertionError("nothing fits in\n" + this);
            }
            if (fits.test(message)) {
                return message;
            }
        }
    }

    String awaitAnswer(int id) throws InterruptedException {
        return await(message -> message.contains("\"id\":" + id + ",") && !message.contains("\"method\""));
    }

    int awaitExit() throws Exception {
        return exit.get(10, TimeUnit.SECONDS);
    }

    void hangUp() throws IOException {
        toRelay.close();
    }

    @Override
    public void close() throws IOException {
        toRelay.close();
    }

    @Override
    public String toString() {
        return String.join("\n", conversation) + "\nstderr: " + diagnostics.toString(StandardCharsets.UTF_8);
    }
}
