package dev.drawbridge.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What one session hears, and how often. */
final class SessionOutboxTest {
    private final Map<ServerName, ServerState> states = new ConcurrentSkipListMap<>();
    private final RecordingListener listener = new RecordingListener();
    private final SessionOutbox outbox = new SessionOutbox(listener, this::views);

    @AfterEach
    void close() {
        outbox.close();
    }

    @Test
    void twentyServersThatNeedSignInMakeOneMessage() {
        outbox.start("test");
        List<ServerName> names =
                IntStream.range(0, 20).mapToObj(i -> new ServerName("s" + i)).toList();
        names.forEach(name -> states.put(name, new ServerState.Connecting(Instant.EPOCH)));
        outbox.statusChanged();
        for (ServerName name : names) {
            states.put(name, new ServerState.AuthRequired(AuthReason.SIGN_IN_NEEDED));
            outbox.statusChanged();
            outbox.authRequired(name);
        }
        listener.await("authRequired", 1);
        assertEquals(Set.copyOf(names), Set.copyOf(listener.namesIn("authRequired", 0)), listener.conversation());
        outbox.tell(SessionOutboxTest::mark);
        listener.await("log", 1);
        assertEquals(1, listener.count("authRequired"), listener.conversation());
    }

    @Test
    void whoWasSignedInMeanwhileIsNotAskedFor() {
        ServerName quick = new ServerName("quick");
        ServerName slow = new ServerName("slow");
        states.put(quick, new ServerState.AuthRequired(AuthReason.SIGN_IN_NEEDED));
        states.put(slow, new ServerState.AuthRequired(AuthReason.SIGN_IN_NEEDED));
        outbox.authRequired(quick);
        outbox.authRequired(slow);
        states.put(quick, new ServerState.Connected(Instant.EPOCH));
        outbox.start("test");
        listener.await("authRequired", 1);
        assertEquals(List.of(slow), listener.namesIn("authRequired", 0), listener.conversation());
    }

    @Test
    void nothingNewIsNotTold() {
        outbox.start("test");
        outbox.statusChanged();
        outbox.tell(SessionOutboxTest::mark);
        listener.await("log", 1);
        assertEquals(0, listener.count("status"), "an empty list was told as news: " + listener.conversation());
    }

    /** What is told after a change finds the listener already knowing the change. */
    @Test
    void messagesKeepTheirOrder() {
        outbox.start("test");
        states.put(new ServerName("a"), new ServerState.Stopped());
        outbox.statusChanged();
        outbox.tell(SessionOutboxTest::mark);
        listener.await("log", 1);
        assertEquals(List.of("status", "log"), listener.kinds());
    }

    private static void mark(SessionListener told) {
        told.onLog(new LogEntry(Instant.EPOCH, Optional.empty(), "info", "mark"));
    }

    private List<ServerView> views() {
        List<ServerView> views = new ArrayList<>();
        states.forEach((name, state) -> views.add(new ServerView(
                name,
                new ServerOrigin.User(Path.of("mcp.json")),
                ServerView.Transport.HTTP,
                "https://example.test",
                state,
                new AuthenticationState.None(),
                Optional.empty(),
                ServerView.CatalogCounts.NONE,
                Set.of())));
        return views;
    }
}
