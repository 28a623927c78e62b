package dev.drawbridge.oauth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.oauth2.sdk.dpop.DPoPProofFactory;
import com.nimbusds.oauth2.sdk.dpop.DefaultDPoPProofFactory;
import com.nimbusds.oauth2.sdk.id.JWTID;
import com.nimbusds.oauth2.sdk.token.DPoPAccessToken;
import com.nimbusds.openid.connect.sdk.Nonce;
import java.net.URI;
import java.net.URISyntaxException;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The key pair a credential's tokens are bound to, and the proofs of having it (RFC 9449 section 4). It is kept with the
 * credential, for a refresh token of a public client serves only who holds the key (section 5). Immutable.
 */
public final class DpopKey {
    /** In order of preference: small and fast first. */
    private static final List<JWSAlgorithm> ALGORITHMS =
            List.of(JWSAlgorithm.ES256, JWSAlgorithm.ES384, JWSAlgorithm.ES512, JWSAlgorithm.PS256, JWSAlgorithm.RS256);

    private static final int RSA_BITS = 2048;

    private final JWK pair;
    private final JWSAlgorithm algorithm;
    private final DPoPProofFactory proofs;

    private DpopKey(JWK pair, JWSAlgorithm algorithm) throws JOSEException {
        this.pair = pair;
        this.algorithm = algorithm;
        this.proofs = new DefaultDPoPProofFactory(pair, algorithm);
    }

    /**
     * A new key pair.
     *
     * @param accepted the algorithms each server verifies, where it says so
     */
    static DpopKey generate(List<Set<String>> accepted) throws AuthorizationFailed {
        JWSAlgorithm algorithm = ALGORITHMS.stream()
                .filter(candidate -> accepted.stream().allMatch(names -> names.contains(candidate.getName())))
                .findFirst()
                .orElseThrow(() -> new AuthorizationFailed(OAuthFailure.lasting(
                        "oauth.dpopAlgorithm",
                        "The server and its authorization server verify no kind of DPoP proof Drawbridge can sign.",
                        "Set oauth.dpop to false if they take ordinary tokens, or tell the server's operator.")));
        try {
            JWK pair = JWSAlgorithm.Family.RSA.contains(algorithm)
                    ? new RSAKeyGenerator(RSA_BITS).algorithm(algorithm).generate()
                    : new ECKeyGenerator(
                                    Curve.forJWSAlgorithm(algorithm).iterator().next())
                            .algorithm(algorithm)
                            .generate();
            return new DpopKey(pair, algorithm);
        } catch (JOSEException e) {
            throw new IllegalStateException("every Java platform has these keys", e);
        }
    }

    /** The key pair as it was stored; empty when the text is none, so that a sign-in makes a new one. */
    public static Optional<DpopKey> parse(Secret stored) {
        try {
            JWK pair = JWK.parse(stored.value());
            boolean usable = pair.isPrivate()
                    && pair.getAlgorithm() != null
                    && ALGORITHMS.contains(new JWSAlgorithm(pair.getAlgorithm().getName()));
            return usable
                    ? Optional.of(new DpopKey(
                            pair, new JWSAlgorithm(pair.getAlgorithm().getName())))
                    : Optional.empty();
        } catch (ParseException | JOSEException e) {
            return Optional.empty();
        }
    }

    /** With the private key (RFC 7517 section 4); for the token store only. */
    public Secret toSecret() {
        return new Secret(pair.toJSONString());
    }

    boolean isAccepted(List<Set<String>> accepted) {
        return accepted.stream().allMatch(names -> names.contains(algorithm.getName()));
    }

    /** The SHA-256 thumbprint (RFC 7638), which an authorization request may bind its code to (RFC 9449 section 10). */
    String thumbprint() {
        try {
            return pair.computeThumbprint().toString();
        } catch (JOSEException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * A proof for one request, never to be sent again (RFC 9449 section 4.2).
     *
     * @param accessToken the token that goes with it; empty at the token endpoint
     * @param nonce the newest one of the server
     */
    String proof(String method, URI uri, Instant now, Optional<Secret> accessToken, Optional<String> nonce) {
        try {
            return proofs.createDPoPJWT(
                            new JWTID(),
                            method,
                            withoutQuery(uri),
                            Date.from(now),
                            accessToken
                                    .map(token -> new DPoPAccessToken(token.value()))
                                    .orElse(null),
                            nonce.map(Nonce::new).orElse(null))
                    .serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException("a DPoP key signs with its own algorithm", e);
        }
    }

    private static URI withoutQuery(URI uri) {
        try {
            String text = uri.toString();
            int end = text.length();
            for (char mark : new char[] {'#', '?'}) {
                int at = text.indexOf(mark);
                end = at >= 0 && at < end ? at : end;
            }
            return new URI(text.substring(0, end));
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("the rest of a URI is one", e);
        }
    }

    /** The same pair. */
    @Override
    public boolean equals(Object other) {
        return other instanceof DpopKey key && thumbprint().equals(key.thumbprint());
    }

    @Override
    public int hashCode() {
        return thumbprint().hashCode();
    }

    @Override
    public String toString() {
        return "DpopKey[redacted]";
    }
}
