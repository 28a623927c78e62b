package dev.drawbridge.hub;

import static org.junit.jupiter.api.Assertions.fail;

import dev.drawbridge.config.ConfigProblem;
import dev.drawbridge.mcp.ServerRequest;
import dev.drawbridge.mcp.json.RawJson;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A session's listener that keeps all it hears, and lets a test wait for it. */
final class RecordingListener implements SessionListener {
    private static final long DEADLINE_SECONDS = 20;

    /** One thing heard. */
    record Heard(String kind, Object content) {}

    private final List<Heard> heard = new ArrayList<>();

    private synchronized void hear(String kind, Object content) {
        heard.add(new Heard(kind, content));
        notifyAll();
    }

    @Override
    public void onStatusChanged(List<ServerView> servers) {
        hear("status", servers);
    }

    @Override
    public void onAuthRequired(List<ServerView> servers) {
        hear("authRequired", servers);
    }

    @Override
    public void onAuthCompleted(ServerName server, FlowId flow, AuthResult result) {
        hear("authCompleted", result);
    }

    @Override
    public void onCatalogChanged(ServerName server, Set<CatalogKind> kinds) {
        hear("catalog", kinds);
    }

    @Override
    public void onLog(LogEntry entry) {
        hear("log", entry);
    }

    @Override
    public void onConfigProblems(Path file, List<ConfigProblem> problems) {
        hear("problems", problems);
    }

    @Override
    public void onServerNotification(ServerName server, String method, RawJson params) {
        hear("notification", method);
    }

    @Override
    public ServerRequest.Answer onServerRequest(ServerName server, ServerRequest request) {
        hear("request", request.method());
        return ServerRequest.Answer.notSupported(request.method());
    }

    synchronized int count(String kind) {
        return (int) heard.stream().filter(one -> one.kind().equals(kind)).count();
    }

    synchronized List<String> kinds() {
        return heard.stream().map(Heard::kind).toList();
    }

    synchronized String conversation() {
        StringBuilder text = new StringBuilder("heard:\n");
        heard.forEach(one -> text.append("  ").append(one).append('\n'));
        return text.toString();
    }

    /** Waits until at least so many of a kind were heard. */
    void await(String kind, int howMany) {
        awaitThat(kind + " ×" + howMany, () -> count(kind) >= howMany);
    }

    /** Waits for a status in which the server's state passes the test; returns that state. */
    ServerState awaitState(ServerName server, Predicate<ServerState> test) {
        awaitThat(
                server + " in the wanted state",
                () -> state(server).filter(test).isPresent());
        return state(server).orElseThrow();
    }

    synchronized Optional<ServerState> state(ServerName server) {
        return latest().stream()
                .filter(view -> view.name().equals(server))
                .map(ServerView::state)
                .findFirst();
    }

    /** The newest full list. */
    synchronized List<ServerView> latest() {
        return views("status", count("status") - 1);
    }

    synchronized List<ServerName> namesIn(String kind, int index) {
        return views(kind, index).stream().map(ServerView::name).toList();
    }

    @SuppressWarnings("unchecked")
    private List<ServerView> views(String kind, int index) {
        List<Heard> ofKind =
                heard.stream().filter(one -> one.kind().equals(kind)).toList();
        return index < 0 || index >= ofKind.size()
                ? List.of()
                : (List<ServerView>) ofKind.get(index).content();
    }

    /** Waits for anything. */
    synchronized void awaitThat(String what, java.util.function.BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
        while (!condition.getAsBoolean()) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                fail("not seen within " + DEADLINE_SECONDS + " s: " + what + "; " + conversation());
            }
            try {
                wait(Math.min(left, 50));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                fail("interrupted while waiting for " + what);
            }
        }
    }
}
