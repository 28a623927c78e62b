package dev.drawbridge.daemon.relay;

import java.io.IOException;
import java.io.OutputStream;

/** The stream to the editor, shared by the threads that write to it; whole messages only. */
final class EditorEnd {
    private final Framing framing;
    private final OutputStream out;
    private final RelayExit exit;

    EditorEnd(Framing framing, OutputStream out, RelayExit exit) {
        this.framing = framing;
        this.out = out;
        this.exit = exit;
    }

    /** Blocks while the editor does not read, which in turn slows the daemon's end down; nothing piles up. */
    synchronized void send(byte[] body) {
        try {
            framing.write(out, body);
        } catch (IOException e) {
            // The editor closed the pipe: there is nobody left to work for.
            exit.exit(0);
        }
    }
}
