package dev.drawbridge.daemon.relay;

/**
 * Notices that the editor is gone although its end of the pipe stays open, which happens when a child of the editor
 * inherited it: a process whose parent ends gets another parent.
 */
final class ParentWatch implements Runnable {
    private static final long PERIOD_MILLIS = 2_000;

    private final RelayExit exit;
    private final long parent;

    private ParentWatch(RelayExit exit, long parent) {
        this.exit = exit;
        this.parent = parent;
    }

    static void start(RelayExit exit) {
        Thread thread = new Thread(null, new ParentWatch(exit, parentPid()), "parent-watch", 128 << 10);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void run() {
        try {
            do {
                Thread.sleep(PERIOD_MILLIS);
            } while (parentPid() == parent);
            exit.exit(0);
        } catch (InterruptedException _) {
            return;
        }
    }

    private static long parentPid() {
        ProcessHandle parent = ProcessHandle.current().parent().orElse(null);
        return parent == null ? -1 : parent.pid();
    }
}
