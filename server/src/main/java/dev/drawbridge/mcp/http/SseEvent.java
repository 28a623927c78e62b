package dev.drawbridge.mcp.http;

import java.time.Duration;
import java.util.Optional;

/**
 * One server-sent event.
 *
 * @param type {@code message} unless the server named another
 * @param data the lines of data, joined by line feeds
 * @param id the last id seen on the stream, this event's included
 * @param retry the reconnection time, when this event set it
 */
public record SseEvent(String type, byte[] data, Optional<String> id, Optional<Duration> retry) {
    public boolean isMessage() {
        return type.equals("message") && data.length > 0;
    }
}
