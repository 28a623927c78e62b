package dev.drawbridge.daemon;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * What a session speaks after the handshake; the daemon's core knows no protocol. One instance serves every session of
 * its role, each call on a virtual thread of its own.
 */
@FunctionalInterface
public interface SessionFace {
    /**
     * Serves one session and returns when it has ended. End of input means that the client has gone; closing the
     * streams is the daemon's work, and the way it ends a session that must stop.
     *
     * @param out a write that makes no progress for a minute closes the session: a slow reader must not pile up memory
     */
    void serve(Hello hello, InputStream in, OutputStream out) throws IOException;
}
