package dev.drawbridge.oauth;

import dev.drawbridge.oauth.flow.CallbackServer;
import dev.drawbridge.oauth.flow.FlowId;
import dev.drawbridge.oauth.flow.FlowPlan;
import dev.drawbridge.oauth.flow.Flows;
import dev.drawbridge.oauth.token.Credential;
import dev.drawbridge.oauth.token.Credentials;
import dev.drawbridge.oauth.token.StoreName;
import dev.drawbridge.oauth.token.StoreUnavailable;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Tokens for protected resources: found in the store, refreshed, or obtained by a sign-in. Thread-safe; methods block,
 * each at most for its own deadlines, so callers use virtual threads. Nothing here opens a browser.
 */
public final class Authorization implements AutoCloseable {
    private final AuthorizationEnvironment environment;
    private final Function<Target, BoundedHttp> http;
    private final Credentials credentials;
    private final Tokens tokens;
    private final Flows flows;
    private final CallbackServer callbacks;
    private final SignIns signIns;
    private final StepUp stepUp;
    private final Dpop dpop;

    public Authorization(AuthorizationEnvironment environment) {
        this.environment = environment;
        this.http = target -> new BoundedHttp(environment.http().apply(target), environment.limits());
        this.credentials = new Credentials(environment.store(), environment.scheduler());
        Clients clients = new Clients(environment.store(), environment.clock(), environment.clientMetadataUrl());
        this.dpop = new Dpop(environment.clock());
        this.tokens = new Tokens(credentials, clients, environment, http, dpop);
        this.flows = new Flows(environment.clock(), environment.scheduler());
        this.callbacks = new CallbackServer(
                flows, environment.scheduler(), environment.callback().linger());
        this.signIns = new SignIns(environment, http, dpop, tokens, credentials, clients, flows, callbacks);
        this.stepUp = new StepUp(environment.clock());
    }

    /** What is known without asking any other machine; may take as long as opening the token store. */
    public CredentialView view(Target target) {
        Optional<FlowPlan> running = flows.running(Tokens.name(target));
        if (running.isPresent()) {
            return new CredentialView.Pending(running.get().view());
        }
        try {
            return tokens.usable(target).<CredentialView>map(SignIns::present).orElseGet(CredentialView.Absent::new);
        } catch (StoreUnavailable e) {
            return new CredentialView.Unknown();
        }
    }

    /** The same as far as it is known without asking the store, which may wait for a person to unlock it. */
    public CredentialView viewNow(Target target) {
        return flows.running(Tokens.name(target)).isPresent() || tokens.isKnown(target)
                ? view(target)
                : new CredentialView.Unknown();
    }

    /** The token to present, refreshed ahead of its expiry; never interactive. */
    public TokenOutcome token(Target target) {
        return tokens.token(target);
    }

    /** The token to present with a farewell, which is not worth a refresh; empty when none lives. */
    public Optional<TokenOutcome.Token> tokenAtHand(Target target) {
        return tokens.atHand(target);
    }

    /**
     * The headers that present a token with one request: a DPoP token with a proof made for that request alone (RFC 9449
     * section 7), so they are asked for anew for each retry.
     */
    public Map<String, String> headers(TokenOutcome.Token token, String method, URI uri) {
        return dpop.headers(token, method, uri);
    }

    /** Takes what the resource's answers say beside challenges: the nonce for the next proof. */
    public void observed(URI uri, Map<String, List<String>> responseHeaders) {
        dpop.observed(uri, responseHeaders);
    }

    /**
     * Whether a refusal is about the proof and not about the token; empty otherwise.
     *
     * @param sent the headers the refused request was presented with
     */
    public Optional<ProofVerdict> proofVerdict(URI uri, List<Challenge> challenges, Map<String, String> sent) {
        return dpop.refused(uri, challenges, sent);
    }

    /** After a 401 to {@code presented}, or to no token: another one, if there is one or a refresh brings one. */
    public TokenOutcome afterRejection(Target target, List<Challenge> challenges, Optional<Secret> presented) {
        return tokens.afterRejection(target, challenges, presented);
    }

    /**
     * After a 403 with {@code insufficient_scope} to {@code presented} (RFC 6750 section 3.1, requirements 43 to 45).
     *
     * @param operation what was tried, such as {@code tools/call create_issue}; attempts are counted by it
     */
    public TokenOutcome afterInsufficientScope(Target target, Challenge challenge, Secret presented, String operation) {
        try {
            Optional<Credential> credential = tokens.stored(target);
            Optional<Secret> current = credential.flatMap(Credential::accessToken);
            if (current.isPresent() && !current.get().equals(presented)) {
                return tokens.token(target);
            }
            boolean person = !(target.client().grant() instanceof Grant.Unattended);
            if (!person || !stepUp.attempt(Tokens.name(target).value(), operation, presented)) {
                return new TokenOutcome.Unavailable(OAuthFailure.lasting(
                                "oauth.scopeRefused",
                                "The server refuses " + Text.excerpt(operation)
                                        + " for want of rights, whatever scopes are asked for.",
                                "Ask whoever runs the server for the rights to do this, or check oauth.scopes.")
                        .at(Origin.shown(target.server())));
            }
            Set<String> union =
                    new LinkedHashSet<>(credential.map(Credential::allScopes).orElse(Set.of()));
            union.addAll(challenge.scopes());
            return new TokenOutcome.SignInNeeded(new SignInReason(SignInReason.Kind.INSUFFICIENT_SCOPE, union));
        } catch (StoreUnavailable e) {
            return new TokenOutcome.Unavailable(e.failure());
        }
    }

    /** Begins a sign-in whose browser is on this machine, or joins the one that runs for the same credential. */
    public BeginOutcome begin(Target target, List<Challenge> latest, Method method) {
        return begin(target, latest, method, UnaryOperator.identity());
    }

    /**
     * Begins a sign-in, or joins the one that runs for the same credential.
     *
     * @param elsewhere asked, once the callback listener listens, where the browser finds it; not when a sign-in is joined,
     *     nor when the authorization server knows the redirect URI beforehand
     */
    public BeginOutcome begin(Target target, List<Challenge> latest, Method method, UnaryOperator<URI> elsewhere) {
        return signIns.begin(target, latest, method, elsewhere);
    }

    /** Takes the address the browser ended at, pasted by a person; empty when the sign-in succeeded. */
    public Optional<OAuthFailure> complete(FlowId flow, URI callbackUrl) {
        return flows.complete(flow, callbackUrl);
    }

    /** False when no such sign-in runs. */
    public boolean cancel(FlowId flow) {
        return flows.cancel(flow);
    }

    /** Removes the credential, and tells the authorization server where it offers that (RFC 7009). */
    public SignOutOutcome signOut(Target target) {
        StoreName name = Tokens.name(target);
        flows.running(name).ifPresent(plan -> flows.cancel(plan.view().id()));
        stepUp.forget(name.value());
        try {
            Optional<Optional<Credential>> removed = tokens.exclusively(target, () -> {
                Optional<Credential> credential = credentials.reload(name);
                credentials.delete(name);
                return credential;
            });
            return removed.isEmpty()
                    ? new SignOutOutcome.Failed(OAuthFailure.passing(
                            "oauth.timeout", "A refresh of the same credential takes too long.", "Try again."))
                    : new SignOutOutcome.SignedOut(removed.get()
                            .map(credential -> revoke(target, credential))
                            .orElse(false));
        } catch (StoreUnavailable e) {
            return new SignOutOutcome.Failed(e.failure());
        }
    }

    private boolean revoke(Target target, Credential credential) {
        // An ID token cannot be revoked (RFC 7009 section 2.1 knows two kinds of token).
        Optional<Secret> token = credential
                .refreshToken()
                .or(() -> target.client().idTokenAsBearer() ? Optional.empty() : credential.accessToken());
        if (credential.revocationEndpoint().isEmpty() || token.isEmpty()) {
            return false;
        }
        try {
            return Revocation.revoke(
                    http.apply(target),
                    credential.revocationEndpoint().get(),
                    credential.client(),
                    ClientAuthenticator.authentication(credential.client(), target.client(), credential.issuer()),
                    token.get(),
                    credential.refreshToken().isPresent());
        } catch (AuthorizationFailed e) {
            return false;
        }
    }

    public boolean signInsRunning() {
        return flows.anyRunning();
    }

    public void listen(FlowListener listener) {
        flows.listen(listener);
    }

    /** Ends every flow as cancelled and frees the callback ports. */
    @Override
    public void close() {
        tokens.close();
        flows.close();
        callbacks.close();
        environment.scheduler().close();
    }
}
