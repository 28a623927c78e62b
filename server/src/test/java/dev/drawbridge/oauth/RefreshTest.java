package dev.drawbridge.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drawbridge.oauth.token.Credential;
import dev.drawbridge.oauth.token.StoreUnavailable;
import dev.drawbridge.oauth.token.TokenStore;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** One refresh at a time, and a sign-in that is only lost when the authorization server says so. */
final class RefreshTest {
    private static final List<Challenge> CHALLENGE = Challenge.parse(List.of("Bearer error=\"invalid_token\""));

    @Test
    void twentyRejectedRequestsMakeOneRefreshAndReuseNothing() throws Exception {
        try (World world = new World()) {
            world.signIn(world.target());
            for (int round = 1; round <= 5; round++) {
                Secret old = world.token(world.target());
                Set<TokenOutcome> outcomes = atOnce(
                        20, () -> world.authorization.afterRejection(world.target(), CHALLENGE, Optional.of(old)));
                assertEquals(1, outcomes.size(), () -> outcomes + "" + world.server);
                assertInstanceOf(TokenOutcome.Token.class, outcomes.iterator().next());
                assertEquals(round, world.server.refreshes(), world.server::toString);
            }
            assertEquals(0, world.server.reuses.get(), world.server::toString);
        }
    }

    @Test
    void anExpiryByTheClockIsRefreshedOnceAheadOfTime() throws Exception {
        try (World world = new World()) {
            world.signIn(world.target());
            Secret first = world.token(world.target());
            world.time.advance(Duration.ofMinutes(58));
            assertEquals(first, world.token(world.target()));
            world.time.advance(Duration.ofSeconds(61));
            Set<TokenOutcome> outcomes = atOnce(20, () -> world.authorization.token(world.target()));
            assertTrue(outcomes.stream().allMatch(TokenOutcome.Token.class::isInstance), world.server::toString);
            assertFalse(world.token(world.target()).equals(first));
            assertEquals(1, world.server.refreshes(), world.server::toString);
        }
    }

    @Test
    void aShortLivedTokenIsNotRefreshedOnEveryRequest() throws Exception {
        try (World world = new World()) {
            world.server.lifetime = 30;
            world.signIn(world.target());
            for (int second = 0; second < 26; second++) {
                world.token(world.target());
                world.time.advance(Duration.ofSeconds(1));
            }
            assertEquals(0, world.server.refreshes(), world.server::toString);
        }
    }

    @Test
    void aRevokedRefreshTokenAsksForOneSignInAndIsGone() throws Exception {
        try (World world = new World()) {
            world.signIn(world.target());
            Secret old = world.token(world.target());
            world.server.revokeEverything();
            Set<TokenOutcome> outcomes =
                    atOnce(20, () -> world.authorization.afterRejection(world.target(), CHALLENGE, Optional.of(old)));
            assertEquals(1, outcomes.size(), outcomes::toString);
            assertEquals(SignInReason.Kind.EXPIRED, needed(outcomes.iterator().next()));
            assertEquals(1, world.server.refreshes(), world.server::toString);
            assertTrue(stored(world).refreshToken().isEmpty());
            assertTrue(stored(world).accessToken().isEmpty());
            assertInstanceOf(CredentialView.Absent.class, world.authorization.view(world.target()));
            assertTrue(world.signIn(world.target()).body().contains("Authentication Successful"));
        }
    }

    @Test
    void aStoreThatHoldsNothingIsAskedOnceAndAgainWhenTheServerWantsAToken() throws Exception {
        AtomicInteger reads = new AtomicInteger();
        TokenStore counting = (TokenStore) Proxy.newProxyInstance(
                TokenStore.class.getClassLoader(), new Class<?>[] {TokenStore.class}, (_, method, _) -> {
                    reads.incrementAndGet();
                    assertEquals("get", method.getName());
                    return Optional.empty();
                });
        try (World world = new World(List.of(0), Optional.of(counting))) {
            for (int request = 0; request < 100; request++) {
                assertInstanceOf(TokenOutcome.SignInNeeded.class, world.authorization.token(world.target()));
            }
            assertEquals(1, reads.get());
            assertInstanceOf(
                    TokenOutcome.SignInNeeded.class,
                    world.authorization.afterRejection(world.target(), CHALLENGE, Optional.empty()));
            assertEquals(2, reads.get());
        }
    }

    @Test
    void anEndWaitsForTheRefreshThatRunsSoThatItsTokenIsStored() throws Exception {
        try (World world = new World();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            world.signIn(world.target());
            world.time.advance(Duration.ofHours(2));
            world.server.tokenGate = new CountDownLatch(1);
            int before = world.server.to("/token").size();
            Future<TokenOutcome> refreshing = threads.submit(() -> world.authorization.token(world.target()));
            long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
            while (world.server.to("/token").size() == before && System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            Future<?> closing = threads.submit(world.authorization::close);
            world.server.tokenGate.countDown();
            closing.get(10, TimeUnit.SECONDS);
            try (Authorization next = world.create(List.of(0), world.memory)) {
                assertEquals(refreshing.get(10, TimeUnit.SECONDS), next.token(world.target()), world.server::toString);
            }
            assertEquals(1, world.server.refreshes(), world.server::toString);
            assertEquals(0, world.server.reuses.get(), world.server::toString);
            assertInstanceOf(
                    TokenOutcome.Unavailable.class,
                    world.authorization.afterRejection(world.target(), CHALLENGE, Optional.of(new Secret("refused"))),
                    world.server::toString);
        }
    }

    @Test
    void aFarewellIsNotWorthARefresh() throws Exception {
        try (World world = new World()) {
            world.signIn(world.target());
            Secret token = world.token(world.target());
            assertEquals(
                    Optional.of(token),
                    world.authorization.tokenAtHand(world.target()).map(TokenOutcome.Token::value));
            world.time.advance(Duration.ofHours(2));
            assertEquals(Optional.empty(), world.authorization.tokenAtHand(world.target()));
            assertEquals(0, world.server.refreshes(), world.server::toString);
        }
    }

    @Test
    void aRefreshTokenThatAnotherProcessReplacedIsNotDeleted() throws Exception {
        try (World world = new World();
                Authorization other = world.create(List.of(0), world.memory)) {
            world.signIn(world.target());
            Secret old = world.token(world.target());
            TokenOutcome.Token newer = assertInstanceOf(
                    TokenOutcome.Token.class, other.afterRejection(world.target(), CHALLENGE, Optional.of(old)));
            assertEquals(newer, world.authorization.afterRejection(world.target(), CHALLENGE, Optional.of(old)));
            assertEquals(1, world.server.refreshes(), world.server::toString);
        }
    }

    @Test
    void aPassingFailureKeepsTheTokenAndTriesAgain() throws Exception {
        try (World world = new World()) {
            world.signIn(world.target());
            Secret old = world.token(world.target());
            for (int status : new int[] {500, 503, 429, 302, 403}) {
                world.server.tokenStatus = status;
                world.server.tokenBody = "<html>captive portal</html>";
                OAuthFailure failure =
                        unavailable(world.authorization.afterRejection(world.target(), CHALLENGE, Optional.of(old)));
                assertTrue(failure.passing(), failure.toString());
                assertTrue(stored(world).refreshToken().isPresent());
            }
            world.server.tokenStatus = 200;
            world.server.tokenBody = "";
            assertInstanceOf(
                    TokenOutcome.Token.class,
                    world.authorization.afterRejection(world.target(), CHALLENGE, Optional.of(old)));
        }
    }

    @Test
    void aFailedRefreshAheadOfExpiryLetsTheCurrentTokenServe() throws Exception {
        try (World world = new World()) {
            world.signIn(world.target());
            Secret first = world.token(world.target());
            world.server.tokenStatus = 500;
            world.time.advance(Duration.ofSeconds(3570));
            assertEquals(first, world.token(world.target()));
            world.time.advance(Duration.ofSeconds(31));
            assertTrue(unavailable(world.authorization.token(world.target())).passing());
        }
    }

    @Test
    void aHangingTokenEndpointHoldsNobodyLongerThanItsDeadline() throws Exception {
        try (World world = new World()) {
            world.signIn(world.target());
            Secret old = world.token(world.target());
            world.server.tokenGate = new CountDownLatch(1);
            long began = System.nanoTime();
            Set<TokenOutcome> outcomes =
                    atOnce(20, () -> world.authorization.afterRejection(world.target(), CHALLENGE, Optional.of(old)));
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            assertEquals(
                    "oauth.timeout", unavailable(outcomes.iterator().next()).code());
            assertEquals(1, outcomes.size());
            assertTrue(took.compareTo(Duration.ofSeconds(6)) < 0, took::toString);
            assertEquals(1, world.server.refreshes(), world.server::toString);
        }
    }

    @Test
    void offlineIsNotSignedOut() throws Exception {
        try (World world = new World()) {
            world.signIn(world.target());
            Secret old = world.token(world.target());
            world.server.close();
            assertTrue(unavailable(world.authorization.afterRejection(world.target(), CHALLENGE, Optional.of(old)))
                    .passing());
            assertInstanceOf(CredentialView.Present.class, world.authorization.view(world.target()));
        }
    }

    @Test
    void whenTheServerNamesAnotherIssuerNothingIsSentThereAndASignInIsAskedFor() throws Exception {
        try (World world = new World();
                FakeAuthorizationServer second = new FakeAuthorizationServer()) {
            world.signIn(world.target());
            Secret old = world.token(world.target());
            world.server.authorizationServers = List.of(second.origin());
            assertEquals(
                    SignInReason.Kind.ISSUER_CHANGED,
                    needed(world.authorization.afterRejection(world.target(), CHALLENGE, Optional.of(old))));
            assertEquals(SignInReason.Kind.ISSUER_CHANGED, needed(world.authorization.token(world.target())));
            assertEquals(List.of(), second.seen, second::toString);
            assertEquals(0, world.server.refreshes(), world.server::toString);

            FlowView flow = world.begin(world.target());
            assertTrue(flow.authorizationUrl().toString().startsWith(second.origin()), flow::toString);
            String client = FakeAuthorizationServer.parse(
                            flow.authorizationUrl().getRawQuery())
                    .getOrDefault("client_id", "");
            assertTrue(second.clients.containsKey(client), second::toString);
            world.browse(second.signIn(flow.authorizationUrl()));
            assertTrue(second.acceptedAccessTokens.contains(
                    world.token(world.target()).value()));
            assertFalse(second.toString().contains(old.value()), second::toString);
        }
    }

    @Test
    void aClientTheServerForgotIsRegisteredAnewWithTheNextSignIn() throws Exception {
        try (World world = new World()) {
            world.signIn(world.target());
            Secret old = world.token(world.target());
            world.server.clients.clear();
            assertEquals(
                    SignInReason.Kind.EXPIRED,
                    needed(world.authorization.afterRejection(world.target(), CHALLENGE, Optional.of(old))));
            assertTrue(world.signIn(world.target()).body().contains("Authentication Successful"));
            assertEquals(2, world.server.to("/register").size(), world.server::toString);
            world.authorization.signOut(world.target());
            world.signIn(world.target());
            assertEquals(2, world.server.to("/register").size(), world.server::toString);
        }
    }

    @Test
    void aLockedStoreDoesNotLookLikeALostSignIn() throws Exception {
        TokenStore locked = new TokenStore() {
            @Override
            public Optional<Secret> get(String name) throws StoreUnavailable {
                throw unavailable();
            }

            @Override
            public void put(String name, Secret value) throws StoreUnavailable {
                throw unavailable();
            }

            @Override
            public void delete(String name) throws StoreUnavailable {
                throw unavailable();
            }

            @Override
            public Set<String> names() throws StoreUnavailable {
                throw unavailable();
            }

            private StoreUnavailable unavailable() {
                return new StoreUnavailable(
                        OAuthFailure.passing("store.locked", "The keyring is locked.", "Unlock the keyring."));
            }
        };
        try (World world = new World(List.of(0), Optional.of(locked))) {
            assertEquals(
                    "store.locked",
                    unavailable(world.authorization.token(world.target())).code());
            assertInstanceOf(CredentialView.Unknown.class, world.authorization.view(world.target()));
            assertInstanceOf(SignOutOutcome.Failed.class, world.authorization.signOut(world.target()));
        }
    }

    private static Credential stored(World world) {
        return Credential.parse(
                        world.memory.get(Tokens.name(world.target()).value()).orElseThrow())
                .orElseThrow();
    }

    private static OAuthFailure unavailable(TokenOutcome outcome) {
        return assertInstanceOf(TokenOutcome.Unavailable.class, outcome).failure();
    }

    private static SignInReason.Kind needed(TokenOutcome outcome) {
        return assertInstanceOf(TokenOutcome.SignInNeeded.class, outcome)
                .reason()
                .kind();
    }

    private static Set<TokenOutcome> atOnce(int callers, Callable<TokenOutcome> call) throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<TokenOutcome>> futures = new java.util.ArrayList<>();
            for (int i = 0; i < callers; i++) {
                futures.add(executor.submit(() -> {
                    start.await();
                    return call.call();
                }));
            }
            start.countDown();
            Set<TokenOutcome> outcomes = new HashSet<>();
            for (Future<TokenOutcome> future : futures) {
                outcomes.add(future.get());
            }
            return outcomes;
        }
    }

    @Test
    void aLifeBeyondAllTimeIsALongOne() throws Exception {
        try (World world = new World()) {
            world.server.lifetime = Long.MAX_VALUE;
            world.signIn(world.target());
            Secret token = world.token(world.target());
            world.time.advance(Duration.ofDays(3650));
            assertEquals(token, world.token(world.target()));
        }
    }
}
