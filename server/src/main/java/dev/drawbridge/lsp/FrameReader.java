package dev.drawbridge.lsp;

import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.drawbridge.mcp.json.JsonSlices;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.eclipse.lsp4j.jsonrpc.MessageConsumer;
import org.eclipse.lsp4j.jsonrpc.MessageIssueException;
import org.eclipse.lsp4j.jsonrpc.MessageProducer;
import org.eclipse.lsp4j.jsonrpc.json.MessageJsonHandler;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import org.eclipse.lsp4j.jsonrpc.messages.Message;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseError;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseErrorCode;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseMessage;
import org.jspecify.annotations.Nullable;

/**
 * Reads LSP's base protocol: header lines, a blank line, {@code Content-Length} bytes of JSON (LSP 3.17, "Base Protocol").
 *
 * <p>In place of LSP4J's own producer, which allocates whatever length it is told and leaves a message it cannot read
 * unanswered: here a body has a limit, and whoever sent a bad one is told so, with its id where one can be found. Runs on
 * the connection's reader thread.
 */
public final class FrameReader implements MessageProducer {
    /** The largest body that is read; a tool call's arguments may carry a file. */
    static final int MAX_BODY = 64 * 1024 * 1024;

    private static final int MAX_HEADER_LINE = 8 * 1024;
    private static final System.Logger LOG = System.getLogger(FrameReader.class.getName());

    private final InputStream in;
    private final MessageJsonHandler json;
    private final MessageConsumer answers;
    private volatile boolean stopped;

    /** @param answers where refusals of unreadable messages go */
    public FrameReader(InputStream in, MessageJsonHandler json, MessageConsumer answers) {
        this.in = in;
        this.json = json;
        this.answers = answers;
    }

    /** Reads until the stream ends, {@link #stop} is called, or the headers are beyond reading. */
    @Override
    public void listen(MessageConsumer consumer) {
        try {
            while (!stopped) {
                Optional<OptionalLong> header = header();
                if (header.isEmpty()) {
                    return;
                }
                OptionalLong length = header.get();
                if (length.isEmpty()) {
                    refuse("null", ResponseErrorCode.ParseError, "A message came without a Content-Length header");
                } else if (length.getAsLong() > MAX_BODY) {
                    in.skipNBytes(length.getAsLong());
                    refuse(
                            "null",
                            ResponseErrorCode.InvalidRequest,
                            "A message of " + length.getAsLong() + " bytes is over the limit of " + MAX_BODY);
                } else {
                    byte[] body = in.readNBytes((int) length.getAsLong());
                    if (body.length < length.getAsLong()) {
                        return;
                    }
                    deliver(body, consumer);
                }
            }
        } catch (IOException e) {
            if (!stopped) {
                LOG.log(Level.DEBUG, "The editor''s stream ended: {0}", e.getMessage());
            }
        }
    }

    /** Makes {@link #listen} return after the message it is delivering. */
    void stop() {
        stopped = true;
    }

    private void deliver(byte[] body, MessageConsumer consumer) {
        Message message;
        try {
            message = json.parseMessage(new String(body, StandardCharsets.UTF_8));
            if (message == null) {
                throw new JsonParseException("the body is empty");
            }
        } catch (JsonParseException | MessageIssueException | IllegalStateException | NumberFormatException e) {
            LOG.log(Level.DEBUG, "Unreadable message from the editor", e);
            refuseUnreadable(body);
            return;
        }
        try {
            consumer.consume(message);
        } catch (RuntimeException e) {
            // One bad message never ends a session; requests were answered by the endpoint before it threw.
            LOG.log(Level.WARNING, "A message of the editor failed", e);
        }
    }

    /** Answers what can be answered: a request gets its id back, a notification nothing, anything else a null id. */
    private void refuseUnreadable(byte[] body) {
        try {
            JsonSlices slices = JsonSlices.ofObject(body);
            if (slices.has("id") && slices.has("method")) {
                refuse(
                        slices.raw("id").orElseThrow().text(),
                        ResponseErrorCode.InvalidRequest,
                        "The request could not be read");
            }
        } catch (JsonSlices.MalformedJson e) {
            refuse("null", ResponseErrorCode.ParseError, "The message is not a JSON object");
        }
    }

    private void refuse(String id, ResponseErrorCode code, String sentence) {
        ResponseMessage answer = new ResponseMessage();
        answer.setJsonrpc("2.0");
        answer.setRawId(id(id));
        answer.setError(new ResponseError(code, sentence + ".", null));
        answers.consume(answer);
    }

    private static @Nullable Either<String, Number> id(String raw) {
        if (raw.startsWith("\"")) {
            return Either.forLeft(JsonParser.parseString(raw).getAsString());
        }
        try {
            return Either.forRight(new BigDecimal(raw));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** The length the header names, if it does; empty at the end of the stream. */
    private Optional<OptionalLong> header() throws IOException {
        OptionalLong length = OptionalLong.empty();
        while (true) {
            Optional<String> line = line();
            if (line.isEmpty()) {
                return Optional.empty();
            }
            String text = line.get();
            if (text.isEmpty()) {
                return Optional.of(length);
            }
            int colon = text.indexOf(':');
            if (colon > 0
                    && text.substring(0, colon).strip().toLowerCase(Locale.ROOT).equals("content-length")) {
                length = number(text.substring(colon + 1).strip());
            }
        }
    }

    private static OptionalLong number(String digits) {
        try {
            long value = Long.parseLong(digits);
            return value < 0 ? OptionalLong.empty() : OptionalLong.of(value);
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    private Optional<String> line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = in.read(); b >= 0; b = in.read()) {
            if (b == '\n') {
                return Optional.of(line.toString());
            }
            if (b != '\r') {
                line.append((char) b);
            }
            if (line.length() > MAX_HEADER_LINE) {
                throw new IOException("a header line is longer than " + MAX_HEADER_LINE + " bytes");
            }
        }
        return Optional.empty();
    }
}
