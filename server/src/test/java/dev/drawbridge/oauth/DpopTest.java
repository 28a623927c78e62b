package dev.drawbridge.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jwt.SignedJWT;
import dev.drawbridge.oauth.token.Credential;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.text.ParseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Tokens bound to a key (RFC 9449): when they are asked for, what the proofs say, and where the key and the nonces go. */
final class DpopTest {
    private static final List<Challenge> BEARER = Challenge.parse(List.of("Bearer"));
    private static final List<Challenge> WANTS_NONCE = Challenge.parse(List.of("DPoP error=\"use_dpop_nonce\""));

    private static ClientSettings settings(DpopMode mode) {
        Settings settings = new Settings();
        settings.dpop = mode;
        return settings.build();
    }

    private static World bound() throws Exception {
        World world = new World();
        world.server.dpopRequired = true;
        return world;
    }

    private static TokenOutcome.Token token(Authorization authorization, Target target) {
        return assertInstanceOf(TokenOutcome.Token.class, authorization.token(target));
    }

    private static SignedJWT proofOf(Map<String, String> headers) throws ParseException {
        return SignedJWT.parse(headers.getOrDefault("DPoP", ""));
    }

    private static String keyOf(SignedJWT proof) throws Exception {
        assertTrue(
                proof.verify(new ECDSAVerifier(proof.getHeader().getJWK().toECKey())),
                "the key in the header signed the proof");
        return proof.getHeader().getJWK().computeThumbprint().toString();
    }

    private static List<String> keysAtTheTokenEndpoint(World world) throws Exception {
        List<String> keys = new ArrayList<>();
        for (FakeAuthorizationServer.Seen request : world.server.to("/token")) {
            keys.add(keyOf(SignedJWT.parse(request.proof())));
        }
        return keys;
    }

    @Test
    void aProofIsForOneRequestOneTokenAndOneMoment() throws Exception {
        try (World world = bound()) {
            world.signIn(world.target());
            TokenOutcome.Token token = token(world.authorization, world.target());
            URI uri = URI.create(world.server.mcp() + "?session=1#part");
            Set<Object> ids = new HashSet<>();
            for (int request = 0; request < 3; request++) {
                Map<String, String> headers = world.authorization.headers(token, "POST", uri);
                assertEquals("DPoP " + token.value().value(), headers.get("Authorization"));
                SignedJWT proof = proofOf(headers);
                assertEquals("dpop+jwt", proof.getHeader().getType().getType());
                assertEquals("ES256", proof.getHeader().getAlgorithm().getName());
                assertFalse(proof.getHeader().getJWK().isPrivate());
                Map<String, Object> claims = proof.getPayload().toJSONObject();
                assertEquals(Set.of("htm", "htu", "iat", "jti", "ath"), claims.keySet());
                assertEquals("POST", claims.get("htm"));
                assertEquals(world.server.mcp().toString(), claims.get("htu"));
                assertEquals(world.time.instant().getEpochSecond(), claims.get("iat"));
                assertEquals(
                        Base64.getUrlEncoder()
                                .withoutPadding()
                                .encodeToString(MessageDigest.getInstance("SHA-256")
                                        .digest(token.value().value().getBytes(StandardCharsets.US_ASCII))),
                        claims.get("ath"));
                assertTrue(ids.add(claims.get("jti")), "an id serves once");
                assertEquals(keysAtTheTokenEndpoint(world), List.of(keyOf(proof)));
            }
            SignedJWT atTokenEndpoint =
                    SignedJWT.parse(world.server.to("/token").getFirst().proof());
            assertEquals(
                    Set.of("htm", "htu", "iat", "jti"),
                    atTokenEndpoint.getPayload().toJSONObject().keySet());
            assertEquals(
                    world.server.origin() + "/token",
                    atTokenEndpoint.getJWTClaimsSet().getStringClaim("htu"));
            assertEquals(
                    keysAtTheTokenEndpoint(world).getFirst(),
                    world.server.to("/authorize").getFirst().parameters().get("dpop_jkt"),
                    "the code is bound to the key as well");
        }
    }

    @Test
    void tokensAreBoundWhereTheResourceAsksForItAndNowhereElse() throws Exception {
        List<Challenge> asked = Challenge.parse(List.of("Bearer", "DPoP algs=\"ES256\""));
        record Case(
                String name,
                DpopMode mode,
                boolean required,
                boolean listed,
                List<Challenge> challenges,
                boolean bound) {}
        List<Case> cases = List.of(
                new Case("nothing", DpopMode.AUTOMATIC, false, false, BEARER, false),
                new Case("required", DpopMode.AUTOMATIC, true, false, BEARER, true),
                new Case("listed", DpopMode.AUTOMATIC, false, true, BEARER, true),
                new Case("challenged", DpopMode.AUTOMATIC, false, false, asked, true),
                new Case("off", DpopMode.OFF, true, true, asked, false),
                new Case("on", DpopMode.REQUIRED, false, false, BEARER, true));
        for (Case one : cases) {
            try (World world = new World()) {
                world.server.serverDpop = List.of("ES256", "RS256");
                world.server.dpopRequired = one.required();
                world.server.resourceDpop = one.listed() ? List.of("ES256") : List.of();
                Target target = world.target(settings(one.mode()));
                FlowView flow = assertInstanceOf(
                                BeginOutcome.Begun.class,
                                world.authorization.begin(target, one.challenges(), Method.BROWSER))
                        .flow();
                world.browse(world.server.signIn(flow.authorizationUrl()));
                TokenOutcome.Token token = token(world.authorization, target);
                assertEquals(one.bound(), token.isBound(), one::name);
                assertEquals(
                        one.bound(),
                        !world.server.to("/token").getFirst().proof().isEmpty(),
                        one::name);
                Map<String, String> headers = world.authorization.headers(token, "POST", world.server.mcp());
                assertEquals(
                        (one.bound() ? "DPoP " : "Bearer ") + token.value().value(),
                        headers.get("Authorization"),
                        one::name);
                assertEquals(one.bound(), headers.containsKey("DPoP"), one::name);
            }
        }
    }

    @Test
    void theKeyOutlivesRestartsAndServesEveryRefresh() throws Exception {
        try (World world = bound()) {
            world.signIn(world.target());
            world.authorization.close();
            for (int restart = 0; restart < 2; restart++) {
                world.time.advance(Duration.ofHours(2));
                try (Authorization next = world.create(List.of(0), world.memory)) {
                    TokenOutcome.Token token = token(next, world.target());
                    assertTrue(token.isBound());
                    assertEquals(
                            keysAtTheTokenEndpoint(world).getFirst(),
                            keyOf(proofOf(next.headers(token, "GET", world.server.mcp()))));
                }
            }
            List<String> keys = keysAtTheTokenEndpoint(world);
            assertEquals(3, keys.size(), world.server::toString);
            assertEquals(1, new HashSet<>(keys).size(), "one key for the code and both refreshes");
            assertEquals(0, world.server.reuses.get());
        }
    }

    @Test
    void everyCredentialHasAKeyOfItsOwn() throws Exception {
        try (World world = bound()) {
            Target other = new Target(world.server.mcp(), Optional.of("other"), ClientSettings.DEFAULT);
            world.signIn(world.target());
            world.signIn(other);
            List<String> keys = keysAtTheTokenEndpoint(world);
            assertNotEquals(keys.getFirst(), keys.getLast());
        }
    }

    @Test
    void aNonceOfTheTokenEndpointIsTakenOnceAndThenKept() throws Exception {
        try (World world = bound()) {
            world.server.tokenNonce = "one";
            assertTrue(world.signIn(world.target()).body().contains("Authentication Successful"));
            assertEquals(2, world.server.to("/token").size(), world.server::toString);
            world.time.advance(Duration.ofHours(2));
            world.token(world.target());
            assertEquals(3, world.server.to("/token").size(), "the nonce of the answer before serves the next request");
        }
    }

    @Test
    void aTokenEndpointThatIsNeverContentIsAskedTwiceAndNothingIsLost() throws Exception {
        try (World world = bound()) {
            world.signIn(world.target());
            world.time.advance(Duration.ofHours(2));
            int before = world.server.to("/token").size();
            world.server.tokenNonce = "never-told";
            world.server.nonceGiven = "useless-";
            OAuthFailure failure = assertInstanceOf(
                            TokenOutcome.Unavailable.class, world.authorization.token(world.target()))
                    .failure();
            assertEquals("oauth.dpopProofRefused", failure.code());
            assertTrue(failure.passing());
            assertEquals(before + 2, world.server.to("/token").size(), world.server::toString);
            world.server.tokenNonce = "";
            world.token(world.target());
            assertEquals(0, world.server.reuses.get());
        }
    }

    @Test
    void theResourcesNonceIsPresentedAndWantedOnce() throws Exception {
        try (World world = bound()) {
            world.signIn(world.target());
            world.server.tokenNonce = "of-the-token-endpoint";
            world.time.advance(Duration.ofHours(2));
            TokenOutcome.Token token = token(world.authorization, world.target());
            URI uri = world.server.mcp();
            Map<String, String> without = world.authorization.headers(token, "POST", uri);
            assertFalse(
                    proofOf(without).getPayload().toJSONObject().containsKey("nonce"),
                    "nonces of token endpoints are not for resources, also not on one origin");
            assertInstanceOf(
                    ProofVerdict.Refused.class,
                    world.authorization.proofVerdict(uri, WANTS_NONCE, without).orElseThrow(),
                    "a nonce is wanted and none is given");

            world.authorization.observed(uri, Map.of("dpop-nonce", List.of("fresh")));
            assertInstanceOf(
                    ProofVerdict.NonceRenewed.class,
                    world.authorization.proofVerdict(uri, WANTS_NONCE, without).orElseThrow());
            Map<String, String> with = world.authorization.headers(token, "POST", uri);
            assertEquals("fresh", proofOf(with).getJWTClaimsSet().getStringClaim("nonce"));
            assertInstanceOf(
                    ProofVerdict.Refused.class,
                    world.authorization.proofVerdict(uri, WANTS_NONCE, with).orElseThrow());

            world.authorization.observed(uri, Map.of("DPoP-Nonce", List.of("not\"one")));
            world.authorization.observed(URI.create("http://127.0.0.1:1/"), Map.of("DPoP-Nonce", List.of("elsewhere")));
            assertEquals(
                    "fresh",
                    proofOf(world.authorization.headers(token, "POST", uri))
                            .getJWTClaimsSet()
                            .getStringClaim("nonce"));
            assertEquals(
                    Optional.empty(),
                    world.authorization.proofVerdict(
                            uri, Challenge.parse(List.of("DPoP error=\"invalid_token\"")), with),
                    "then it is about the token");
        }
    }

    @Test
    void anUnboundTokenIsNotTakenWhereABoundOneIsDemanded() throws Exception {
        try (World world = new World()) {
            world.server.bindsTokens = false;
            Target target = world.target(settings(DpopMode.REQUIRED));
            assertTrue(world.signIn(target).body().contains("DPoP"), world.server::toString);
            assertInstanceOf(TokenOutcome.SignInNeeded.class, world.authorization.token(target));
            assertEquals(
                    "oauth.dpopUnsupported",
                    assertInstanceOf(FlowEnd.Failed.class, world.ends.getFirst())
                            .failure()
                            .code());
        }
    }

    @Test
    void aBoundTokenWithoutAKeyIsNeverPresented() throws Exception {
        try (World world = new World()) {
            world.server.unaskedBinding = true;
            world.signIn(world.target());
            assertEquals(
                    "oauth.dpopNeeded",
                    assertInstanceOf(FlowEnd.Failed.class, world.ends.getFirst())
                            .failure()
                            .code());
            assertInstanceOf(TokenOutcome.SignInNeeded.class, world.authorization.token(world.target()));
        }
        try (World world = bound()) {
            world.signIn(world.target());
            String name = Tokens.name(world.target()).value();
            String stored = world.memory.get(name).orElseThrow().value();
            world.memory.put(name, new Secret(stored.replace("\"dpopKey\"", "\"lostKey\"")));
            try (Authorization next = world.create(List.of(0), world.memory)) {
                assertInstanceOf(TokenOutcome.SignInNeeded.class, next.token(world.target()));
            }
        }
    }

    @Test
    void whatIsConfiguredAnewHoldsForWhatIsStored() throws Exception {
        try (World world = bound()) {
            world.signIn(world.target());
            assertInstanceOf(
                    TokenOutcome.SignInNeeded.class,
                    world.authorization.token(world.target(settings(DpopMode.OFF))),
                    "a bound token is not what was asked for");
            assertTrue(token(world.authorization, world.target(settings(DpopMode.REQUIRED)))
                    .isBound());
        }
    }

    @Test
    void theKeyIsOfAKindThatBothServersVerify() throws Exception {
        record Case(List<String> server, List<String> resource, String algorithm) {}
        List<Case> cases = List.of(
                new Case(List.of("RS256", "ES384"), List.of(), "ES384"),
                new Case(List.of("RS256", "ES256"), List.of("RS256"), "RS256"),
                new Case(List.of(), List.of("PS256"), "PS256"));
        for (Case one : cases) {
            try (World world = bound()) {
                world.server.serverDpop = one.server();
                world.server.resourceDpop = one.resource();
                world.signIn(world.target());
                SignedJWT proof =
                        SignedJWT.parse(world.server.to("/token").getFirst().proof());
                assertEquals(one.algorithm(), proof.getHeader().getAlgorithm().getName());
            }
        }
        try (World world = bound()) {
            world.server.serverDpop = List.of("ES256");
            world.server.resourceDpop = List.of("RS256");
            assertEquals(
                    "oauth.dpopAlgorithm",
                    assertInstanceOf(
                                    BeginOutcome.Failed.class,
                                    world.authorization.begin(world.target(), BEARER, Method.BROWSER))
                            .failure()
                            .code());
        }
    }

    @Test
    void thePrivateKeyIsInTheStoreAndNowhereElse() throws Exception {
        try (World world = bound()) {
            world.signIn(world.target());
            Secret stored =
                    world.memory.get(Tokens.name(world.target()).value()).orElseThrow();
            Credential credential = Credential.parse(stored).orElseThrow();
            String secret = Json.string(
                            Json.object(credential
                                            .dpopKey()
                                            .orElseThrow()
                                            .toSecret()
                                            .value())
                                    .orElseThrow(),
                            "d")
                    .orElseThrow();
            assertTrue(stored.value().contains(secret));
            TokenOutcome.Token token = token(world.authorization, world.target());
            Map<String, String> headers = world.authorization.headers(token, "POST", world.server.mcp());
            for (Object shown : List.of(credential, token, stored, headers, world.server)) {
                assertFalse(shown.toString().contains(secret), shown.getClass()::getName);
            }
            assertEquals(credential, Credential.parse(credential.toJson()).orElseThrow());
        }
    }

    @Test
    void aRefreshTokenIsNotUsedAgainAfterAnAnswerThatIsThrownAway() throws Exception {
        try (World world = bound()) {
            Target target = world.target(settings(DpopMode.REQUIRED));
            world.signIn(target);
            world.server.bindsTokens = false;
            world.time.advance(Duration.ofHours(2));
            assertEquals(
                    "oauth.dpopUnsupported",
                    assertInstanceOf(TokenOutcome.Unavailable.class, world.authorization.token(target))
                            .failure()
                            .code());
            assertInstanceOf(TokenOutcome.SignInNeeded.class, world.authorization.token(target));
            assertEquals(1, world.server.refreshes(), world.server::toString);
            assertEquals(0, world.server.reuses.get());
        }
    }

    @Test
    void aTokenOfNoUseIsNotFetchedForEveryRequest() throws Exception {
        try (World world = new World()) {
            world.server.bindsTokens = false;
            Settings settings = new Settings();
            settings.grant = Grant.CLIENT_CREDENTIALS;
            settings.clientId = Optional.of("farm");
            settings.clientSecret = Optional.of(new Secret("hush"));
            settings.dpop = DpopMode.REQUIRED;
            Target target = world.target(settings.build());
            for (int request = 0; request < 3; request++) {
                assertEquals(
                        "oauth.dpopUnsupported",
                        assertInstanceOf(TokenOutcome.Unavailable.class, world.authorization.token(target))
                                .failure()
                                .code());
            }
            assertEquals(1, world.server.to("/token").size(), world.server::toString);
        }
    }
}
