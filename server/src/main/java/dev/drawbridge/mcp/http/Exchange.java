package dev.drawbridge.mcp.http;

import java.io.IOException;
import java.io.InputStream;

/**
 * A handle to end one HTTP exchange from another thread, whatever it is doing: waiting for a connection, for headers, or
 * for more of a stream. Interrupting would close the channel under the shared client, so nobody is interrupted.
 */
public final class Exchange {
    private Runnable ending = () -> {};
    private boolean aborted;

    public void abort() {
        Runnable now;
        synchronized (this) {
            if (aborted) {
                return;
            }
            aborted = true;
            now = ending;
        }
        now.run();
    }

    public synchronized boolean isAborted() {
        return aborted;
    }

    /** How the exchange is ended from here on; it must not block. Runs at once when it has been aborted already. */
    void endsBy(Runnable action) {
        boolean late;
        synchronized (this) {
            ending = action;
            late = aborted;
        }
        if (late) {
            action.run();
        }
    }

    /** There is nothing left to be ended; false when it was aborted before that. */
    synchronized boolean release() {
        ending = () -> {};
        return !aborted;
    }

    public static void closeQuietly(InputStream stream) {
        try {
            stream.close();
        } catch (IOException e) {
            // It is not read any more, so how its closing fails does not matter.
        }
    }
}
