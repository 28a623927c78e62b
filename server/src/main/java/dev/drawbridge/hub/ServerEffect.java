package dev.drawbridge.hub;

import java.time.Instant;

/** What {@link ServerMachine} wants done. {@link ServerInstance} does it, in order. */
sealed interface ServerEffect {
    /** Open a connection; any older one is closed first. */
    record Open() implements ServerEffect {}

    record Close() implements ServerEffect {}

    record ScheduleRetry(Instant at) implements ServerEffect {}

    record CancelRetry() implements ServerEffect {}

    /** Tell the sessions that a person is needed. */
    record AnnounceAuthRequired() implements ServerEffect {}

    /** Read the lists of the freshly connected server. */
    record ReadCatalog() implements ServerEffect {}
}
