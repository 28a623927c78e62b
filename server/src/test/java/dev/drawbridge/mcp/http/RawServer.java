package dev.drawbridge.mcp.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that says, connection by connection and byte by byte, what a test wants it to say, right or wrong. */
final class RawServer implements AutoCloseable {
    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();

    /** What happens on one connection. */
    interface Script {
        void run(Talk talk) throws Exception;
    }

    RawServer(Script script) throws IOException {
        Thread.ofVirtual().start(() -> {
            while (true) {
                Socket connection;
                try {
                    connection = socket.accept();
                } catch (IOException e) {
                    return;
                }
                open.add(connection);
                int number = connections.incrementAndGet();
                Thread.ofVirtual().start(() -> {
                    try (connection) {
                        script.run(new Talk(connection, number));
                    } catch (Exception e) {
                        // The client has hung up, or the test is over.
                    }
                });
            }
        });
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/mcp?a=b");
    }

    int connections() {
        return connections.get();
    }

    @Override
    public void close() throws IOException {
        socket.close();
        for (Socket connection : open) {
            connection.close();
        }
    }

    /** One connection, from the server's side. */
    static final class Talk {
        private final InputStream in;
        private final OutputStream out;
        private final int number;

        Talk(Socket socket, int number) throws IOException {
            this.in = socket.getInputStream();
            this.out = socket.getOutputStream();
            this.number = number;
        }

        /** Counted from one. */
        int number() {
            return number;
        }

        void say(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        }

        /** A request's head, and as much of a body as it announces; fails at the end of the connection. */
        String hear() throws IOException {
            StringBuilder text = new StringBuilder();
            while (text.indexOf("\r\n\r\n") < 0) {
                text.append((char) next());
            }
            int announced = text.indexOf("Content-Length: ");
            if (announced >= 0) {
                int length = Integer.parseInt(text.substring(announced + 16, text.indexOf("\r\n", announced)));
                for (int i = 0; i < length; i++) {
                    text.append((char) next());
                }
            }
            return text.toString();
        }

        /** A request however long, of which nothing is kept. */
        void hearLong(int bodyLength) throws IOException {
            StringBuilder text = new StringBuilder();
            while (text.indexOf("\r\n\r\n") < 0) {
                text.append((char) next());
            }
            in.skipNBytes(bodyLength);
        }

        /** Waits for the client to hang up. */
        void hearTheEnd() throws IOException {
            while (in.read() >= 0) {
                // Whatever still comes.
            }
        }

        private int next() throws IOException {
            int b = in.read();
            if (b < 0) {
                throw new IOException("the client has hung up");
            }
            return b;
        }
    }
}
