package dev.drawbridge.oauth.token;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** The names secrets are stored under: a kind and a hash, which tell nothing about servers or accounts. */
public record StoreName(String value) {
    /**
     * One server's credential for one account.
     *
     * @param apart what else was configured that makes it another credential; empty for most
     */
    public static StoreName credential(URI server, Optional<String> account, List<String> apart) {
        List<String> parts = new ArrayList<>(List.of(server.toString(), account.orElse("")));
        parts.addAll(apart);
        return of("credential", parts.toArray(String[]::new));
    }

    /** A registration at one issuer; {@code redirect} tells configured redirect URIs from the usual one. */
    public static StoreName registration(String issuer, String redirect) {
        return of("client", issuer, redirect);
    }

    /** The issuer a configured secret was first used with. */
    public static StoreName issuerPin(URI server, String clientId) {
        return of("issuer", server.toString(), clientId);
    }

    private static StoreName of(String kind, String... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String part : parts) {
                digest.update(part.getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
            }
            return new StoreName(kind + "/" + HexFormat.of().formatHex(digest.digest()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
