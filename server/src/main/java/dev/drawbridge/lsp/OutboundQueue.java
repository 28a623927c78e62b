package dev.drawbridge.lsp;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.lsp4j.jsonrpc.MessageConsumer;
import org.eclipse.lsp4j.jsonrpc.json.MessageJsonHandler;
import org.eclipse.lsp4j.jsonrpc.messages.Message;

/**
 * What is on its way to one editor. Any thread hands messages over without waiting; one virtual thread writes them.
 *
 * <p>The queue has a bound in messages and in bytes. An editor that stops reading until the bound is reached loses its
 * session: waiting for it would hold up the hub, and dropping single messages would break the protocol.
 */
final class OutboundQueue implements MessageConsumer, AutoCloseable {
    private static final int MAX_MESSAGES = 10_000;
    private static final long MAX_BYTES = 256L * 1024 * 1024;
    /** A frame that is none: after it the writer ends. */
    private static final byte[] END = {};

    private static final Duration FLUSH_LIMIT = Duration.ofSeconds(1);
    private static final System.Logger LOG = System.getLogger(OutboundQueue.class.getName());

    private final BlockingQueue<byte[]> queue = new ArrayBlockingQueue<>(MAX_MESSAGES + 1);
    private final AtomicLong queuedBytes = new AtomicLong();
    private final OutputStream out;
    private final MessageJsonHandler json;
    private final Runnable onBroken;
    private final Thread writer;

    /** @param onBroken runs when the editor cannot be written to any more, on any thread, possibly more than once */
    OutboundQueue(OutputStream out, MessageJsonHandler json, Runnable onBroken) {
        this.out = out;
        this.json = json;
        this.onBroken = onBroken;
        this.writer = Thread.ofVirtual().name("lsp-writer").start(this::write);
    }

    /** Written out here rather than in the writer, so that a message that cannot be serialized fails for its sender. */
    @Override
    public void consume(Message message) {
        byte[] body = json.serialize(message).getBytes(StandardCharsets.UTF_8);
        byte[] header = ("Content-Length: " + body.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        byte[] frame = new byte[header.length + body.length];
        System.arraycopy(header, 0, frame, 0, header.length);
        System.arraycopy(body, 0, frame, header.length, body.length);
        if (queuedBytes.addAndGet(frame.length) > MAX_BYTES || queue.size() >= MAX_MESSAGES || !queue.offer(frame)) {
            LOG.log(Level.WARNING, "The editor does not read what it is sent; its session ends");
            onBroken.run();
        }
    }

    /** Writes what is queued, for a second at most, and ends the writer; the stream is its giver's to close. */
    @Override
    public void close() {
        try {
            if (queue.offer(END)) {
                writer.join(FLUSH_LIMIT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write() {
        try {
            while (true) {
                byte[] frame = queue.poll(1, TimeUnit.DAYS);
                if (frame != null) {
                    if (frame.length == 0) {
                        return;
                    }
                    queuedBytes.addAndGet(-frame.length);
                    out.write(frame);
                    if (queue.isEmpty()) {
                        out.flush();
                    }
                }
            }
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "The editor is gone: {0}", e.getMessage());
            onBroken.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
