package dev.drawbridge.hub;

import dev.drawbridge.hub.ServerView.CatalogCounts;
import dev.drawbridge.mcp.CallOutcome;
import dev.drawbridge.mcp.Connection;
import dev.drawbridge.mcp.Identity;
import dev.drawbridge.mcp.ListReader;
import dev.drawbridge.mcp.ListReader.Item;
import dev.drawbridge.mcp.ListReader.Listing;
import dev.drawbridge.mcp.Rejection;
import dev.drawbridge.mcp.json.RawJson;
import dev.drawbridge.mcp.rpc.ListKinds;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The lists of one server as they were last read; kept over a disconnect, so that what a server offers is known before
 * it is back. Thread-safe. At most one reading runs at a time; lists that go stale meanwhile are read again after it.
 */
final class Catalog {
    private static final Logger LOG = System.getLogger(Catalog.class.getName());

    private static final Map<String, Set<CatalogKind>> STALE_AFTER = Map.of(
            "notifications/tools/list_changed", EnumSet.of(CatalogKind.TOOLS),
            "notifications/resources/list_changed", EnumSet.of(CatalogKind.RESOURCES, CatalogKind.RESOURCE_TEMPLATES),
            "notifications/prompts/list_changed", EnumSet.of(CatalogKind.PROMPTS));

    /** How long a list holds of a server that does not announce changes. */
    private static final Duration UNANNOUNCED = Duration.ofMinutes(5);

    private final Set<String> disabledTools;
    private final InstantSource clock;
    private final Map<CatalogKind, List<Item>> lists = new EnumMap<>(CatalogKind.class);
    private final Map<CatalogKind, Read> reads = new EnumMap<>(CatalogKind.class);
    private final Set<CatalogKind> pending = EnumSet.noneOf(CatalogKind.class);
    private final Set<CatalogKind> recalled = EnumSet.noneOf(CatalogKind.class);
    private boolean doubted;
    private Optional<Connection> forgotten = Optional.empty();
    private final Set<CatalogKind> announced = EnumSet.noneOf(CatalogKind.class);
    private final Map<CatalogKind, Integer> announcements = new EnumMap<>(CatalogKind.class);
    private boolean reading;

    /** A reading that no news has made stale. */
    private record Read(Connection over, Instant at) {}

    Catalog(Set<String> disabledTools, InstantSource clock) {
        this.disabledTools = Set.copyOf(disabledTools);
        this.clock = clock;
    }

    /** Which lists a notification makes stale, if it is about lists at all. */
    static Optional<Set<CatalogKind>> madeStaleBy(String method) {
        return Optional.ofNullable(STALE_AFTER.get(method));
    }

    /** A new connection is there, over which every list is about to be read; whoever asks meanwhile waits for that. */
    synchronized void expectReading() {
        pending.addAll(EnumSet.allOf(CatalogKind.class));
    }

    /** The server says that lists have changed: they count as new whatever is read, for others may be shown other lists. */
    synchronized void announced(Set<CatalogKind> kinds) {
        announced.addAll(kinds);
    }

    /** Notes that lists want reading; true when the caller is to do it with {@link #readPending}. */
    synchronized boolean beginReading(Set<CatalogKind> kinds) {
        pending.addAll(kinds);
        if (reading) {
            return false;
        }
        reading = true;
        return true;
    }

    /**
     * What a reading gave.
     *
     * @param changed the lists whose content is new, or was said to be
     * @param refused the first list that was refused for want of authorization
     */
    record Reading(Set<CatalogKind> changed, Optional<Rejection> refused) {}

    /**
     * Reads until nothing is pending. Blocks; on a thread of its own. The connection is asked for before each list: the
     * server may have been connected to anew meanwhile, and a list that the old connection took with it is read again.
     */
    Reading readPending(Supplier<Optional<Connection>> current, Duration timeout) {
        try {
            return readEach(current, timeout);
        } catch (RuntimeException e) {
            // Else nothing would ever be read again.
            synchronized (this) {
                reading = false;
                pending.clear();
                notifyAll();
            }
            throw e;
        }
    }

    private Reading readEach(Supplier<Optional<Connection>> current, Duration timeout) {
        Set<CatalogKind> changed = EnumSet.noneOf(CatalogKind.class);
        Optional<Rejection> refused = Optional.empty();
        for (Optional<CatalogKind> next = takePending(); next.isPresent(); next = takePending()) {
            CatalogKind kind = next.get();
            Optional<Connection> open = current.get();
            if (open.isEmpty()) {
                // Connecting again asks for every list.
                continue;
            }
            Connection connection = open.get();
            Set<String> offered = Identity.of(connection.negotiated()).capabilities();
            if (!offered.contains(capability(kind))) {
                if (replace(kind, List.of(), connection)) {
                    changed.add(kind);
                }
                continue;
            }
            switch (ListReader.read(connection, kind.method(), kind.member(), timeout)) {
                case Listing.Complete(List<Item> items) -> {
                    boolean said = takeAnnounced(kind);
                    if (replace(kind, items, connection) || said) {
                        changed.add(kind);
                    }
                }
                case Listing.Refused(CallOutcome.Unauthorized(Rejection rejection)) ->
                    refused = refused.or(() -> Optional.of(rejection));
                // The old list stays: a list that cannot be read now is no empty list.
                case Listing.Refused(var outcome) -> {
                    if (!current.get().equals(open)) {
                        again(kind);
                    }
                    LOG.log(Level.DEBUG, "{0} was refused: {1}", kind.method(), outcome);
                }
                case Listing.Malformed(String what) -> LOG.log(Level.WARNING, what);
            }
        }
        return new Reading(changed, refused);
    }

    /** Begins with the lists as they were known before this daemon began. */
    synchronized void recall(Map<String, List<Item>> known) {
        for (CatalogKind kind : CatalogKind.values()) {
            List<Item> items = known.get(kind.method());
            if (items != null && !lists.containsKey(kind)) {
                lists.put(kind, items);
                recalled.add(kind);
            }
        }
    }

    /** A list that was known before this daemon began, as long as it has not been read since. */
    synchronized Optional<RawJson> recalled(CatalogKind kind) {
        return recalled.contains(kind) && !doubted ? list(kind) : Optional.empty();
    }

    /** Somebody has signed in, perhaps another person: what was known before is only better than nothing. */
    synchronized void doubtRecalled() {
        doubted = true;
    }

    /** A list that this daemon has read itself. */
    synchronized Optional<RawJson> read(CatalogKind kind) {
        return recalled.contains(kind) ? Optional.empty() : list(kind);
    }

    synchronized boolean isBeingRead() {
        return reading || !pending.isEmpty();
    }

    /** Every list as it was last read, by its method. */
    synchronized Map<String, List<Item>> all() {
        return lists.entrySet().stream()
                .collect(Collectors.toMap(list -> list.getKey().method(), Map.Entry::getValue));
    }

    /** Drops every list, and what may still come over a connection that has ended. */
    synchronized void forget(Optional<Connection> ended) {
        forgotten = ended;
        lists.clear();
        reads.clear();
        recalled.clear();
    }

    /** The list as a JSON array of the server's own items, disabled tools left out; empty when it was never read. */
    synchronized Optional<RawJson> list(CatalogKind kind) {
        return Optional.ofNullable(lists.get(kind)).map(items -> asArray(visible(kind, items)));
    }

    private static RawJson asArray(List<Item> items) {
        return RawJson.of(items.stream().map(item -> item.raw().text()).collect(Collectors.joining(",", "[", "]")));
    }

    /** The list if it is what the server would answer now, as far as anybody can know. */
    synchronized Optional<RawJson> fresh(CatalogKind kind, Connection over) {
        Read read = reads.get(kind);
        boolean holds = read != null
                && read.over().equals(over)
                && !pending.contains(kind)
                && (announces(over, kind)
                        || Duration.between(read.at(), clock.instant()).compareTo(UNANNOUNCED) < 0);
        return holds ? list(kind) : Optional.empty();
    }

    private static boolean announces(Connection over, CatalogKind kind) {
        return ListKinds.of(over.negotiated().capabilities()).changing().contains(capability(kind));
    }

    /** Waits while lists are being read, or are about to be. */
    synchronized void awaitReading(Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (isBeingRead()) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return;
            }
            wait(left);
        }
    }

    /** Keeps a list that was read by itself, and gives it back as {@link #list} does. */
    synchronized RawJson put(CatalogKind kind, List<Item> items, Connection over) {
        replace(kind, items, over);
        return asArray(visible(kind, items));
    }

    synchronized CatalogCounts counts() {
        return new CatalogCounts(
                count(CatalogKind.TOOLS),
                count(CatalogKind.RESOURCES),
                count(CatalogKind.RESOURCE_TEMPLATES),
                count(CatalogKind.PROMPTS));
    }

    private int count(CatalogKind kind) {
        return visible(kind, lists.getOrDefault(kind, List.of())).size();
    }

    private List<Item> visible(CatalogKind kind, List<Item> items) {
        return kind == CatalogKind.TOOLS && !disabledTools.isEmpty()
                ? items.stream()
                        .filter(item -> !disabledTools.contains(item.name()))
                        .toList()
                : items;
    }

    private synchronized Optional<CatalogKind> takePending() {
        Optional<CatalogKind> next = pending.stream().findFirst();
        next.ifPresent(kind -> {
            pending.remove(kind);
            reads.remove(kind);
        });
        reading = next.isPresent();
        notifyAll();
        return next;
    }

    private synchronized boolean takeAnnounced(CatalogKind kind) {
        boolean said = announced.remove(kind);
        if (said) {
            announcements.merge(kind, 1, Integer::sum);
        }
        return said;
    }

    /** How often a list was read because the server said that it has changed. */
    synchronized int announcements(CatalogKind kind) {
        return announcements.getOrDefault(kind, 0);
    }

    private synchronized void again(CatalogKind kind) {
        pending.add(kind);
    }

    private synchronized boolean replace(CatalogKind kind, List<Item> items, Connection over) {
        if (forgotten.equals(Optional.of(over))) {
            return false;
        }
        recalled.remove(kind);
        reads.put(kind, new Read(over, clock.instant()));
        List<Item> before = lists.put(kind, items);
        return !items.equals(before == null ? List.of() : before);
    }

    static String capability(CatalogKind kind) {
        return switch (kind) {
            case TOOLS -> "tools";
            case RESOURCES, RESOURCE_TEMPLATES -> "resources";
            case PROMPTS -> "prompts";
        };
    }
}
