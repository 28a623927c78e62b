package dev.drawbridge.lsp.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.drawbridge.hub.Failure;
import dev.drawbridge.hub.Outcome;
import dev.drawbridge.protocol.CallToolParams;
import dev.drawbridge.protocol.ListServersResult;
import dev.drawbridge.protocol.McpResult;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The client against a daemon that misbehaves; against a well-behaved one it is tested with the face itself. */
final class DrawbridgeClientTest {
    @Test
    void aConnectionThatBreaksEndsEveryRequest() throws Exception {
        Pipe up = Pipe.open();
        Pipe down = Pipe.open();
        try (OutputStream out = Channels.newOutputStream(up.sink());
                InputStream in = Channels.newInputStream(down.source());
                DrawbridgeClient client =
                        DrawbridgeClient.connect(in, out, "test", "1", List.of(), new ClientListener() {})) {
            var pending = client.callTool(new CallToolParams(
                    "a", "t", Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()));
            down.sink().close();
            Outcome<McpResult> outcome = pending.get(10, TimeUnit.SECONDS);
            assertEquals("daemon.connectionLost", failure(outcome).code());
        }
    }

    @Test
    void anAnswerThatDoesNotFitIsAFailure() throws Exception {
        Pipe up = Pipe.open();
        Pipe down = Pipe.open();
        try (OutputStream out = Channels.newOutputStream(up.sink());
                InputStream in = Channels.newInputStream(down.source());
                OutputStream daemon = Channels.newOutputStream(down.sink());
                DrawbridgeClient client =
                        DrawbridgeClient.connect(in, out, "test", "1", List.of(), new ClientListener() {})) {
            var pending = client.listServers();
            String body = "{\"jsonrpc\":\"2.0\",\"id\":\"2\",\"result\":{\"servers\":7}}";
            daemon.write(("Content-Length: " + body.length() + "\r\n\r\n" + body).getBytes(StandardCharsets.UTF_8));
            Outcome<ListServersResult> outcome = pending.get(10, TimeUnit.SECONDS);
            assertEquals("daemon.badAnswer", failure(outcome).code());
        }
    }

    private static Failure failure(Outcome<?> outcome) {
        return assertInstanceOf(Outcome.Failed.class, outcome).failure();
    }
}
