package dev.drawbridge.daemon;

import java.nio.channels.SocketChannel;
import java.time.Instant;

/** One attached client, from its admission to the end of its connection. */
record DaemonSession(String id, Hello hello, Instant since, SocketChannel channel, WatchedOutput output) {
    /** Ends the session: its face sees the end of input. Closing, not interrupting, is what wakes a blocked channel safely. */
    void end() {
        Closing.quietly(channel);
    }
}
