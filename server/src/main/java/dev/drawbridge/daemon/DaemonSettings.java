package dev.drawbridge.daemon;

import java.time.Duration;
import java.util.Map;

/**
 * The bounds of one daemon.
 *
 * @param idle how long it stays without a session
 * @param maxSessions how many sessions it serves at once
 * @param handshake how long a client may take to greet
 * @param stalledWrite how long a client may leave what it was sent unread
 * @param build what it says it is
 */
public record DaemonSettings(
        Duration idle, int maxSessions, Duration handshake, Duration stalledWrite, BuildInfo build) {
    /** Longer than any daemon runs. */
    static final Duration FOR_EVER = Duration.ofDays(3650);

    public static final DaemonSettings DEFAULT = new DaemonSettings(
            Duration.ofMinutes(5), 256, Duration.ofSeconds(5), Duration.ofSeconds(60), BuildInfo.current());

    /** The defaults with {@code DRAWBRIDGE_IDLE_SECONDS} applied; a value that is no positive number changes nothing. */
    public static DaemonSettings of(Map<String, String> environment) {
        try {
            long seconds = Long.parseLong(environment.getOrDefault("DRAWBRIDGE_IDLE_SECONDS", ""));
            return seconds > 0 ? DEFAULT.withIdle(Duration.ofSeconds(seconds)) : DEFAULT;
        } catch (NumberFormatException _) {
            return DEFAULT;
        }
    }

    public DaemonSettings withIdle(Duration changed) {
        return new DaemonSettings(changed, maxSessions, handshake, stalledWrite, build);
    }

    public DaemonSettings withBuild(BuildInfo changed) {
        return new DaemonSettings(idle, maxSessions, handshake, stalledWrite, changed);
    }

    public DaemonSettings withMaxSessions(int changed) {
        return new DaemonSettings(idle, changed, handshake, stalledWrite, build);
    }

    public DaemonSettings withDeadlines(Duration changedHandshake, Duration changedStalledWrite) {
        return new DaemonSettings(idle, maxSessions, changedHandshake, changedStalledWrite, build);
    }
}
