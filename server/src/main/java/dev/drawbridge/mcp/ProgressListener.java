package dev.drawbridge.mcp;

import java.util.Optional;

/** Hears the progress of one request. Called on the connection's thread; only enqueues. */
@FunctionalInterface
public interface ProgressListener {
    ProgressListener NONE = (progress, total, message) -> {};

    void onProgress(double progress, Optional<Double> total, Optional<String> message);
}
