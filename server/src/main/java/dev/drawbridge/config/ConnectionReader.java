package dev.drawbridge.config;

import java.time.Duration;
import java.util.Optional;

/** Reads how connections to a remote server are made and kept. */
final class ConnectionReader {
    /** As mcp-remote's {@code --keep-alive}. */
    private static final Duration PING_INTERVAL = Duration.ofSeconds(30);

    private ConnectionReader() {}

    /** @param type what the file says the server's type is, as {@link EntryReader} understood it */
    static ConnectionSettings read(Members members, Optional<String> type) {
        Optional<Duration> interval = members.duration("pingInterval");
        boolean keepAlive = members.bool("keepAlive").orElse(interval.isPresent());
        return new ConnectionSettings(
                type.map(ConnectionReader::order).orElse(TransportOrder.HTTP_FIRST),
                members.duration("connectTimeout"),
                members.durationOrOff("headersTimeout"),
                members.durationOrOff("bodyTimeout"),
                keepAlive ? Optional.of(atLeastASecond(interval.orElse(PING_INTERVAL))) : Optional.empty(),
                members.bool("ipv4").orElse(false),
                members.bool("cookies").orElse(true));
    }

    /** Whatever the file says, a server is not to be flooded. */
    private static Duration atLeastASecond(Duration interval) {
        return interval.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : interval;
    }

    /** Other programs mean by http that they try HTTP+SSE when Streamable HTTP is refused, and so do we. */
    private static TransportOrder order(String type) {
        return type.equals("sse")
                ? TransportOrder.SSE_ONLY
                : TransportOrder.of(type).orElse(TransportOrder.HTTP_FIRST);
    }
}
