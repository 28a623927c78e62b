package dev.drawbridge.daemon.relay;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** How messages lie on a byte stream; the forwarding does not care which way it is. */
interface Framing {
    /** The longest message that is carried, in bytes. */
    int MAX_MESSAGE = 64 << 20;

    FrameSource source(InputStream in);

    /** Writes one message and flushes. */
    void write(OutputStream out, byte[] body) throws IOException;
}
