package dev.drawbridge.daemon.relay;

import dev.drawbridge.daemon.DaemonConnection;
import dev.drawbridge.hub.Outcome;

/** How the relay reaches a daemon; blocks until it has one or knows why not. */
public interface Connector {
    /** @param client who the editor said it is; may be empty */
    Outcome<DaemonConnection> connect(String client) throws InterruptedException;
}
