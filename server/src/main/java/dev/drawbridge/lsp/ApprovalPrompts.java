package dev.drawbridge.lsp;

import dev.drawbridge.hub.HubSession;
import dev.drawbridge.hub.Outcome;
import dev.drawbridge.hub.ServerName;
import dev.drawbridge.hub.ServerState.Untrusted;
import dev.drawbridge.hub.ServerView;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.eclipse.lsp4j.MessageType;

/**
 * Asks whether servers that a workspace file brings may start, showing in full what would run. Each definition is asked
 * about once per session; an approval covers the definition that was shown, by its digest. State belongs to the session's loop.
 */
final class ApprovalPrompts {
    static final String APPROVE = "Approve";
    static final String NOT_NOW = "Not now";

    private static final Duration PAUSE = Duration.ofMillis(400);
    private static final int MAX_ACTIONS = 5;
    private static final int MAX_ASKED = 1_000;

    private final EditorClient client;
    private final SessionLoop loop;
    private final Workers workers;
    private final HubSession hub;
    private final Set<String> asked = new HashSet<>();
    private List<ServerView> latest = List.of();
    private boolean scheduled;

    ApprovalPrompts(EditorClient client, SessionLoop loop, Workers workers, HubSession hub) {
        this.client = client;
        this.loop = loop;
        this.workers = workers;
        this.hub = hub;
    }

    void onStatusChanged(List<ServerView> servers) {
        latest = servers;
        if (!scheduled && servers.stream().anyMatch(this::isNew)) {
            scheduled = true;
            loop.later(PAUSE, this::askAboutNew);
        }
    }

    /** Shows one definition and asks, because the person chose to approve without having seen it. */
    void ask(ServerView server, Untrusted state) {
        asked.add(state.definitionDigest());
        question(List.of(server));
    }

    CompletableFuture<Outcome<Outcome.Done>> approve(ServerName server, String digest) {
        CompletableFuture<Outcome<Outcome.Done>> done = workers.start(cancellation -> hub.approve(server, digest));
        done.thenAccept(outcome -> {
            if (outcome instanceof Outcome.Failed<Outcome.Done> failed) {
                client.failure(failed.failure());
            }
        });
        return done;
    }

    private boolean isNew(ServerView server) {
        return server.state() instanceof Untrusted(String digest) && !asked.contains(digest);
    }

    private void askAboutNew() {
        scheduled = false;
        Map<Path, List<ServerView>> byFile = new LinkedHashMap<>();
        latest.stream()
                .filter(this::isNew)
                .forEach(server -> byFile.computeIfAbsent(server.origin().file(), file -> new ArrayList<>())
                        .add(server));
        byFile.values().forEach(servers -> {
            servers.forEach(server -> {
                if (server.state() instanceof Untrusted(String digest) && asked.size() < MAX_ASKED) {
                    asked.add(digest);
                }
            });
            question(servers);
        });
    }

    private void question(List<ServerView> servers) {
        Map<String, ServerView> actions = new LinkedHashMap<>();
        if (servers.size() == 1) {
            actions.put(APPROVE, servers.getFirst());
        } else {
            servers.stream().limit(MAX_ACTIONS).forEach(server -> actions.put(APPROVE + " " + server.name(), server));
        }
        List<String> titles = new ArrayList<>(actions.keySet());
        titles.add(NOT_NOW);
        client.ask(
                        MessageType.Warning,
                        Sentences.needApproval(servers),
                        titles,
                        Sentences.otherwise(servers, Commands.APPROVE))
                .thenAcceptAsync(
                        chosen -> chosen.map(actions::get).ifPresent(server -> {
                            if (server.state() instanceof Untrusted(String digest)) {
                                approve(server.name(), digest);
                            }
                            List<ServerView> others = servers.stream()
                                    .filter(other -> !other.name().equals(server.name()))
                                    .toList();
                            if (!others.isEmpty()) {
                                question(others);
                            }
                        }),
                        loop);
    }
}
