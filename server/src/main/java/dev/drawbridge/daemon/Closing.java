package dev.drawbridge.daemon;

import java.io.Closeable;
import java.io.IOException;

/** Closing what is given up anyway. */
final class Closing {
    private Closing() {}

    /** A failure to close says nothing anybody could act on: the descriptor is gone in any case. */
    static void quietly(Closeable resource) {
        try {
            resource.close();
        } catch (IOException _) {
            return;
        }
    }
}
