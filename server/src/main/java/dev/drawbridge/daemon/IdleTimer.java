package dev.drawbridge.daemon;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** How long nobody has been attached. Owned by the daemon's loop; reads a clock and holds no thread. */
final class IdleTimer {
    private final InstantSource clock;
    private final Duration limit;
    private Optional<Instant> emptySince;

    IdleTimer(InstantSource clock, Duration limit) {
        this.clock = clock;
        this.limit = limit;
        this.emptySince = Optional.of(clock.instant());
    }

    synchronized void observe(int sessions) {
        if (sessions > 0) {
            emptySince = Optional.empty();
        } else if (emptySince.isEmpty()) {
            emptySince = Optional.of(clock.instant());
        }
    }

    /** When the daemon ends if nobody comes; empty while somebody is attached. */
    synchronized Optional<Instant> endsAt() {
        return emptySince.map(since -> since.plus(limit));
    }

    /** What is left; zero when the time is up, empty while somebody is attached. */
    Optional<Duration> left() {
        return endsAt().map(end -> {
            Duration left = Duration.between(clock.instant(), end);
            // A clock set back must not keep an idle daemon for longer than one limit.
            return left.isNegative() ? Duration.ZERO : left.compareTo(limit) > 0 ? limit : left;
        });
    }
}
