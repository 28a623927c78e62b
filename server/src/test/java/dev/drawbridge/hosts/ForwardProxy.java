package dev.drawbridge.hosts;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A company's HTTP proxy (RFC 9112 section 3.2.2): it alone knows where the servers are that a URL names, and notes what
 * it was asked for.
 */
final class ForwardProxy implements AutoCloseable {
    private static final String LENGTH = "Content-Length:";

    private final ServerSocket socket;
    private final int target;
    private final List<String> asked = new CopyOnWriteArrayList<>();

    /** @param target the port on this machine that every name leads to */
    ForwardProxy(int target) throws IOException {
        this.target = target;
        this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon().start(this::accept);
    }

    String address() {
        return "http://127.0.0.1:" + socket.getLocalPort();
    }

    /** The request lines so far. */
    List<String> asked() {
        return List.copyOf(asked);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = socket.accept();
                Thread.ofPlatform().daemon().start(() -> serve(client));
            }
        } catch (IOException closed) {
            return;
        }
    }

    /** Each request of a connection goes on with its path alone; answers come back as they are. */
    private void serve(Socket client) {
        try (client;
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
            Thread.ofPlatform().daemon().start(() -> pass(server, client));
            InputStream in = new BufferedInputStream(client.getInputStream());
            OutputStream out = server.getOutputStream();
            while (true) {
                String request = line(in);
                asked.add(request);
                String[] words = request.split(" ", -1);
                write(out, words[0] + " " + URI.create(words[1]).getRawPath() + " " + words[2]);
                int length = 0;
                String header = line(in);
                while (!header.isEmpty()) {
                    if (header.regionMatches(true, 0, LENGTH, 0, LENGTH.length())) {
                        length = Integer.parseInt(
                                header.substring(LENGTH.length()).strip());
                    }
                    write(out, header);
                    header = line(in);
                }
                write(out, "");
                out.write(in.readNBytes(length));
                out.flush();
            }
        } catch (IOException gone) {
            return;
        }
    }

    private static void pass(Socket server, Socket client) {
        try (client) {
            server.getInputStream().transferTo(client.getOutputStream());
        } catch (IOException gone) {
            return;
        }
    }

    private static void write(OutputStream out, String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new IOException("end of stream");
            }
            if (b != '\r') {
                line.append((char) b);
            }
        }
        return line.toString();
    }

    /** A free port, for who needs to name one before it is used. */
    static int freePort() {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
