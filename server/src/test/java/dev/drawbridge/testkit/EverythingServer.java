package dev.drawbridge.testkit;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The reference server with every MCP feature, without OAuth: as a stdio command line, or over Streamable HTTP. */
public final class EverythingServer implements AutoCloseable {
    private static final Duration START_DEADLINE = Duration.ofSeconds(30);
    private static final String LISTENING = "! listening on ";

    private final ChildProcess process;
    private final URI url;

    /** Starts one over Streamable HTTP on an ephemeral port. */
    public EverythingServer() {
        this("streamableHttp", "/mcp");
    }

    /** One over HTTP+SSE of 2024-11-05. */
    public static EverythingServer overSse() {
        return new EverythingServer("sse", "/sse");
    }

    private EverythingServer(String transport, String path) {
        process = RealParts.node(
                "everything server",
                Map.of("PORT", "0"),
                List.of("--require", "./bind-loopback.cjs", script(), transport));
        try {
            String line = process.await("its address", START_DEADLINE, text -> text.startsWith(LISTENING));
            url = URI.create(line.substring(LISTENING.length()) + path);
        } catch (Throwable failed) {
            process.close();
            throw failed;
        }
    }

    /** The command line of the stdio server, for a configuration file. */
    public static List<String> stdioCommand() {
        return List.of("node", script(), "stdio");
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

    private static String script() {
        return RealParts.packaged("@modelcontextprotocol/server-everything/dist/index.js")
                .toString();
    }
}
