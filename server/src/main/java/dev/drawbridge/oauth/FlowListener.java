package dev.drawbridge.oauth;

/** Hears of the end of every sign-in, exactly once each, on a thread of this package; must only enqueue. */
@FunctionalInterface
public interface FlowListener {
    void onEnded(FlowView flow, FlowEnd end);
}
