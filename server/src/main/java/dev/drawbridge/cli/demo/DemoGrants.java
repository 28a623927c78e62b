package dev.drawbridge.cli.demo;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What people have allowed at the demo's authorization server: tickets of open pages, codes that work once, access tokens
 * and rotating refresh tokens. A refresh token or code that comes a second time voids all that came of its sign-in (RFC
 * 9700 section 4.14.2). Guarded by this object.
 */
final class DemoGrants {
    static final Duration ACCESS_TOKEN_TTL = Duration.ofMinutes(5);
    private static final Duration TICKET_TTL = Duration.ofMinutes(15);
    private static final Duration CODE_TTL = Duration.ofMinutes(1);
    private static final Duration REFRESH_TOKEN_TTL = Duration.ofHours(1);
    private static final int MOST = 1_000;

    private final InstantSource clock;
    private final Map<String, Entry<Wish>> tickets = new HashMap<>();
    private final Map<String, Entry<Grant>> codes = new HashMap<>();
    private final Map<String, Entry<Grant>> refreshTokens = new HashMap<>();
    private final Map<String, Entry<Grant>> accessTokens = new HashMap<>();

    DemoGrants(InstantSource clock) {
        this.clock = clock;
    }

    /** A valid authorization request: what a client wishes a person to allow. */
    record Wish(
            String clientId,
            URI redirect,
            boolean redirectGiven,
            String challenge,
            String state,
            String scope,
            URI resource,
            String loginHint) {}

    /** A wish that a person has allowed. */
    record Grant(String id, Wish wish, String login) {}

    /** What a token request gets. */
    record Issued(String accessToken, String refreshToken, Grant grant) {}

    private record Entry<T>(T value, Instant expires, boolean used) {}

    synchronized String open(Wish wish) throws OAuthError {
        String ticket = Tokens.random();
        put(tickets, ticket, wish, TICKET_TTL);
        return ticket;
    }

    /** The wish of an open page; a page decides once. */
    synchronized Optional<Wish> close(String ticket) {
        return live(tickets.remove(ticket)).map(Entry::value);
    }

    /** A person has allowed it: the code for the client. */
    synchronized String allow(Wish wish, String login) throws OAuthError {
        String code = Tokens.random();
        put(codes, code, new Grant(Tokens.random(), wish, login), CODE_TTL);
        return code;
    }

    synchronized Issued redeemCode(String code, String clientId, String redirect, String verifier, String resource)
            throws OAuthError {
        Grant grant = use(codes, code, clientId);
        Wish wish = grant.wish();
        boolean sameRedirect = redirect.isEmpty()
                ? !wish.redirectGiven()
                : redirect.equals(wish.redirect().toString());
        if (!sameRedirect || !Tokens.challengeOf(verifier).equals(wish.challenge())) {
            throw new OAuthError("invalid_grant", "the code was issued for another request");
        }
        return issue(grant, resource);
    }

    synchronized Issued redeemRefreshToken(String token, String clientId, String resource) throws OAuthError {
        return issue(use(refreshTokens, token, clientId), resource);
    }

    /** Who a token speaks for, if it is valid for this resource. */
    synchronized Optional<Grant> check(String accessToken, URI resource) {
        return live(accessTokens.get(accessToken))
                .map(Entry::value)
                .filter(grant -> grant.wish().resource().equals(resource));
    }

    /** RFC 7009: a refresh token takes its access tokens with it. */
    synchronized void revoke(String token) {
        accessTokens.remove(token);
        Entry<Grant> entry = refreshTokens.get(token);
        if (entry != null) {
            voidAll(entry.value());
        }
    }

    private Issued issue(Grant grant, String resource) throws OAuthError {
        if (!resource.isEmpty() && !resource.equals(grant.wish().resource().toString())) {
            throw new OAuthError("invalid_target", "the sign-in was for another resource");
        }
        String access = Tokens.random();
        String refresh = Tokens.random();
        put(accessTokens, access, grant, ACCESS_TOKEN_TTL);
        put(refreshTokens, refresh, grant, REFRESH_TOKEN_TTL);
        return new Issued(access, refresh, grant);
    }

    private Grant use(Map<String, Entry<Grant>> from, String key, String clientId) throws OAuthError {
        Entry<Grant> entry = live(from.get(key)).orElseThrow(DemoGrants::unknown);
        Grant grant = entry.value();
        if (!grant.wish().clientId().equals(clientId)) {
            throw unknown();
        }
        if (entry.used()) {
            voidAll(grant);
            throw new OAuthError("invalid_grant", "it was used before, so the whole sign-in is void");
        }
        from.put(key, new Entry<>(grant, entry.expires(), true));
        return grant;
    }

    private void voidAll(Grant grant) {
        for (Map<String, Entry<Grant>> map : List.of(codes, refreshTokens, accessTokens)) {
            map.values().removeIf(entry -> entry.value().equals(grant));
        }
    }

    private <T> void put(Map<String, Entry<T>> map, String key, T value, Duration ttl) throws OAuthError {
        Instant now = clock.instant();
        map.values().removeIf(entry -> entry.expires().isBefore(now));
        if (map.size() >= MOST) {
            throw new OAuthError("temporarily_unavailable", "too much is going on here");
        }
        map.put(key, new Entry<>(value, now.plus(ttl), false));
    }

    private <T> Optional<Entry<T>> live(@Nullable Entry<T> entry) {
        return Optional.ofNullable(entry).filter(each -> clock.instant().isBefore(each.expires()));
    }

    private static OAuthError unknown() {
        return new OAuthError("invalid_grant", "it is unknown or has expired");
    }
}
