package dev.drawbridge.mcp.http;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/**
 * The host names that are looked up as if they had IPv4 addresses only. The JVM has one resolver for everybody, so a name
 * that one server's entry marks is marked for all, until the process ends. Thread-safe.
 */
public final class Ipv4Hosts {
    private static final int MOST = 1000;
    private static final Set<String> MARKED = new LinkedHashSet<>();

    private Ipv4Hosts() {}

    static void mark(String host) {
        synchronized (MARKED) {
            if (MARKED.size() >= MOST) {
                MARKED.remove(MARKED.iterator().next());
            }
            MARKED.add(host.toLowerCase(Locale.ROOT));
        }
    }

    static boolean isMarked(String host) {
        synchronized (MARKED) {
            return MARKED.contains(host.toLowerCase(Locale.ROOT));
        }
    }
}
