package dev.drawbridge.mcp.http;

import dev.drawbridge.mcp.rpc.Deadlines;
import java.time.Duration;

/** Gives an exchange up whose response has not begun in time. */
final class HeadersDue implements Deadlines.Deadline {
    private final Exchange exchange;
    private final long end;
    private volatile boolean passed;

    private HeadersDue(Exchange exchange, Duration within) {
        this.exchange = exchange;
        this.end = System.nanoTime() + within.toNanos();
    }

    static HeadersDue of(Exchange exchange, Duration within) {
        HeadersDue due = new HeadersDue(exchange, within);
        Deadlines.SHARED.watch(due);
        return due;
    }

    @Override
    public long left(long now) {
        return end - now;
    }

    @Override
    public void passed() {
        passed = true;
        exchange.abort();
    }

    boolean hasPassed() {
        return passed;
    }
}
