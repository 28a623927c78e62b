package dev.drawbridge.proxy.http;

import dev.drawbridge.proxy.http.RequestReader.BadRequest;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.Socket;
import java.util.Optional;

/**
 * One TCP connection, request after request. Its own thread only reads: while a request is answered on another, it stays
 * on the line, because a host that hangs up gives its request up (MCP 2026-07-28, cancellation) and nothing but a read
 * tells so.
 */
final class HttpConnection {
    private static final System.Logger LOG = System.getLogger(HttpConnection.class.getName());

    private final Socket socket;
    private final HttpBounds bounds;
    private final HttpHandler handler;
    private final WatchedStream out;
    private volatile long deadline;

    HttpConnection(Socket socket, HttpBounds bounds, HttpHandler handler) throws IOException {
        this.socket = socket;
        this.bounds = bounds;
        this.handler = handler;
        this.out = new WatchedStream(socket.getOutputStream());
        this.deadline = in(bounds.reading().toNanos());
    }

    private static long in(long nanos) {
        return (System.nanoTime() + nanos) | 1;
    }

    /** Whether the other side takes longer than it may to send or to read. */
    boolean isOverdue(long now) {
        long due = deadline;
        return due != 0 && now - due > 0 || out.isStalled(now, bounds.writing().toNanos());
    }

    void serve() {
        try (socket) {
            RequestReader reader = new RequestReader(socket.getInputStream(), bounds);
            while (reader.awaitMore() && next(reader)) {
                deadline = in(bounds.unused().toNanos());
            }
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "A host''s connection ended: {0}", e.getMessage());
        }
    }

    /** Serves one request; whether another may follow. */
    private boolean next(RequestReader reader) throws IOException {
        deadline = in(bounds.reading().toNanos());
        Request request;
        try {
            RequestHead head = reader.head();
            Optional<Response> refused = handler.refuses(head);
            if (refused.isPresent()) {
                // Its body was not read, so nothing can follow it.
                return last(refused.get());
            }
            if (RequestReader.waitsForConsent(head)) {
                Exchange.goOn(out);
            }
            request = new Request(head, reader.body(head));
        } catch (BadRequest e) {
            return last(Response.refusal(e.status(), e.sentence()));
        }
        deadline = 0;
        return answer(request, reader);
    }

    private boolean answer(Request request, RequestReader reader) throws IOException {
        Exchange exchange = new Exchange(out, request.head().wantsToClose());
        Thread answering = Thread.ofVirtual().name("http-request").start(() -> {
            handle(request, exchange);
            if (exchange.closes()) {
                close();
            } else {
                deadline = in(bounds.unused().toNanos());
            }
        });
        boolean more = false;
        try {
            more = reader.awaitMore();
        } finally {
            if (!more) {
                exchange.gone().cancel();
            }
        }
        try {
            answering.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        return more && !exchange.closes();
    }

    private void handle(Request request, Exchange exchange) {
        try {
            try {
                handler.handle(request, exchange);
            } catch (RuntimeException e) {
                LOG.log(Level.ERROR, "Answering a host over HTTP failed", e);
                exchange.closeAfterwards();
                if (!exchange.isAnswered()) {
                    exchange.send(Response.refusal(500, "Drawbridge failed while it handled this request."));
                }
            }
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "A host went away before its answer: {0}", e.getMessage());
            exchange.closeAfterwards();
        }
    }

    private boolean last(Response response) throws IOException {
        Exchange exchange = new Exchange(out, true);
        exchange.send(response);
        // What was not read would make the system reset the connection and take the answer along.
        socket.shutdownOutput();
        byte[] rest = new byte[1 << 13];
        for (int read = 0; read >= 0 && read < bounds.head(); ) {
            int more = socket.getInputStream().read(rest);
            read = more < 0 ? -1 : read + more;
        }
        return false;
    }

    void close() {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "A connection could not be closed: {0}", e.getMessage());
        }
    }
}
