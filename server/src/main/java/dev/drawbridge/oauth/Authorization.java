package dev.drawbridge.oauth;

import dev.drawbridge.oauth.flow.FlowId;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Tokens for protected resources: found in the store, refreshed, or obtained by a sign-in. Thread-safe; methods block,
 * each at most for its own deadlines, so callers use virtual threads. Nothing here opens a browser.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class Authorization implements AutoCloseable {
    public Authorization(AuthorizationEnvironment environment) {
        throw new UnsupportedOperationException(environment.clientName());
    }

    /** What is known without asking any other machine. */
    public CredentialView view(Target target) {
        throw new UnsupportedOperationException(target.toString());
    }

    /** The token to present, refreshed ahead of its expiry; never interactive. */
    public TokenOutcome token(Target target) {
        throw new UnsupportedOperationException(target.toString());
    }

    /** After a 401 to {@code presented}: another token, if there is one or a refresh brings one. */
    public TokenOutcome afterRejection(Target target, List<Challenge> challenges, Secret presented) {
        throw new UnsupportedOperationException(target.toString() + challenges + presented);
    }

    /**
     * After a 403 with {@code insufficient_scope} to {@code presented}.
     *
     * @param operation what was tried, such as {@code tools/call create_issue}; attempts are counted by it
     */
    public TokenOutcome afterInsufficientScope(Target target, Challenge challenge, Secret presented, String operation) {
        throw new UnsupportedOperationException(target.toString() + challenge + presented + operation);
    }

    /** Begins a sign-in, or joins the one that runs for the same credential. */
    public BeginOutcome begin(Target target, List<Challenge> latest, Method method) {
        throw new UnsupportedOperationException(target.toString() + latest + method);
    }

    /** Takes the address the browser ended at, pasted by a person; empty when the sign-in succeeded. */
    public Optional<OAuthFailure> complete(FlowId flow, URI callbackUrl) {
        throw new UnsupportedOperationException(flow.toString() + callbackUrl);
    }

    /** False when no such sign-in runs. */
    public boolean cancel(FlowId flow) {
        throw new UnsupportedOperationException(flow.toString());
    }

    /** Removes the credential, and tells the authorization server where it offers that (RFC 7009). */
    public SignOutOutcome signOut(Target target) {
        throw new UnsupportedOperationException(target.toString());
    }

    public void listen(FlowListener listener) {
        throw new UnsupportedOperationException(listener.toString());
    }

    /** Ends every flow as cancelled and frees the callback ports. */
    @Override
    public void close() {}
}
