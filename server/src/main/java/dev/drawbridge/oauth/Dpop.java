package dev.drawbridge.oauth;

import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tokens that serve only who has a key (RFC 9449): when they are asked for, and how they are presented. Holds the servers'
 * nonces, for as long as the process lives. Thread-safe.
 */
final class Dpop {
    /** The authorization scheme and the token type (sections 5 and 7.1). */
    static final String SCHEME = "DPoP";

    private static final String PROOF = "DPoP";
    private static final String NONCE = "DPoP-Nonce";
    private static final String USE_NONCE = "use_dpop_nonce";
    private static final String INVALID_PROOF = "invalid_dpop_proof";

    private final InstantSource clock;
    private final DpopNonces nonces = new DpopNonces();

    Dpop(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * The key that new tokens are to be bound to; empty when nothing asks for it.
     *
     * @param previous of the credential that is replaced: once bound, a credential stays so, and its key serves again
     */
    Optional<DpopKey> key(DpopMode mode, List<Challenge> challenges, Discovery.Found found, Optional<DpopKey> previous)
            throws AuthorizationFailed {
        boolean wanted = switch (mode) {
            case REQUIRED -> true;
            case OFF -> false;
            case AUTOMATIC -> previous.isPresent() || isAskedFor(challenges, found);
        };
        if (!wanted) {
            return Optional.empty();
        }
        List<Set<String>> accepted = new ArrayList<>();
        found.server().dpopAlgorithms().ifPresent(accepted::add);
        found.resource().flatMap(ProtectedResourceMetadata::dpopAlgorithms).ifPresent(accepted::add);
        Optional<DpopKey> kept = previous.filter(key -> key.isAccepted(accepted));
        return Optional.of(kept.isPresent() ? kept.get() : DpopKey.generate(accepted));
    }

    /** What an authorization server supports says nothing about the resource, so only the resource's own words count. */
    private static boolean isAskedFor(List<Challenge> challenges, Discovery.Found found) {
        return challenges.stream().anyMatch(challenge -> challenge.is(SCHEME))
                || found.resource().stream()
                        .anyMatch(metadata -> metadata.dpopRequired()
                                || metadata.dpopAlgorithms().isPresent());
    }

    Optional<DpopProver> prover(Optional<DpopKey> key) {
        return key.map(pair -> new DpopProver(pair, nonces, clock));
    }

    /** What presents a token with one request: a bound token never goes without a proof, and never as a bearer token. */
    Map<String, String> headers(TokenOutcome.Token token, String method, URI uri) {
        String authorization = token.scheme() + " " + token.value().value();
        return token.key()
                .filter(_ -> token.isBound())
                .map(key -> Map.of(
                        "Authorization",
                        authorization,
                        PROOF,
                        key.proof(
                                method,
                                uri,
                                clock.instant(),
                                Optional.of(token.value()),
                                nonces.of(DpopNonces.Role.RESOURCE, uri))))
                .orElseGet(() -> Map.of("Authorization", authorization));
    }

    /** Every answer of a resource may bring the nonce for the next request (section 9). */
    void observed(URI uri, Map<String, List<String>> headers) {
        headers.forEach((name, values) -> {
            if (name.equalsIgnoreCase(NONCE) && values.size() == 1) {
                nonces.observed(DpopNonces.Role.RESOURCE, uri, values.getFirst());
            }
        });
    }

    /**
     * What a refused proof means: empty when it is about something else, such as the token itself.
     *
     * @param sent the headers the request was presented with
     */
    Optional<ProofVerdict> refused(URI uri, List<Challenge> challenges, Map<String, String> sent) {
        Optional<String> error = challenges.stream()
                .filter(challenge -> challenge.is(SCHEME))
                .flatMap(challenge -> challenge.error().stream())
                .findFirst();
        if (!sent.containsKey(PROOF) || error.isEmpty()) {
            return Optional.empty();
        }
        return switch (error.get()) {
            case USE_NONCE -> {
                Optional<String> newest = nonces.of(DpopNonces.Role.RESOURCE, uri);
                boolean other = newest.isPresent() && !newest.equals(nonceOf(sent.get(PROOF)));
                OAuthFailure failure = refusal(uri, USE_NONCE);
                yield Optional.of(other ? new ProofVerdict.NonceRenewed(failure) : new ProofVerdict.Refused(failure));
            }
            case INVALID_PROOF -> Optional.of(new ProofVerdict.Refused(refusal(uri, error.get())));
            default -> Optional.empty();
        };
    }

    /** Whether an error of a token endpoint is about the proof, or about there being none. */
    static boolean isAboutProof(String error) {
        return wantsNonce(error) || error.equals(INVALID_PROOF);
    }

    static boolean wantsNonce(String error) {
        return error.equals(USE_NONCE);
    }

    /** Nothing is lost by it: neither the token nor the key is at fault. */
    static OAuthFailure refusal(URI at, String error) {
        return OAuthFailure.passing(
                        "oauth.dpopProofRefused",
                        at.getHost() + " does not accept the proof of having the token's key: " + Text.excerpt(error)
                                + ".",
                        "Check this machine's clock; if it is right, tell the server's operator.")
                .at(Origin.shown(at));
    }

    private static Optional<String> nonceOf(String proof) {
        try {
            return Optional.ofNullable(SignedJWT.parse(proof).getJWTClaimsSet().getStringClaim("nonce"));
        } catch (ParseException e) {
            return Optional.empty();
        }
    }
}
