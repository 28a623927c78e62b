package dev.drawbridge.daemon;

/** Why a daemon ended; the last line of its log, so that nobody has to guess. */
public enum StopReason {
    IDLE("idle", "No editor or host was attached for a while."),
    SUPERSEDED("superseded", "A newer Drawbridge had connected, and the last session has ended."),
    STOP_REQUESTED("stop", "Somebody ran drawbridge stop."),
    TERMINATED("signal", "The process was asked to end by a signal, or the machine is shutting down."),
    ALREADY_RUNNING("already-running", "Another daemon of this user holds the lock."),
    FAILED("failed", "The daemon cannot go on; the line before says why.");

    private final String code;
    private final String sentence;

    StopReason(String code, String sentence) {
        this.code = code;
        this.sentence = sentence;
    }

    /** Stable, for logs and tests. */
    public String code() {
        return code;
    }

    public String sentence() {
        return sentence;
    }
}
