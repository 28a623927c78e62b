package dev.drawbridge.oauth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/** Proof key for code exchange (RFC 7636), S256 only (requirements 25, 26). */
record Pkce(Secret verifier, String challenge) {
    static Pkce create(SecureRandom random) {
        Secret verifier = randomText(random);
        return new Pkce(verifier, challenge(verifier));
    }

    /** 256 random bits as text, which also serves as a {@code state}. */
    static Secret randomText(SecureRandom random) {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return new Secret(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    static String challenge(Secret verifier) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(verifier.value().getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** Refuses a server that does not say it checks S256; one without any metadata is taken on trust (2025-03-26). */
    static void requireSupport(AuthorizationServerMetadata server) throws AuthorizationFailed {
        if (!server.assumed()
                && server.codeChallengeMethods()
                        .filter(methods -> methods.contains("S256"))
                        .isEmpty()) {
            throw new AuthorizationFailed(OAuthFailure.lasting(
                    "oauth.pkceUnsupported",
                    "The authorization server " + Text.excerpt(server.issuer())
                            + " does not say that it supports PKCE with S256, so a sign-in would not be safe.",
                    "Tell its operator to list S256 in code_challenge_methods_supported."));
        }
    }
}
