package dev.drawbridge.oauth;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which scopes to ask for (requirements 33 to 36, 44): the configured ones, else those of the challenge, else all the resource
 * lists, else none; with what was asked for before, so that a second sign-in never takes rights away; and
 * {@code offline_access} where the authorization server lists it.
 */
final class ScopeSelection {
    private static final String OFFLINE = "offline_access";

    private ScopeSelection() {}

    /** Empty: the parameter is left out. */
    static Set<String> select(
            Optional<Set<String>> configured,
            List<Challenge> challenges,
            Optional<Set<String>> resourceScopes,
            Set<String> before,
            Set<String> serverScopes) {
        Optional<Challenge> challenge = Challenge.oauth(challenges);
        Set<String> challenged = challenge.map(Challenge::scopes).orElse(Set.of());
        Set<String> selected = new LinkedHashSet<>();
        if (configured.isPresent()) {
            selected.addAll(configured.get());
            // What the user configured proved too little for an operation: without this a step-up could never succeed.
            if (challenge.flatMap(Challenge::error).equals(Optional.of("insufficient_scope"))) {
                selected.addAll(before);
                selected.addAll(challenged);
            }
        } else {
            selected.addAll(challenged.isEmpty() ? resourceScopes.orElse(Set.of()) : challenged);
            selected.addAll(before);
        }
        // Alone it would stand in for the server's default scopes, which no scope at all asks for.
        if (!selected.isEmpty() && serverScopes.contains(OFFLINE)) {
            selected.add(OFFLINE);
        }
        return selected;
    }
}
