package dev.drawbridge.daemon;

import java.nio.channels.SocketChannel;

/** Closes a channel that takes too long to shake hands; a blocked read on a channel has no time limit of its own. */
final class HandshakeDeadline implements Runnable {
    private final SocketChannel channel;
    private final long millis;
    private boolean met;
    private boolean exceeded;

    private HandshakeDeadline(SocketChannel channel, long millis) {
        this.channel = channel;
        this.millis = millis;
    }

    static HandshakeDeadline start(SocketChannel channel, long millis) {
        HandshakeDeadline deadline = new HandshakeDeadline(channel, millis);
        Thread thread = new Thread(null, deadline, "handshake-deadline", 64 << 10);
        thread.setDaemon(true);
        thread.start();
        return deadline;
    }

    synchronized void met() {
        met = true;
        notifyAll();
    }

    synchronized boolean isExceeded() {
        return exceeded;
    }

    @Override
    public void run() {
        synchronized (this) {
            long end = System.nanoTime() + millis * 1_000_000;
            try {
                while (!met) {
                    long left = (end - System.nanoTime()) / 1_000_000;
                    if (left <= 0) {
                        break;
                    }
                    wait(left);
                }
            } catch (InterruptedException _) {
                return;
            }
            if (met) {
                return;
            }
            exceeded = true;
        }
        Closing.quietly(channel);
    }
}
