package dev.drawbridge.config;

import java.time.Duration;
import java.util.Optional;

/**
 * How connections to a remote server are made and kept. A time limit of zero is one that was switched off.
 *
 * @param connectTimeout the longest a TCP and TLS handshake may take
 * @param headersTimeout the longest wait for the headers of a response
 * @param bodyTimeout the longest silence within a response's body
 * @param pingInterval how often the server is pinged, when at all
 * @param ipv4 whether only IPv4 addresses are used
 * @param cookies whether the server's cookies are kept while it is connected
 */
public record ConnectionSettings(
        TransportOrder transport,
        Optional<Duration> connectTimeout,
        Optional<Duration> headersTimeout,
        Optional<Duration> bodyTimeout,
        Optional<Duration> pingInterval,
        boolean ipv4,
        boolean cookies) {
    /** Whether the file says how long the server may be silent within one exchange. */
    public boolean limitsSilence() {
        return headersTimeout.isPresent() || bodyTimeout.isPresent();
    }

    /** All of it, and nothing that is as it is without a word: this also tells connections apart. */
    @Override
    public String toString() {
        return transport.word()
                + connectTimeout.map(limit -> " connect=" + limit).orElse("")
                + headersTimeout.map(limit -> " headers=" + limit).orElse("")
                + bodyTimeout.map(limit -> " body=" + limit).orElse("")
                + pingInterval.map(interval -> " ping=" + interval).orElse("")
                + (ipv4 ? " ipv4" : "")
                + (cookies ? "" : " no-cookies");
    }
}
