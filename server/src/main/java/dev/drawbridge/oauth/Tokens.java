package dev.drawbridge.oauth;

import dev.drawbridge.oauth.token.Credential;
import dev.drawbridge.oauth.token.Credentials;
import dev.drawbridge.oauth.token.StoreName;
import dev.drawbridge.oauth.token.StoreUnavailable;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Access tokens without a person: from the store, or by a refresh (RFC 6749 section 6), of which there is never more than one
 * at a time for a credential, whether its expiry or a 401 asks for it, so that a rotating refresh token is never used
 * twice. A refresh token is given up only when the authorization server says that this very token is void.
 *
 * <p>Thread-safe: every change of a credential happens under its slot's lock.
 */
final class Tokens {
    private static final Duration MARGIN = Duration.ofSeconds(60);
    private static final Duration LAST_REFRESH = Duration.ofSeconds(5);

    /** What is remembered of one credential besides the credential. */
    private static final class Slot {
        final ReentrantLock lock = new ReentrantLock();

        /** An access token the server refused and no refresh could replace, and what has to happen. */
        volatile @Nullable Refusal refusal;

        /** The last failed refresh, for those who waited for it. */
        volatile @Nullable Failed lastFailure;

        /** A refresh token that was refused for another reason than being void; trying again would change nothing. */
        volatile @Nullable Secret refusedRefreshToken;
    }

    private record Refusal(Secret accessToken, SignInReason reason) {}

    private record Failed(long at, OAuthFailure failure) {}

    private final Credentials credentials;
    private final Clients clients;
    private final InstantSource clock;
    private final Limits limits;
    private final Function<Target, BoundedHttp> http;
    private final Dpop dpop;
    private final Map<String, String> discoveryHeaders;
    private final UnattendedTokens unattended;
    private final Map<StoreName, Slot> slots = new ConcurrentHashMap<>();
    private volatile boolean closing;

    Tokens(
            Credentials credentials,
            Clients clients,
            AuthorizationEnvironment environment,
            Function<Target, BoundedHttp> http,
            Dpop dpop) {
        this.credentials = credentials;
        this.clients = clients;
        this.clock = environment.clock();
        this.limits = environment.limits();
        this.http = http;
        this.dpop = dpop;
        this.discoveryHeaders = environment.discoveryHeaders();
        this.unattended = new UnattendedTokens(clients, environment, http, dpop);
    }

    static StoreName name(Target target) {
        return target.credential();
    }

    /** The stored credential, unless the configuration has changed so that it is not the target's any more. */
    Optional<Credential> stored(Target target) throws StoreUnavailable {
        return credentials.load(name(target)).filter(credential -> fits(credential, target.client()));
    }

    /** Whether the store has been asked already. */
    boolean isKnown(Target target) {
        return credentials.isKnown(name(target));
    }

    /** The stored credential, if it can still give tokens as far as is known here. */
    Optional<Credential> usable(Target target) throws StoreUnavailable {
        Slot slot = slot(target);
        return stored(target).filter(credential -> {
            Refusal refusal = slot.refusal;
            boolean refused = refusal != null && credential.accessToken().equals(Optional.of(refusal.accessToken()));
            return !refused && (isAlive(credential) || credential.refreshToken().isPresent());
        });
    }

    /** For a request about to be sent; a store that is known to hold nothing is not asked again for each of them. */
    TokenOutcome token(Target target) {
        try {
            Optional<Credential> credential = stored(target);
            if (credential.isEmpty() && !(target.client().grant() instanceof Grant.Unattended)) {
                return signInNeeded(SignInReason.Kind.SIGN_IN_NEEDED, credential, List.of());
            }
            Optional<TokenOutcome> ready = credential.flatMap(found -> ready(slot(target), found));
            return ready.isPresent() ? ready.get() : obtain(target, List.of(), Optional.empty());
        } catch (StoreUnavailable e) {
            return new TokenOutcome.Unavailable(e.failure());
        }
    }

    /** The access token, if there is one that still lives; never a refresh. */
    Optional<TokenOutcome.Token> atHand(Target target) {
        try {
            return usable(target).filter(this::isAlive).map(Tokens::tokenOf);
        } catch (StoreUnavailable e) {
            return Optional.empty();
        }
    }

    /** After a 401 to this token, or to none. */
    TokenOutcome afterRejection(Target target, List<Challenge> challenges, Optional<Secret> presented) {
        try {
            return obtain(target, challenges, presented);
        } catch (StoreUnavailable e) {
            return new TokenOutcome.Unavailable(e.failure());
        }
    }

    /** Runs a change of the target's credential by itself. */
    <T> Optional<T> exclusively(Target target, Change<T> change) throws StoreUnavailable {
        Slot slot = slot(target);
        if (!acquire(slot)) {
            return Optional.empty();
        }
        try {
            T result = change.run();
            slot.refusal = null;
            slot.lastFailure = null;
            slot.refusedRefreshToken = null;
            return Optional.of(result);
        } finally {
            slot.lock.unlock();
        }
    }

    /** What may change a credential. */
    interface Change<T> {
        T run() throws StoreUnavailable;
    }

    /** What can be said without any request: a fresh token, or that the current one is known to be no good. */
    private Optional<TokenOutcome> ready(Slot slot, Credential credential) {
        if (credential.accessToken().isEmpty()) {
            return Optional.empty();
        }
        Refusal refusal = slot.refusal;
        if (refusal != null
                && refusal.accessToken().equals(credential.accessToken().get())) {
            return Optional.of(new TokenOutcome.SignInNeeded(refusal.reason()));
        }
        return isFresh(credential) ? Optional.of(tokenOf(credential)) : Optional.empty();
    }

    private TokenOutcome obtain(Target target, List<Challenge> challenges, Optional<Secret> presented)
            throws StoreUnavailable {
        long began = System.nanoTime();
        Slot slot = slot(target);
        if (!slot.lock.tryLock()) {
            Optional<Credential> current = stored(target).filter(this::isAlive);
            // Someone is refreshing ahead of expiry; the current token is good until then.
            if (presented.isEmpty() && current.isPresent() && slot.refusal == null) {
                return tokenOf(current.get());
            }
            if (!acquire(slot)) {
                return new TokenOutcome.Unavailable(OAuthFailure.passing(
                        "oauth.timeout", "A refresh of the same credential takes too long.", "Try again."));
            }
        }
        try {
            if (closing) {
                return new TokenOutcome.Unavailable(
                        OAuthFailure.passing("oauth.closing", "Drawbridge is ending.", "Start it again."));
            }
            Failed failed = slot.lastFailure;
            if (failed != null && failed.at() - began > 0) {
                return unlessAlive(target, presented, failed.failure());
            }
            return obtainAlone(target, challenges, presented, slot);
        } catch (AuthorizationFailed e) {
            slot.lastFailure = new Failed(System.nanoTime(), e.failure());
            return unlessAlive(target, presented, e.failure());
        } finally {
            slot.lock.unlock();
        }
    }

    private TokenOutcome obtainAlone(Target target, List<Challenge> challenges, Optional<Secret> presented, Slot slot)
            throws StoreUnavailable, AuthorizationFailed {
        Optional<Credential> found =
                credentials.reload(name(target)).filter(credential -> fits(credential, target.client()));
        if (found.isPresent() && !found.get().accessToken().equals(presented)) {
            Optional<TokenOutcome> ready = ready(slot, found.get());
            if (ready.isPresent()) {
                return ready.get();
            }
        }
        if (target.client().grant() instanceof Grant.Unattended grant) {
            Credential credential = unattended.fetch(target, grant, challenges, found);
            credentials.keep(name(target), credential);
            return tokenOf(credential);
        }
        if (found.isEmpty()
                || found.get().accessToken().isEmpty()
                        && found.get().refreshToken().isEmpty()) {
            SignInReason.Kind kind = found.isEmpty() ? SignInReason.Kind.SIGN_IN_NEEDED : SignInReason.Kind.EXPIRED;
            return signInNeeded(kind, found, challenges);
        }
        Credential credential = found.get();
        boolean rejected = presented.isPresent() && credential.accessToken().equals(presented);
        if (rejected && issuerChanged(target, challenges, credential)) {
            return refuse(slot, credential, SignInReason.Kind.ISSUER_CHANGED, challenges);
        }
        Optional<Secret> refreshToken =
                credential.refreshToken().filter(token -> !token.equals(slot.refusedRefreshToken));
        if (refreshToken.isEmpty()) {
            return refuse(slot, credential, SignInReason.Kind.EXPIRED, challenges);
        }
        return refresh(target, credential, refreshToken.get(), rejected, slot, challenges);
    }

    private TokenOutcome refresh(
            Target target,
            Credential credential,
            Secret refreshToken,
            boolean rejected,
            Slot slot,
            List<Challenge> challenges)
            throws AuthorizationFailed, StoreUnavailable {
        TokenEndpoint endpoint = new TokenEndpoint(
                http.apply(target),
                credential.tokenEndpoint(),
                credential.client(),
                target.client(),
                credential.issuer(),
                credential.resource(),
                dpop.prover(credential.dpopKey()));
        TokenEndpoint.Reply reply;
        try {
            reply = endpoint.refresh(refreshToken);
        } catch (TokensUnusable e) {
            // The refresh token has been used by it all the same, and a second use would look like a theft.
            afterVoid(target, refreshToken, rejected, slot, challenges);
            throw e;
        }
        return switch (reply) {
            case TokenEndpoint.Reply.Granted(TokenGrant granted) -> {
                TokenGrant grant = IdTokenAsBearer.presented(granted, target.client(), clock.instant());
                Credential refreshed = credential.refreshed(
                        grant.accessToken(),
                        grant.scheme(),
                        grant.lifetime().map(clock.instant()::plus),
                        grant.lifetime(),
                        grant.refreshToken(),
                        grant.scopes());
                credentials.keep(name(target), refreshed);
                yield tokenOf(refreshed);
            }
            case TokenEndpoint.Reply.Refused(String error, String description) -> {
                boolean forgotten = error.equals("invalid_client");
                if (forgotten && credential.client().source() != Client.Source.REGISTERED) {
                    throw new AuthorizationFailed(clientRejected(credential, description));
                }
                if (forgotten) {
                    clients.forget(target, credential.issuer(), credential.client());
                }
                if (!forgotten && !error.equals("invalid_grant")) {
                    slot.refusedRefreshToken = refreshToken;
                    yield refuse(slot, credential, SignInReason.Kind.EXPIRED, challenges);
                }
                yield afterVoid(target, refreshToken, rejected, slot, challenges);
            }
        };
    }

    /** The server says the refresh token is void: it goes, unless the store holds another one by now. */
    private TokenOutcome afterVoid(
            Target target, Secret refreshToken, boolean rejected, Slot slot, List<Challenge> challenges)
            throws StoreUnavailable {
        Optional<Credential> now = credentials.reload(name(target));
        if (now.isEmpty() || !now.get().refreshToken().equals(Optional.of(refreshToken))) {
            return now.flatMap(credential -> ready(slot, credential))
                    .orElseGet(() -> signInNeeded(SignInReason.Kind.EXPIRED, now, challenges));
        }
        if (!rejected && isAlive(now.get())) {
            Credential rest = now.get().withoutRefreshToken();
            credentials.keep(name(target), rest);
            return tokenOf(rest);
        }
        credentials.keep(name(target), now.get().spent());
        return signInNeeded(SignInReason.Kind.EXPIRED, now, challenges);
    }

    /** Whether the server now names other authorization servers than the credential's (requirement 9). */
    private boolean issuerChanged(Target target, List<Challenge> challenges, Credential credential)
            throws AuthorizationFailed {
        Discovery discovery = new Discovery(http.apply(target), discoveryHeaders);
        return discovery
                .resource(target.server(), challenges)
                .map(ProtectedResourceMetadata::authorizationServers)
                .filter(issuers -> !issuers.isEmpty() && !issuers.contains(credential.issuer()))
                .isPresent();
    }

    private TokenOutcome refuse(Slot slot, Credential credential, SignInReason.Kind kind, List<Challenge> challenges) {
        TokenOutcome.SignInNeeded needed = signInNeeded(kind, Optional.of(credential), challenges);
        credential.accessToken().ifPresent(token -> slot.refusal = new Refusal(token, needed.reason()));
        return needed;
    }

    private static TokenOutcome.SignInNeeded signInNeeded(
            SignInReason.Kind kind, Optional<Credential> credential, List<Challenge> challenges) {
        Set<String> scopes =
                new LinkedHashSet<>(credential.map(Credential::allScopes).orElse(Set.of()));
        Challenge.oauth(challenges).map(Challenge::scopes).ifPresent(scopes::addAll);
        return new TokenOutcome.SignInNeeded(new SignInReason(kind, scopes));
    }

    /** After a failed refresh ahead of expiry the current token still serves. */
    private TokenOutcome unlessAlive(Target target, Optional<Secret> presented, OAuthFailure failure)
            throws StoreUnavailable {
        Optional<Credential> current = stored(target)
                .filter(this::isAlive)
                .filter(credential -> !credential.accessToken().equals(presented));
        return current.isPresent() ? tokenOf(current.get()) : new TokenOutcome.Unavailable(failure);
    }

    private static OAuthFailure clientRejected(Credential credential, String description) {
        return OAuthFailure.lasting(
                        "oauth.clientRejected",
                        "The authorization server does not accept the client "
                                + Text.excerpt(credential.client().id())
                                + (description.isEmpty() ? "." : ": " + description),
                        "Check oauth.clientId and oauth.clientSecret.")
                .at(Origin.shown(credential.tokenEndpoint()));
    }

    /** A credential is for one client, issuer and resource; what the configuration now says otherwise, it does not serve. */
    private static boolean fits(Credential credential, ClientSettings settings) {
        boolean client = settings.clientId().isPresent()
                ? settings.clientId().get().equals(credential.client().id())
                : credential.client().source() != Client.Source.CONFIGURED;
        boolean issuer = settings.issuer().map(credential.issuer()::equals).orElse(true);
        boolean resource = switch (settings.resource()) {
            case ResourceSetting.Automatic() -> true;
            case ResourceSetting.Omitted() -> credential.resource().isEmpty();
            case ResourceSetting.Fixed(URI fixed) -> credential.resource().equals(Optional.of(fixed.toString()));
        };
        boolean bound = credential.scheme().equals(Dpop.SCHEME);
        boolean dpop = switch (settings.dpop()) {
            case REQUIRED -> bound && credential.dpopKey().isPresent();
            case OFF -> !bound;
            // A token that is bound to a key we no longer have is of no use to anybody.
            case AUTOMATIC -> !bound || credential.dpopKey().isPresent();
        };
        return client && issuer && resource && dpop;
    }

    /** Good for a while: a minute, or a tenth of a short life, since a fixed margin would refresh such tokens all the time. */
    private boolean isFresh(Credential credential) {
        Duration tenth = credential.lifetime().map(life -> life.dividedBy(10)).orElse(MARGIN);
        Duration margin = tenth.compareTo(MARGIN) < 0 ? tenth : MARGIN;
        return endsAfter(credential, clock.instant().plus(margin));
    }

    private boolean isAlive(Credential credential) {
        return credential.accessToken().isPresent() && endsAfter(credential, clock.instant());
    }

    private static boolean endsAfter(Credential credential, Instant moment) {
        return credential.expiresAt().map(moment::isBefore).orElse(true);
    }

    private static TokenOutcome.Token tokenOf(Credential credential) {
        return new TokenOutcome.Token(
                credential.accessToken().orElseThrow(),
                credential.scheme(),
                credential.expiresAt(),
                credential.dpopKey());
    }

    /**
     * Lets no refresh begin any more and waits a little for those that run: a refresh token that was rotated and not yet
     * stored is a sign-in lost.
     */
    void close() {
        closing = true;
        long end = System.nanoTime() + LAST_REFRESH.toNanos();
        for (Slot slot : slots.values()) {
            try {
                if (slot.lock.tryLock(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS)) {
                    slot.lock.unlock();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Slot slot(Target target) {
        return slots.computeIfAbsent(name(target), name -> new Slot());
    }

    private boolean acquire(Slot slot) {
        try {
            return slot.lock.tryLock(limits.exchange().toMillis() * 5, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
