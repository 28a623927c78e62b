package dev.drawbridge.proxy.http;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One request on a connection of its own, byte by byte, because what is tested are headers no client library lets one set. */
final class HttpTalk implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;
    final int status;
    final Map<String, String> headers = new LinkedHashMap<>();

    /** @param head the lines of the head after the first, without Content-Length */
    HttpTalk(int port, String firstLine, List<String> head, String body) throws IOException {
        socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(20_000);
        StringBuilder text = new StringBuilder(firstLine).append("\r\n");
        head.forEach(line -> text.append(line).append("\r\n"));
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        if (content.length > 0) {
            text.append("Content-Length: ").append(content.length).append("\r\n");
        }
        socket.getOutputStream().write(text.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().write(content);
        socket.getOutputStream().flush();
        in = new BufferedInputStream(socket.getInputStream());
        String line = line();
        status = Integer.parseInt(line.split(" ")[1]);
        for (line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
    }

    /** The whole body of a response that has a length. */
    String body() throws IOException {
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int b = in.read();
        while (b != '\n') {
            if (b < 0) {
                throw new IOException("the connection ended after " + line.toString(StandardCharsets.UTF_8));
            }
            if (b != '\r') {
                line.write(b);
            }
            b = in.read();
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    JsonObject json() throws IOException {
        return JsonParser.parseString(body()).getAsJsonObject();
    }

    boolean streams() {
        return headers.getOrDefault("content-type", "").startsWith("text/event-stream");
    }

    /** The next event's lines, remarks left out. */
    List<String> event() throws IOException {
        List<String> event = new ArrayList<>();
        while (true) {
            String line = line();
            // Chunk sizes stand between; no line of an event looks like one.
            if (line.isEmpty() && !event.isEmpty()) {
                return event;
            }
            if (line.contains(":") && !line.startsWith(":")) {
                event.add(line);
            }
        }
    }

    /** The next event that has a message. */
    JsonObject message() throws IOException {
        while (true) {
            for (String line : event()) {
                if (line.startsWith("data: ") && line.length() > 6) {
                    return JsonParser.parseString(line.substring(6)).getAsJsonObject();
                }
            }
        }
    }

    /** Waits until the other side ends the stream. */
    void end() throws IOException {
        String line = line();
        while (!line.equals("0")) {
            line = line();
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
