package dev.drawbridge.proxy.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * The messages of one stream of server-sent events: those that wait for the host, and, where the stream has a name, the
 * last that were sent, so that a host whose connection broke can go on where it was (MCP, resumability). What nobody
 * fetches is dropped at a bound, oldest first. Guarded by this object's monitor; {@link #pump} blocks.
 */
final class EventStream {
    private static final int MOST_EVENTS = 2048;
    private static final long MOST_BYTES = 64L << 20;
    private static final int KEPT_EVENTS = 128;
    private static final long KEPT_BYTES = 4L << 20;

    /** Hosts, and what lies in between, give up on a body that is silent for minutes. */
    private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(25);

    private record Event(long number, byte[] message) {}

    private final Optional<String> name;
    private final Deque<Event> waiting = new ArrayDeque<>();
    private final Deque<Event> sent = new ArrayDeque<>();
    private long waitingBytes;
    private long sentBytes;
    private long last;
    private boolean ended;
    private Optional<Exchange> reader = Optional.empty();

    /** @param name what its events are numbered under; none for a stream that cannot be resumed */
    EventStream(Optional<String> name) {
        this.name = name;
    }

    synchronized void add(byte[] message) {
        if (ended) {
            return;
        }
        waiting.add(new Event(++last, message));
        waitingBytes += message.length;
        while (waiting.size() > 1 && (waiting.size() > MOST_EVENTS || waitingBytes > MOST_BYTES)) {
            waitingBytes -= waiting.remove().message().length;
        }
        notifyAll();
    }

    /** The last message, if there is one, and the end. */
    synchronized void finish(Optional<byte[]> message) {
        message.ifPresent(this::add);
        ended = true;
        notifyAll();
    }

    synchronized boolean isEnded() {
        return ended;
    }

    /** Whether it has ended and everything was sent. */
    synchronized boolean isSpent() {
        return ended && waiting.isEmpty();
    }

    synchronized boolean hasReader() {
        return reader.isPresent();
    }

    /** Waits until there is something to send; the one message of a stream that has ended with it. */
    synchronized Optional<byte[]> only(Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        await(end, () -> waiting.isEmpty() && !ended);
        return ended && last == 1 && waiting.size() == 1
                ? Optional.of(waiting.remove().message())
                : Optional.empty();
    }

    /** Waits for as long as that holds, until the time is up at the latest. */
    private synchronized void await(long end, BooleanSupplier holds) {
        try {
            while (holds.getAsBoolean() && end - System.nanoTime() > 0) {
                wait(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What was sent after the event of that number is sent again. */
    synchronized void rewind(long after) {
        while (!sent.isEmpty() && sent.peekLast().number() > after) {
            Event again = sent.removeLast();
            sentBytes -= again.message().length;
            waiting.addFirst(again);
            waitingBytes += again.message().length;
        }
    }

    /**
     * Sends events until the stream has ended, the host has gone, or another of its connections takes over.
     *
     * @param primed whether the host is told the stream's name before there is an event
     */
    void pump(Exchange exchange, Map<String, String> headers, boolean primed) throws IOException {
        synchronized (this) {
            reader = Optional.of(exchange);
            notifyAll();
        }
        exchange.gone().onCancel(this::wake);
        try {
            exchange.begin(headers);
            if (primed && name.isPresent()) {
                exchange.chunk(("id: " + name.get() + "-0\ndata:\n\n").getBytes(StandardCharsets.UTF_8));
            }
            while (mine(exchange)) {
                List<Event> due = next(exchange);
                if (!due.isEmpty()) {
                    exchange.chunk(text(due));
                } else if (isSpent()) {
                    exchange.end();
                    return;
                } else if (mine(exchange)) {
                    exchange.chunk(":\n\n".getBytes(StandardCharsets.UTF_8));
                }
            }
            exchange.closeAfterwards();
        } finally {
            synchronized (this) {
                reader = reader.filter(current -> current != exchange);
            }
        }
    }

    private synchronized boolean mine(Exchange exchange) {
        return reader.filter(current -> current == exchange).isPresent()
                && !exchange.gone().isCancelled();
    }

    private synchronized void wake() {
        notifyAll();
    }

    private synchronized List<Event> next(Exchange exchange) {
        long end = System.nanoTime() + SIGN_OF_LIFE.toNanos();
        await(end, () -> waiting.isEmpty() && !ended && mine(exchange));
        if (!mine(exchange)) {
            return List.of();
        }
        List<Event> due = new ArrayList<>(waiting);
        waiting.clear();
        waitingBytes = 0;
        if (name.isPresent()) {
            keep(due);
        }
        return due;
    }

    private void keep(List<Event> events) {
        for (Event event : events) {
            sent.add(event);
            sentBytes += event.message().length;
        }
        while (sent.size() > KEPT_EVENTS || sent.size() > 1 && sentBytes > KEPT_BYTES) {
            sentBytes -= sent.remove().message().length;
        }
    }

    private byte[] text(List<Event> events) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        for (Event event : events) {
            name.ifPresent(stream ->
                    text.writeBytes(("id: " + stream + "-" + event.number() + "\n").getBytes(StandardCharsets.UTF_8)));
            text.writeBytes("event: message\ndata: ".getBytes(StandardCharsets.UTF_8));
            for (byte b : event.message()) {
                // A server may spread its JSON over lines; inside a string a line break is always escaped.
                text.write(b == '\n' || b == '\r' ? ' ' : b);
            }
            text.writeBytes("\n\n".getBytes(StandardCharsets.UTF_8));
        }
        return text.toByteArray();
    }
}
