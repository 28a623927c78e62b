package dev.drawbridge.hub;

import dev.drawbridge.mcp.Rejection;
import dev.drawbridge.mcp.RequestAuthorizer;
import dev.drawbridge.mcp.Verdict;
import dev.drawbridge.oauth.Authorization;
import dev.drawbridge.oauth.Challenge;
import dev.drawbridge.oauth.OAuthFailure;
import dev.drawbridge.oauth.ProofVerdict;
import dev.drawbridge.oauth.Secret;
import dev.drawbridge.oauth.Target;
import dev.drawbridge.oauth.TokenOutcome;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts a server's access token on its requests and asks {@link Authorization} what to do when the server refuses one.
 * It never starts a sign-in: when no stored credential helps, the request fails and the hub tells the user.
 *
 * <p>Called by any number of requests at once; the fields only remember the newest answer.
 */
final class HubAuthorizer implements RequestAuthorizer {
    private static final int FORBIDDEN = 403;

    /** What ends a session. It often comes when the daemon ends, and a refresh begun then could not be stored any more. */
    private static final String FAREWELL = "DELETE";

    private final Authorization authorization;
    private final Target target;
    private volatile List<Challenge> challenges = List.of();
    private volatile Optional<TokenOutcome> refusal = Optional.empty();

    HubAuthorizer(Authorization authorization, Target target) {
        this.authorization = authorization;
        this.target = target;
    }

    /** The newest challenge of the server, for the sign-in it may lead to. */
    List<Challenge> challenges() {
        return challenges;
    }

    /** Why the newest refused request could not be helped. */
    Optional<TokenOutcome> refusal() {
        return refusal;
    }

    @Override
    public Map<String, String> headers(String httpMethod, URI uri) {
        if (httpMethod.equals(FAREWELL)) {
            return authorization
                    .tokenAtHand(target)
                    .map(token -> authorization.headers(token, httpMethod, uri))
                    .orElse(Map.of());
        }
        return switch (authorization.token(target)) {
            case TokenOutcome.Token token -> authorization.headers(token, httpMethod, uri);
            // Without a token the server answers with its challenge, which is what a sign-in starts from.
            case TokenOutcome.SignInNeeded _ -> Map.of();
            case TokenOutcome.Unavailable _ -> Map.of();
        };
    }

    @Override
    public void observed(URI uri, Map<String, List<String>> responseHeaders) {
        authorization.observed(uri, responseHeaders);
    }

    @Override
    public Verdict rejected(Rejection rejection) {
        List<Challenge> parsed = Challenge.parse(rejection.wwwAuthenticate());
        challenges = parsed;
        Optional<ProofVerdict> proof = authorization.proofVerdict(rejection.uri(), parsed, rejection.sentHeaders());
        if (proof.isPresent()) {
            return aboutProof(proof.get());
        }
        TokenOutcome outcome = consult(rejection, parsed);
        boolean helped = outcome instanceof TokenOutcome.Token;
        refusal = helped ? Optional.empty() : Optional.of(outcome);
        return helped ? Verdict.RETRY : Verdict.GIVE_UP;
    }

    /** The token is not at fault: it is neither refreshed nor given up. */
    private Verdict aboutProof(ProofVerdict verdict) {
        return switch (verdict) {
            case ProofVerdict.NonceRenewed(OAuthFailure otherwise) -> {
                // What remains to be said if the proof with the new nonce is refused as well, of which nobody asks here
                // again.
                refusal = Optional.of(new TokenOutcome.Unavailable(otherwise));
                yield Verdict.RETRY;
            }
            case ProofVerdict.Refused(OAuthFailure failure) -> {
                refusal = Optional.of(new TokenOutcome.Unavailable(failure));
                yield Verdict.GIVE_UP;
            }
        };
    }

    private TokenOutcome consult(Rejection rejection, List<Challenge> parsed) {
        Optional<Secret> presented = presented(rejection);
        if (presented.isPresent() && rejection.status() == FORBIDDEN) {
            Optional<Challenge> scopes = parsed.stream()
                    .filter(challenge -> challenge
                            .error()
                            .filter("insufficient_scope"::equals)
                            .isPresent())
                    .findFirst();
            if (scopes.isPresent()) {
                return authorization.afterInsufficientScope(
                        target, scopes.get(), presented.get(), rejection.operation());
            }
        }
        return authorization.afterRejection(target, parsed, presented);
    }

    private static Optional<Secret> presented(Rejection rejection) {
        return rejection.sentHeaders().entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase("Authorization"))
                .map(header -> header.getValue().substring(header.getValue().indexOf(' ') + 1))
                .map(Secret::new)
                .findFirst();
    }
}
