package dev.drawbridge.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Workload identity (RFC 7523) and enterprise-managed authorization (RFC 8693, ID-JAG), by what the servers are told. */
final class UnattendedTokensTest {
    private static final String JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer";

    /** Signed in form only; no server here looks at signatures. */
    private static String jwt(String signature) {
        return "eyJhbGciOiJFUzI1NiJ9.e30." + signature;
    }

    /** Another JWT each time it is read. */
    private record Counting(AtomicInteger reads, String name) implements FreshSecret {
        Counting(String name) {
            this(new AtomicInteger(), name);
        }

        @Override
        public Secret read() {
            return new Secret(jwt(name + reads.incrementAndGet()));
        }

        @Override
        public String identity() {
            return name;
        }
    }

    private static ClientSettings settings(Grant grant, Optional<String> clientId, Optional<String> secret) {
        Settings settings = new Settings();
        settings.clientId = clientId;
        settings.clientSecret = secret.map(Secret::new);
        settings.grant = grant;
        return settings.build();
    }

    private static OAuthFailure refused(World world, Target target) {
        return assertInstanceOf(
                        TokenOutcome.Unavailable.class, world.authorization.token(target), world.server::toString)
                .failure();
    }

    @Test
    void aWorkloadsAssertionIsReadAnewForEachToken() throws Exception {
        try (World world = new World()) {
            world.server.resourceScopes = List.of("tools");
            Grant grant = new Grant.JwtBearer(new Counting("workload"));
            Target target = world.target(settings(grant, Optional.of("w"), Optional.empty()));
            Secret first = world.token(target);
            assertEquals(first, world.token(target), "the token is kept while it lives");
            world.time.advance(Duration.ofHours(2));
            assertNotEquals(first, world.token(target));

            List<FakeAuthorizationServer.Seen> requests = world.server.to("/token");
            assertEquals(
                    List.of(jwt("workload1"), jwt("workload2")),
                    requests.stream()
                            .map(request -> request.parameters().get("assertion"))
                            .toList(),
                    world.server::toString);
            Map<String, String> sent = requests.getFirst().parameters();
            assertEquals(JWT_BEARER, sent.get("grant_type"));
            assertEquals("w", sent.get("client_id"));
            assertEquals("tools", sent.get("scope"));
            assertEquals(world.server.mcp().toString(), sent.get("resource"));
            assertFalse(
                    world.memory
                            .get(Tokens.name(target).value())
                            .orElseThrow()
                            .value()
                            .contains("workload"),
                    "an assertion is never kept");
        }
    }

    @Test
    void anAssertionAloneMaySayWhoAsks() throws Exception {
        try (World world = new World()) {
            Grant grant = new Grant.JwtBearer(new Counting("workload"));
            Target target = world.target(settings(grant, Optional.empty(), Optional.empty()));
            Secret token = world.token(target);
            assertFalse(
                    world.server.to("/token").getFirst().parameters().containsKey("client_id"), world.server::toString);
            try (Authorization next = world.create(List.of(0), world.memory)) {
                assertEquals(
                        token,
                        assertInstanceOf(TokenOutcome.Token.class, next.token(target))
                                .value());
            }
        }
    }

    @Test
    void workloadsWithAssertionsOfTheirOwnShareNoToken() throws Exception {
        try (World world = new World()) {
            Target one = world.target(
                    settings(new Grant.JwtBearer(new Counting("one")), Optional.empty(), Optional.empty()));
            Target other = world.target(
                    settings(new Grant.JwtBearer(new Counting("other")), Optional.empty(), Optional.empty()));
            assertNotEquals(world.token(one), world.token(other));
        }
    }

    @Test
    void whatTheServerRefusedIsNotAskedAgainAtOnceNorInAnotherWay() throws Exception {
        try (World world = new World()) {
            Grant grant = new Grant.JwtBearer(new Counting("workload"));
            Target target = world.target(settings(grant, Optional.of("w"), Optional.empty()));
            for (String error : List.of("invalid_grant", "invalid_scope", "unauthorized_client")) {
                int before = world.server.to("/token").size();
                world.server.tokenError = error;
                OAuthFailure failure = refused(world, target);
                assertEquals("oauth.assertionRefused", failure.code());
                assertTrue(failure.message().contains(error), failure::message);
                assertFalse(failure.passing());
                assertEquals(
                        failure,
                        assertInstanceOf(
                                        TokenOutcome.Unavailable.class,
                                        world.authorization.afterRejection(target, List.of(), Optional.empty()))
                                .failure());
                assertEquals(before + 1, world.server.to("/token").size(), world.server::toString);
                world.time.advance(Duration.ofSeconds(31));
            }
            world.server.tokenError = "";
            world.token(target);
        }
    }

    @Test
    void aServerThatIsDownIsAskedAgain() throws Exception {
        try (World world = new World()) {
            Grant grant = new Grant.JwtBearer(new Counting("workload"));
            Target target = world.target(settings(grant, Optional.of("w"), Optional.empty()));
            world.server.tokenStatus = 503;
            assertTrue(refused(world, target).passing());
            world.server.tokenStatus = 200;
            world.token(target);
        }
    }

    @Test
    void whatIsNoJwtGoesNowhere() throws Exception {
        try (World world = new World()) {
            FreshSecret odd = new FreshSecret() {
                @Override
                public Secret read() {
                    return new Secret("not a JWT");
                }

                @Override
                public String identity() {
                    return "odd";
                }
            };
            Target target = world.target(settings(new Grant.JwtBearer(odd), Optional.of("w"), Optional.empty()));
            assertEquals("oauth.assertionUnusable", refused(world, target).code());
            assertEquals(List.of(), world.server.to("/token"));
        }
    }

    @Test
    void anAssertionGoesToTheIssuerItWasFirstUsedWithOnly() throws Exception {
        try (World world = new World();
                FakeAuthorizationServer second = new FakeAuthorizationServer()) {
            Grant grant = new Grant.JwtBearer(new Counting("workload"));
            Target target = world.target(settings(grant, Optional.empty(), Optional.empty()));
            world.token(target);
            world.server.authorizationServers = List.of(second.origin());
            world.time.advance(Duration.ofHours(2));
            assertEquals("oauth.secretBoundElsewhere", refused(world, target).code());
            assertEquals(List.of(), second.to("/token"));
        }
    }

    private static Grant enterprise(FakeAuthorizationServer idp, boolean discovered) {
        return new Grant.EnterpriseManaged(new IdentityProvider(
                discovered ? Optional.of(idp.origin()) : Optional.empty(),
                discovered ? Optional.empty() : Optional.of(URI.create(idp.origin() + "/token")),
                Optional.of("at-idp"),
                discovered ? Optional.of(new Secret("idp-secret")) : Optional.empty(),
                new Counting("idtoken")));
    }

    @Test
    void theIdentityProviderVouchesForOneServerAndOneResource() throws Exception {
        for (boolean discovered : List.of(true, false)) {
            try (World world = new World();
                    FakeAuthorizationServer idp = new FakeAuthorizationServer()) {
                idp.idJag = jwt("vouched");
                world.server.resourceScopes = List.of("tools");
                Target target =
                        world.target(settings(enterprise(idp, discovered), Optional.of("at-as"), Optional.of("hush")));
                world.token(target);

                FakeAuthorizationServer.Seen exchange = idp.to("/token").getFirst();
                Map<String, String> asked = exchange.parameters();
                assertEquals("urn:ietf:params:oauth:grant-type:token-exchange", asked.get("grant_type"));
                assertEquals("urn:ietf:params:oauth:token-type:id-jag", asked.get("requested_token_type"));
                assertEquals(world.server.origin(), asked.get("audience"));
                assertEquals(world.server.mcp().toString(), asked.get("resource"));
                assertEquals("tools", asked.get("scope"));
                assertEquals(jwt("idtoken1"), asked.get("subject_token"));
                assertEquals("urn:ietf:params:oauth:token-type:id_token", asked.get("subject_token_type"));
                assertEquals(
                        discovered ? FakeAuthorizationServer.basic("at-idp", "idp-secret") + "|null" : "|at-idp",
                        exchange.authorization() + "|" + asked.get("client_id"));

                FakeAuthorizationServer.Seen grant = world.server.to("/token").getFirst();
                assertEquals(JWT_BEARER, grant.parameters().get("grant_type"));
                assertEquals(jwt("vouched"), grant.parameters().get("assertion"));
                assertEquals(FakeAuthorizationServer.basic("at-as", "hush"), grant.authorization());
                assertFalse(world.server.toString().contains("idtoken"), "the ID token stays with its issuer");
                assertFalse(idp.toString().contains("hush"), "each server sees its own secret only");
            }
        }
    }

    @Test
    void anIdentityProviderThatDoesNotVouchEndsIt() throws Exception {
        try (World world = new World();
                FakeAuthorizationServer idp = new FakeAuthorizationServer()) {
            Target target = world.target(settings(enterprise(idp, true), Optional.of("at-as"), Optional.of("hush")));
            idp.tokenError = "invalid_grant";
            OAuthFailure failure = refused(world, target);
            assertEquals("oauth.idpRefused", failure.code());
            assertTrue(failure.action().contains("idToken"), failure::action);
            world.time.advance(Duration.ofSeconds(31));

            idp.tokenError = "";
            idp.idJag = "a-token-of-the-person's-own";
            idp.exchangedType = "urn:ietf:params:oauth:token-type:access_token";
            assertEquals("oauth.idpRefused", refused(world, target).code());
            assertEquals(List.of(), world.server.to("/token"), "nothing else goes to the authorization server");
        }
    }

    @Test
    void enterpriseManagedNeedsAClientAndNobodySignsIn() throws Exception {
        try (World world = new World();
                FakeAuthorizationServer idp = new FakeAuthorizationServer()) {
            Target target = world.target(settings(enterprise(idp, true), Optional.empty(), Optional.empty()));
            assertEquals("oauth.clientIdNeeded", refused(world, target).code());
            assertEquals(
                    "oauth.noSignIn",
                    assertInstanceOf(
                                    BeginOutcome.Failed.class,
                                    world.authorization.begin(target, List.of(), Method.BROWSER))
                            .failure()
                            .code());
            assertFalse(target.toString().contains("idp-secret"), target::toString);
        }
    }

    @Test
    void aPersonsTokenIsNotTheClientsOwn() throws Exception {
        try (World world = new World()) {
            Target person =
                    world.target(settings(Grant.AUTHORIZATION_CODE, Optional.of("client"), Optional.of("hush")));
            Target itself =
                    world.target(settings(Grant.CLIENT_CREDENTIALS, Optional.of("client"), Optional.of("hush")));
            world.signIn(person);
            Secret token = world.token(person);
            assertNotEquals(token, world.token(itself));
            assertEquals(token, world.token(person));
            assertEquals(
                    Tokens.name(person),
                    Tokens.name(world.target(settings(Grant.DEVICE_CODE, Optional.of("client"), Optional.of("hush")))),
                    "it is the same person, whichever way they come");
        }
    }

    @Test
    void whoIsVouchedForElsewhereHasATokenOfTheirOwn() throws Exception {
        try (World world = new World();
                FakeAuthorizationServer one = new FakeAuthorizationServer();
                FakeAuthorizationServer other = new FakeAuthorizationServer()) {
            one.idJag = jwt("one");
            other.idJag = jwt("other");
            assertNotEquals(
                    world.token(world.target(settings(enterprise(one, true), Optional.of("c"), Optional.of("s")))),
                    world.token(world.target(settings(enterprise(other, true), Optional.of("c"), Optional.of("s")))));
        }
    }

    @Test
    void whereAnAssertionComesFromIsLookedUpOncePerTargetAndNotPerRequest() throws Exception {
        try (World world = new World()) {
            AtomicInteger lookedUp = new AtomicInteger();
            FreshSecret counted = new FreshSecret() {
                @Override
                public Secret read() {
                    return new Secret(jwt("workload"));
                }

                @Override
                public String identity() {
                    lookedUp.incrementAndGet();
                    return "workload";
                }
            };
            Target target = world.target(settings(new Grant.JwtBearer(counted), Optional.empty(), Optional.empty()));
            for (int request = 0; request < 10; request++) {
                world.token(target);
            }
            assertEquals(1, lookedUp.get());
        }
    }
}
