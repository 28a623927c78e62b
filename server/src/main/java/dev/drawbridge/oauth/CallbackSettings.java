package dev.drawbridge.oauth;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Where browsers come back to.
 *
 * @param ports tried in this order
 * @param path of the redirect URI
 * @param idle how long the listener stays after the last flow
 */
public record CallbackSettings(List<Integer> ports, String path, Duration idle) {
    /** Ports 48801 to 48811, {@code /callback}, ten minutes. */
    public static final CallbackSettings DEFAULT = new CallbackSettings(
            IntStream.rangeClosed(48801, 48811).boxed().toList(), "/callback", Duration.ofMinutes(10));

    public CallbackSettings {
        ports = List.copyOf(ports);
    }
}
