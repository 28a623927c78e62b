package dev.drawbridge.oauth;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.JWTParser;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * For servers that ask who the caller is instead of what it may do: the ID token (OpenID Connect Core 1.0 section 2) takes
 * the access token's place, and the access token, which nothing would need, is not kept.
 */
final class IdTokenAsBearer {
    private static final Logger LOG = System.getLogger(IdTokenAsBearer.class.getName());
    private static final String OPENID = "openid";
    private static final List<String> CLAIMS = List.of("email", "profile");
    private static final List<String> USUAL = List.of("email", "profile", "offline_access");

    private IdTokenAsBearer() {}

    /**
     * What is presented of a grant. It ends when the ID token says so ({@code exp}); a time that has passed already speaks of
     * a wrong clock, and then the server's 401 tells the end. A grant without an ID token is presented as it is.
     */
    static TokenGrant presented(TokenGrant grant, ClientSettings settings, Instant now) {
        if (!settings.idTokenAsBearer()) {
            return grant;
        }
        if (grant.idToken().isEmpty()) {
            LOG.log(
                    Level.WARNING,
                    "The authorization server issued no ID token, so the access token is sent; the scope openid asks"
                            + " for one.");
            return grant;
        }
        Secret token = grant.idToken().get();
        Optional<Instant> end = end(token);
        Optional<Duration> lifetime = end.isEmpty()
                ? grant.lifetime()
                : end.map(moment -> Duration.between(now, moment)).filter(Duration::isPositive);
        return new TokenGrant(
                token, "Bearer", lifetime, grant.refreshToken(), grant.scopes(), grant.issuedType(), grant.idToken());
    }

    /**
     * Scopes that bring an ID token (OpenID Connect Core 1.0 section 3.1.2.1). What the user configured stays as it is; where
     * nobody names a scope, the usual claims about a person are asked for as far as the authorization server offers them,
     * and offline access where it does.
     */
    static Set<String> scopes(Set<String> selected, ClientSettings settings, Set<String> offered) {
        if (!settings.idTokenAsBearer() || settings.scopes().isPresent()) {
            return selected;
        }
        Set<String> scopes = new LinkedHashSet<>(Set.of(OPENID));
        if (selected.isEmpty()) {
            scopes.addAll(
                    offered.isEmpty()
                            ? CLAIMS
                            : offered.stream().filter(USUAL::contains).toList());
        }
        scopes.addAll(selected);
        return scopes;
    }

    private static Optional<Instant> end(Secret token) {
        try {
            // An encrypted one has no claims for us to read.
            return Optional.ofNullable(JWTParser.parse(token.value()).getJWTClaimsSet())
                    .map(JWTClaimsSet::getExpirationTime)
                    .map(date -> date.toInstant());
        } catch (ParseException e) {
            return Optional.empty();
        }
    }
}
