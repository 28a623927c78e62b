package dev.drawbridge.hub;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The newest lines about all servers, bounded; older ones are forgotten first. Thread-safe. */
final class EventLog {
    private static final int MOST_LINES = 2_000;
    private static final int LONGEST_LINE = 4_000;

    private final Deque<LogEntry> entries = new ArrayDeque<>();

    /** Keeps the entry, cut to a bearable length, and returns what was kept. */
    synchronized LogEntry add(LogEntry entry) {
        LogEntry kept = entry.message().length() <= LONGEST_LINE
                ? entry
                : new LogEntry(
                        entry.time(),
                        entry.server(),
                        entry.level(),
                        entry.message().substring(0, LONGEST_LINE) + "…");
        if (entries.size() == MOST_LINES) {
            entries.removeFirst();
        }
        entries.addLast(kept);
        return kept;
    }

    /** The newest {@code limit} lines, oldest first; of one server, or of all. */
    synchronized List<LogEntry> newest(Optional<ServerName> server, int limit) {
        List<LogEntry> found = new ArrayList<>();
        for (LogEntry entry : entries) {
            if (server.isEmpty() || entry.server().equals(server)) {
                found.add(entry);
            }
        }
        return List.copyOf(found.subList(Math.max(0, found.size() - Math.max(0, limit)), found.size()));
    }
}
