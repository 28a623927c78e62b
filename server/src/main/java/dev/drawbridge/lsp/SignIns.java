package dev.drawbridge.lsp;

import dev.drawbridge.hub.FlowId;
import dev.drawbridge.hub.HubSession;
import dev.drawbridge.hub.HubSession.SignInMethod;
import dev.drawbridge.hub.Outcome;
import dev.drawbridge.hub.ServerName;
import dev.drawbridge.hub.SessionListener.AuthResult;
import dev.drawbridge.hub.SignInFlow;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Sign-ins that a person started in this editor by standard LSP: shows the page, the progress and the end. A sign-in that
 * was started elsewhere is none of this editor's business until it shows in the server's state. State belongs to the
 * session's loop.
 */
final class SignIns {
    private static final int REMEMBERED_ENDS = 32;

    private final EditorClient client;
    private final BrowserWay browser;
    private final SessionLoop loop;
    private final Workers workers;
    private final HubSession hub;
    private final Map<FlowId, WorkProgress> running = new HashMap<>();
    private final Map<FlowId, AuthResult> ended = new LinkedHashMap<>();

    SignIns(EditorClient client, SessionLoop loop, Workers workers, HubSession hub) {
        this.client = client;
        this.browser = new BrowserWay(client);
        this.loop = loop;
        this.workers = workers;
        this.hub = hub;
    }

    /** Starts or joins the sign-in because the person just asked for it, and shows them where to go. */
    CompletableFuture<Outcome<SignInFlow>> start(ServerName server, SignInMethod method) {
        return workers.start(cancellation -> hub.authenticate(server, method, browser.to(server)))
                .thenApplyAsync(
                        outcome -> {
                            switch (outcome) {
                                case Outcome.Success<SignInFlow>(SignInFlow flow) -> show(flow);
                                case Outcome.Failed<SignInFlow> failed -> client.failure(failed.failure());
                            }
                            return outcome;
                        },
                        loop);
    }

    private void show(SignInFlow flow) {
        AuthResult already = ended.remove(flow.id());
        if (already != null) {
            announce(flow.server(), already);
            return;
        }
        // A second click joins the running flow: the page is shown again, the progress is not.
        running.computeIfAbsent(
                flow.id(),
                id -> WorkProgress.begin(
                        client,
                        "Waiting for you to sign in to " + Sentences.quoted(flow.server()),
                        () -> workers.start(cancellation -> hub.cancelAuthentication(id))));
        client.openInBrowser(flow.authorizationUrl());
        client.info(Sentences.whereToSignIn(flow));
    }

    void onAuthCompleted(ServerName server, FlowId flow, AuthResult result) {
        WorkProgress progress = running.remove(flow);
        if (progress == null) {
            // The hub may be faster with the end than this session with the beginning.
            ended.put(flow, result);
            if (ended.size() > REMEMBERED_ENDS) {
                ended.remove(ended.keySet().iterator().next());
            }
            return;
        }
        progress.end();
        announce(server, result);
    }

    /** The flow to cancel when the person names none: the only one started here. */
    Optional<FlowId> only() {
        return running.size() == 1 ? Optional.of(running.keySet().iterator().next()) : Optional.empty();
    }

    /** The person pressed cancel on a progress report. */
    void onProgressCancelled(String token) {
        running.values().stream()
                .filter(progress -> progress.token().equals(token))
                .findAny()
                .ifPresent(WorkProgress::cancelled);
    }

    private void announce(ServerName server, AuthResult result) {
        switch (result) {
            case AuthResult.Succeeded(var authentication) ->
                client.info("Signed in to " + Sentences.quoted(server)
                        + authentication
                                .account()
                                .map(account -> " as " + account)
                                .orElse("") + ".");
            case AuthResult.Failed(var failure) -> client.failure(failure);
            case AuthResult.Cancelled() ->
                client.info("The sign-in to " + Sentences.quoted(server) + " was cancelled.");
        }
    }
}
