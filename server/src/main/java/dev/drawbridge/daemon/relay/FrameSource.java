package dev.drawbridge.daemon.relay;

import java.io.IOException;

/** The receiving end of a framed stream; used by one thread. */
interface FrameSource {
    Frame next() throws IOException;
}
