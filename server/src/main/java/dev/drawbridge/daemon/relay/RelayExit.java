package dev.drawbridge.daemon.relay;

/** How the relay's threads end the whole process; a test ends something smaller. */
interface RelayExit {
    void exit(int code);
}
