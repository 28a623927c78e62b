package dev.drawbridge.mcp.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** One TCP connection to a server, for one exchange after the other. Confined to the exchange that holds it, but for {@link #close}. */
final class PlainConnection {
    private static final int BUFFER = 16 << 10;
    private static final int DEFAULT_PORT = 80;

    /** What fits into the socket's buffers for sure, so that writing it cannot wait for a server that answers first. */
    private static final int SMALL_BODY = 64 << 10;

    private static final int WRITTEN_AT_ONCE = 64 << 10;

    private final URI uri;
    private final SocketChannel channel;
    private final ByteBuffer in = ByteBuffer.allocate(BUFFER).flip();
    private volatile boolean writing;

    private PlainConnection(URI uri, SocketChannel channel) {
        this.uri = uri;
        this.channel = channel;
    }

    /** Tries each of the host's addresses, in the order the system gives them. */
    static PlainConnection open(URI uri, Duration timeout, Exchange exchange) throws IOException {
        long end = System.nanoTime() + timeout.toNanos();
        int port = uri.getPort() >= 0 ? uri.getPort() : DEFAULT_PORT;
        IOException failure = new ConnectException();
        for (InetAddress address : InetAddress.getAllByName(uri.getHost())) {
            long left = Duration.ofNanos(end - System.nanoTime()).toMillis();
            if (left <= 0 || exchange.isAborted()) {
                break;
            }
            SocketChannel channel = SocketChannel.open();
            PlainConnection connection = new PlainConnection(uri, channel);
            exchange.endsBy(connection::close);
            try {
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                channel.socket().connect(new InetSocketAddress(address, port), (int) Math.min(left, Integer.MAX_VALUE));
                return connection;
            } catch (SocketTimeoutException e) {
                connection.close();
                failure = new HttpConnectTimeoutException("no connection within " + timeout.toSeconds() + " s");
            } catch (IOException e) {
                connection.close();
                failure = unconnected(e);
            }
        }
        throw failure;
    }

    /** A host without a route to it is one that nothing was sent to, which a refused connection is not alone in. */
    private static ConnectException unconnected(IOException why) {
        ConnectException failure = new ConnectException(why.getMessage());
        failure.initCause(why);
        return failure;
    }

    URI uri() {
        return uri;
    }

    /** Whether the server has neither closed an idle connection nor said anything on it. */
    boolean isUsable() {
        if (in.hasRemaining() || writing) {
            return false;
        }
        try {
            channel.configureBlocking(false);
            try {
                return channel.read(ByteBuffer.allocate(1)) == 0;
            } finally {
                channel.configureBlocking(true);
            }
        } catch (IOException e) {
            return false;
        }
    }

    /** Sends the request and reads the response's head; the body gives the connection back to its owner at its end. */
    HttpAnswer.Response exchange(HttpRequest request, byte[] body, PlainHttp owner, Exchange exchange)
            throws IOException {
        ByteBuffer head = ByteBuffer.wrap(head(request, body.length));
        if (body.length <= SMALL_BODY) {
            writeFully(head, ByteBuffer.wrap(body));
        } else {
            // A server may refuse a long request before it has read it, and wait to be heard.
            writing = true;
            Thread.startVirtualThread(() -> {
                try {
                    writeFully(head, ByteBuffer.wrap(body));
                    writing = false;
                } catch (IOException e) {
                    // The server has closed the connection, after its answer or instead of one: the reader finds out.
                }
            });
        }
        ResponseHead answer = ResponseHead.read(this);
        return new HttpAnswer.Response(
                answer.status(), answer.headers(), new PlainBody(this, owner, exchange, answer), request.uri());
    }

    private static byte[] head(HttpRequest request, int length) {
        URI target = request.uri();
        String path = target.getRawPath() == null || target.getRawPath().isEmpty() ? "/" : target.getRawPath();
        StringBuilder text = new StringBuilder(512)
                .append(request.method())
                .append(' ')
                .append(path)
                .append(target.getRawQuery() == null ? "" : "?" + target.getRawQuery())
                .append(" HTTP/1.1\r\nHost: ")
                .append(target.getHost())
                .append(target.getPort() < 0 ? "" : ":" + target.getPort())
                .append("\r\n");
        request.headers().map().forEach((name, values) -> {
            for (String value : values) {
                text.append(name).append(": ").append(value).append("\r\n");
            }
        });
        if (request.headers().firstValue("User-Agent").isEmpty()) {
            text.append("User-Agent: Drawbridge\r\n");
        }
        if (length > 0 || request.method().equals("POST")) {
            text.append("Content-Length: ").append(length).append("\r\n");
        }
        return text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private void writeFully(ByteBuffer head, ByteBuffer body) throws IOException {
        ByteBuffer[] both = {head, body};
        int end = body.limit();
        while (head.hasRemaining() || body.position() < end) {
            // A channel copies all it is given into memory outside of the heap first, each time anew, and keeps that
            // memory.
            body.limit(Math.min(end, body.position() + WRITTEN_AT_ONCE));
            channel.write(both);
        }
    }

    /** The next byte, or -1 at the end. */
    int read() throws IOException {
        return in.hasRemaining() || fill() ? in.get() & 0xFF : -1;
    }

    /** At most so many bytes, as far as they have arrived; -1 at the end. */
    int read(byte[] to, int offset, int length) throws IOException {
        if (!in.hasRemaining() && length >= BUFFER) {
            return channel.read(ByteBuffer.wrap(to, offset, length));
        }
        if (!in.hasRemaining() && !fill()) {
            return -1;
        }
        int count = Math.min(length, in.remaining());
        in.get(to, offset, count);
        return count;
    }

    int buffered() {
        return in.remaining();
    }

    private boolean fill() throws IOException {
        in.clear();
        int count = -1;
        try {
            count = channel.read(in);
        } finally {
            in.flip();
        }
        return count > 0;
    }

    /** From any thread; whoever reads or writes is woken. */
    void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // It is of no use any more in any case.
        }
    }
}
