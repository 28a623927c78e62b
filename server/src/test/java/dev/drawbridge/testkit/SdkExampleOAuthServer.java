package dev.drawbridge.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The example of the official TypeScript SDK, with an authorization server that approves everything at once: no page, no
 * {@code iss}, no refresh, an issuer that ends in a slash and a resource that says {@code localhost}.
 */
public final class SdkExampleOAuthServer implements AutoCloseable {
    private static final Duration START_DEADLINE = Duration.ofSeconds(30);
    private static final String SCRIPT = "@modelcontextprotocol/sdk/dist/esm/examples/server/simpleStreamableHttp.js";

    private final ChildProcess process;
    private final URI url;

    public SdkExampleOAuthServer() {
        // Its metadata names its ports before it listens, so it cannot be asked for port 0.
        int mcpPort = freePort();
        int authorizationPort = freePort();
        url = URI.create("http://localhost:" + mcpPort + "/mcp");
        process = RealParts.node(
                "SDK example server",
                Map.of("MCP_PORT", String.valueOf(mcpPort), "MCP_AUTH_PORT", String.valueOf(authorizationPort)),
                List.of(
                        "--require",
                        "./bind-loopback.cjs",
                        RealParts.packaged(SCRIPT).toString(),
                        "--oauth"));
        try {
            for (int port : List.of(mcpPort, authorizationPort)) {
                process.await("port " + port, START_DEADLINE, line -> line.endsWith("127.0.0.1:" + port));
            }
        } catch (Throwable failed) {
            process.close();
            throw failed;
        }
    }

    public URI url() {
        return url;
    }

    public String log() {
        return process.log();
    }

    @Override
    public void close() {
        process.close();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
