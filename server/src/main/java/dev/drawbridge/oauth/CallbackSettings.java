package dev.drawbridge.oauth;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Where browsers come back to.
 *
 * @param ports tried in this order
 * @param path of the redirect URI
 * @param linger how long the listener outlives the last flow, so that a reloaded page is still answered
 */
public record CallbackSettings(List<Integer> ports, String path, Duration linger) {
    /** Ports 48801 to 48811, {@code /callback}, fifteen seconds. */
    public static final CallbackSettings DEFAULT = new CallbackSettings(
            IntStream.rangeClosed(48801, 48811).boxed().toList(), "/callback", Duration.ofSeconds(15));

    public CallbackSettings {
        ports = List.copyOf(ports);
    }
}
