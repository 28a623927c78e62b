package dev.drawbridge.mcp;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Where one MCP server is and how it is reached. Header and environment values never appear in {@code toString}. */
public sealed interface Endpoint {
    /**
     * Streamable HTTP (2025-03-26 and later).
     *
     * @param elseSse whether HTTP+SSE is tried when the server refuses this transport
     */
    record StreamableHttp(URI url, Map<String, String> headers, HttpOptions options, boolean elseSse)
            implements Endpoint {
        public StreamableHttp {
            headers = Map.copyOf(headers);
        }

        public StreamableHttp(URI url, Map<String, String> headers, HttpOptions options) {
            this(url, headers, options, true);
        }

        @Override
        public String toString() {
            return "StreamableHttp[" + url + ", headers=" + headers.keySet() + "]";
        }
    }

    /**
     * HTTP+SSE (2024-11-05), told by the configuration.
     *
     * @param elseHttp whether Streamable HTTP is tried when the server refuses this transport
     */
    record Sse(URI url, Map<String, String> headers, HttpOptions options, boolean elseHttp) implements Endpoint {
        public Sse {
            headers = Map.copyOf(headers);
        }

        public Sse(URI url, Map<String, String> headers, HttpOptions options) {
            this(url, headers, options, false);
        }

        @Override
        public String toString() {
            return "Sse[" + url + ", headers=" + headers.keySet() + "]";
        }
    }

    /**
     * A program on this machine that speaks MCP over its stdin and stdout.
     *
     * @param command the program and its arguments
     * @param environment the complete environment; nothing is inherited
     * @param directory the working directory
     */
    record Stdio(List<String> command, Map<String, String> environment, Path directory) implements Endpoint {
        public Stdio {
            if (command.isEmpty()) {
                throw new IllegalArgumentException("a command has at least the program's name");
            }
            command = List.copyOf(command);
            environment = Map.copyOf(environment);
        }

        /** Arguments may hold keys too, so only the program is named. */
        @Override
        public String toString() {
            return "Stdio[" + command.getFirst() + ", " + (command.size() - 1) + " arguments, environment="
                    + environment.keySet() + "]";
        }
    }
}
