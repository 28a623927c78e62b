package dev.drawbridge.daemon.relay;

/** What a byte stream gave next, once its framing was taken off. */
sealed interface Frame {
    /** A message's body, not looked into. */
    record Message(byte[] body) implements Frame {}

    /** Bytes that are no message; the stream goes on behind them. */
    record Malformed(String why) implements Frame {}

    /** Nothing more comes. */
    record End() implements Frame {}
}
