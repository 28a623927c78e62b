package dev.drawbridge.lsp;

import dev.drawbridge.hub.HubSession.SignInMethod;
import dev.drawbridge.hub.Outcome;
import dev.drawbridge.hub.ServerName;
import dev.drawbridge.hub.ServerState;
import dev.drawbridge.hub.ServerView;
import dev.drawbridge.hub.SessionListener.AuthResult;
import dev.drawbridge.hub.SignInFlow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.eclipse.lsp4j.MessageType;

/**
 * Tells a person, in an editor that does not know {@code mcp/authRequired}, that servers need a sign-in: one message for
 * all that came close together. Nothing opens until they choose to. State belongs to the session's loop.
 */
final class SignInPrompts {
    static final String AUTHENTICATE = "Authenticate";
    static final String LATER = "Later";

    /** Servers that start to need a sign-in within this pause of each other share a message. */
    private static final Duration PAUSE = Duration.ofMillis(400);

    /** However many keep coming, the message goes out this long after the first. */
    private static final int MAX_PAUSES = 5;

    private static final int MAX_ACTIONS = 5;
    private static final int MAX_OPEN = 4;

    private final EditorClient client;
    private final SessionLoop loop;
    private final SignIns signIns;
    private final Map<ServerName, ServerView> waiting = new LinkedHashMap<>();
    private final List<Prompt> open = new ArrayList<>();
    private final Map<ServerName, List<ServerView>> afterwards = new HashMap<>();
    private final Set<ServerName> needy = new HashSet<>();
    private int pauses;
    private int arrivals;

    SignInPrompts(EditorClient client, SessionLoop loop, SignIns signIns) {
        this.client = client;
        this.loop = loop;
        this.signIns = signIns;
    }

    private record Prompt(Set<ServerName> servers, CompletableFuture<Optional<String>> answer) {}

    void onAuthRequired(List<ServerView> servers) {
        boolean first = waiting.isEmpty();
        servers.forEach(server -> waiting.put(server.name(), server));
        arrivals++;
        if (first && !waiting.isEmpty()) {
            pauses = 0;
            pause(arrivals);
        }
    }

    private void pause(int seen) {
        loop.later(PAUSE, () -> {
            if (arrivals != seen && ++pauses < MAX_PAUSES) {
                pause(arrivals);
            } else {
                promptWaiting();
            }
        });
    }

    /** Withdraws questions that have answered themselves: the person signed in by another editor. */
    void onStatusChanged(List<ServerView> servers) {
        needy.clear();
        for (ServerView server : servers) {
            if (server.state() instanceof ServerState.AuthRequired) {
                needy.add(server.name());
                waiting.computeIfPresent(server.name(), (name, old) -> server);
            }
        }
        waiting.keySet().retainAll(needy);
        for (Prompt prompt : List.copyOf(open)) {
            if (prompt.servers.stream().noneMatch(needy::contains)) {
                open.remove(prompt);
                prompt.answer.cancel(true);
            }
        }
    }

    private void promptWaiting() {
        List<ServerView> servers = List.copyOf(waiting.values());
        waiting.clear();
        if (!servers.isEmpty()) {
            prompt(servers);
        }
    }

    private void prompt(List<ServerView> servers) {
        String question = Sentences.needSignIn(servers);
        if (open.size() >= MAX_OPEN) {
            // An editor with four unanswered questions does not answer questions.
            client.warning(question + " " + Sentences.otherwise(servers, Commands.AUTHENTICATE));
            return;
        }
        Map<String, ServerName> actions = new LinkedHashMap<>();
        if (servers.size() == 1) {
            actions.put(AUTHENTICATE, servers.getFirst().name());
        } else {
            servers.stream()
                    .limit(MAX_ACTIONS)
                    .forEach(server -> actions.put(AUTHENTICATE + " " + server.name(), server.name()));
        }
        List<String> titles = new ArrayList<>(actions.keySet());
        titles.add(LATER);
        Set<ServerName> names = new LinkedHashSet<>();
        servers.forEach(server -> names.add(server.name()));
        Prompt prompt = new Prompt(
                names,
                client.ask(MessageType.Warning, question, titles, Sentences.otherwise(servers, Commands.AUTHENTICATE)));
        open.add(prompt);
        prompt.answer.whenCompleteAsync(
                (chosen, failure) -> {
                    open.remove(prompt);
                    if (failure == null) {
                        chosen.map(actions::get).ifPresent(server -> authenticate(server, servers));
                    }
                },
                loop);
    }

    private void authenticate(ServerName chosen, List<ServerView> named) {
        List<ServerView> others =
                named.stream().filter(server -> !server.name().equals(chosen)).toList();
        // Noted before the sign-in starts: its end may be told before its beginning is.
        if (!others.isEmpty()) {
            afterwards.put(chosen, others);
        }
        signIns.start(chosen, SignInMethod.BROWSER)
                .thenAcceptAsync(
                        outcome -> {
                            if (outcome instanceof Outcome.Failed<SignInFlow>) {
                                afterwards.remove(chosen);
                            }
                        },
                        loop);
    }

    /** Asks about the others that the same message named, as far as this sign-in did not serve them too. */
    void onAuthCompleted(ServerName server, AuthResult result) {
        List<ServerView> others = afterwards.remove(server);
        if (others != null && result instanceof AuthResult.Succeeded) {
            onAuthRequired(others.stream()
                    .filter(other -> needy.contains(other.name()))
                    .toList());
        }
    }
}
