package dev.drawbridge.config;

import java.util.Optional;

/** Which of the two transports over HTTP is spoken to a server, and which is tried first where that is open. */
public enum TransportOrder {
    /** Streamable HTTP, and HTTP+SSE (MCP 2024-11-05) when the server has none. */
    HTTP_FIRST("http-first"),
    SSE_FIRST("sse-first"),
    HTTP_ONLY("http-only"),
    SSE_ONLY("sse-only");

    private final String word;

    TransportOrder(String word) {
        this.word = word;
    }

    /** As mcp-remote's flag spells it. */
    String word() {
        return word;
    }

    static Optional<TransportOrder> of(String word) {
        for (TransportOrder order : values()) {
            if (order.word.equals(word)) {
                return Optional.of(order);
            }
        }
        return Optional.empty();
    }
}
