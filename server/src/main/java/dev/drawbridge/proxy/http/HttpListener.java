package dev.drawbridge.proxy.http;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * A small HTTP/1.1 server on 127.0.0.1. The JDK's own cannot be used: it does not tell when a client hangs up, which here
 * means that a call is given up, and its time limits are the whole process's. One virtual thread a connection; one more
 * looks once a second for those that are overdue.
 */
final class HttpListener implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(HttpListener.class.getName());
    private static final int BACKLOG = 64;

    private final ServerSocket server;
    private final HttpBounds bounds;
    private final HttpHandler handler;
    private final Set<HttpConnection> connections = ConcurrentHashMap.newKeySet();
    private final Thread watch;

    private HttpListener(ServerSocket server, HttpBounds bounds, HttpHandler handler, Runnable eachSecond) {
        this.server = server;
        this.bounds = bounds;
        this.handler = handler;
        this.watch = Thread.ofVirtual().name("http-watch").unstarted(() -> watch(eachSecond));
    }

    /**
     * Begins to listen.
     *
     * @param port zero for any
     * @param eachSecond runs once a second
     */
    static HttpListener open(int port, HttpBounds bounds, HttpHandler handler, Runnable eachSecond) throws IOException {
        ServerSocket server = new ServerSocket();
        try {
            server.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port), BACKLOG);
        } catch (IOException e) {
            server.close();
            throw e;
        }
        HttpListener listener = new HttpListener(server, bounds, handler, eachSecond);
        Thread.ofVirtual().name("http-accept").start(listener::accept);
        listener.watch.start();
        return listener;
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                serve(server.accept());
            } catch (IOException e) {
                if (!server.isClosed()) {
                    LOG.log(Level.WARNING, "The local endpoint could not take a connection: {0}", e.getMessage());
                    pause();
                }
            }
        }
    }

    /** Out of file descriptors, most likely: a moment later there may be some. */
    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve(Socket socket) throws IOException {
        if (connections.size() >= bounds.connections()) {
            socket.close();
            return;
        }
        socket.setTcpNoDelay(true);
        HttpConnection connection = new HttpConnection(socket, bounds, handler);
        connections.add(connection);
        Thread.ofVirtual().name("http-connection").start(() -> {
            try {
                connection.serve();
            } finally {
                connections.remove(connection);
            }
        });
    }

    private void watch(Runnable eachSecond) {
        while (!server.isClosed()) {
            try {
                TimeUnit.SECONDS.sleep(1);
            } catch (InterruptedException e) {
                return;
            }
            long now = System.nanoTime();
            connections.stream().filter(connection -> connection.isOverdue(now)).forEach(HttpConnection::close);
            eachSecond.run();
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "The local endpoint could not be closed: {0}", e.getMessage());
        }
        watch.interrupt();
        connections.forEach(HttpConnection::close);
    }
}
