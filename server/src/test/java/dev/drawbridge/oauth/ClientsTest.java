package dev.drawbridge.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which client is used, and where its secrets go (requirements 13 to 24, 53). */
final class ClientsTest {
    @Test
    void aConfiguredClientComesFirstAndAuthenticatesTheWayTheServerOffers() throws Exception {
        for (String method : List.of("client_secret_basic", "client_secret_post")) {
            try (World world = new World()) {
                world.server.authMethods = List.of(method);
                Target target = world.target(settings(Grant.AUTHORIZATION_CODE, Optional.empty()));
                assertTrue(world.signIn(target).body().contains("Authentication Successful"), world.server::toString);
                FakeAuthorizationServer.Seen request = world.server.to("/token").getFirst();
                assertEquals(
                        method.equals("client_secret_basic")
                                ? FakeAuthorizationServer.basic("configured", "hush") + "|null"
                                : "|hush",
                        request.authorization() + "|" + request.parameters().get("client_secret"));
                assertEquals(List.of(), world.server.to("/register"));
            }
        }
    }

    @Test
    void aConfiguredSecretGoesToTheIssuerItWasFirstUsedWithOnly() throws Exception {
        try (World world = new World();
                FakeAuthorizationServer second = new FakeAuthorizationServer()) {
            Target target = world.target(settings(Grant.AUTHORIZATION_CODE, Optional.empty()));
            world.signIn(target);
            world.server.authorizationServers = List.of(second.origin());
            world.authorization.signOut(target);
            OAuthFailure failure = assertInstanceOf(
                            BeginOutcome.Failed.class, world.authorization.begin(target, List.of(), Method.BROWSER))
                    .failure();
            assertEquals("oauth.secretBoundElsewhere", failure.code());
            assertFalse(second.toString().contains("hush"), second::toString);
            assertEquals(List.of(), second.to("/token"));

            Target pinned = world.target(settings(Grant.AUTHORIZATION_CODE, Optional.of(second.origin())));
            world.browse(second.signIn(world.begin(pinned).authorizationUrl()));
            assertInstanceOf(TokenOutcome.Token.class, world.authorization.token(pinned));
            assertInstanceOf(TokenOutcome.SignInNeeded.class, world.authorization.token(world.target()));
        }
    }

    @Test
    void aMetadataDocumentComesBeforeARegistration() throws Exception {
        try (World world = new World()) {
            world.server.clientMetadataDocuments = true;
            String document = "https://client.example/metadata.json";
            Settings published = new Settings();
            published.clientMetadataUrl = Optional.of(URI.create(document));
            Target target = world.target(published.build());
            world.signIn(target);
            assertEquals(
                    document, world.server.to("/token").getFirst().parameters().get("client_id"));
            assertEquals(List.of(), world.server.to("/register"), world.server::toString);
        }
    }

    @Test
    void aRegisteredSecretIsUsedTheRegisteredWay() throws Exception {
        try (World world = new World()) {
            world.server.authMethods = List.of("client_secret_basic");
            assertTrue(world.signIn(world.target()).body().contains("Authentication Successful"));
            assertTrue(
                    world.server.to("/token").getFirst().authorization().startsWith("Basic "), world.server::toString);
        }
    }

    @Test
    void theRegistrationAndItsPortOutliveRestarts() throws Exception {
        try (World world = new World()) {
            String first = redirect(world.begin(world.target()));
            world.authorization.close();
            for (int restart = 0; restart < 5; restart++) {
                try (Authorization next = world.create(List.of(0), world.memory)) {
                    FlowView flow = assertInstanceOf(
                                    BeginOutcome.Begun.class, next.begin(world.target(), List.of(), Method.BROWSER))
                            .flow();
                    assertEquals(first, redirect(flow));
                }
            }
            assertEquals(1, world.server.to("/register").size(), world.server::toString);
        }
    }

    @Test
    void aClientWhoseBrowserNeverCameBackIsRegisteredAnew() throws Exception {
        try (World world = new World()) {
            world.signIn(world.target());
            world.authorization.signOut(world.target());
            world.server.clients.clear();
            world.begin(world.target());
            world.time.advance(Duration.ofMinutes(11));
            assertTrue(world.signIn(world.target()).body().contains("Authentication Successful"));
            assertEquals(2, world.server.to("/register").size(), world.server::toString);
        }
    }

    @Test
    void clientCredentialsNeedNobody() throws Exception {
        try (World world = new World()) {
            Target target = world.target(settings(Grant.CLIENT_CREDENTIALS, Optional.empty()));
            Secret first = world.token(target);
            FakeAuthorizationServer.Seen request = world.server.to("/token").getFirst();
            assertEquals("client_credentials", request.parameters().get("grant_type"));
            assertEquals(world.server.mcp().toString(), request.parameters().get("resource"));
            assertEquals(FakeAuthorizationServer.basic("configured", "hush"), request.authorization());
            assertEquals(first, world.token(target));
            TokenOutcome.Token next = assertInstanceOf(
                    TokenOutcome.Token.class,
                    world.authorization.afterRejection(target, List.of(), Optional.of(first)));
            assertFalse(next.value().equals(first));
            assertEquals(
                    "oauth.noSignIn",
                    assertInstanceOf(
                                    BeginOutcome.Failed.class,
                                    world.authorization.begin(target, List.of(), Method.BROWSER))
                            .failure()
                            .code());
        }
    }

    @Test
    void aPrivateKeySignsForTheIssuer() throws Exception {
        try (World world = new World()) {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            String pem = "-----BEGIN PRIVATE KEY-----\n"
                    + Base64.getMimeEncoder()
                            .encodeToString(
                                    generator.generateKeyPair().getPrivate().getEncoded())
                    + "\n-----END PRIVATE KEY-----\n";
            Settings signing = new Settings();
            signing.clientId = Optional.of("configured");
            signing.privateKeyPem = Optional.of(new Secret(pem));
            signing.signingAlgorithm = Optional.of("ES256");
            signing.grant = Grant.CLIENT_CREDENTIALS;
            Target target = world.target(signing.build());
            world.token(target);
            Map<String, String> sent = world.server.to("/token").getFirst().parameters();
            assertFalse(sent.containsKey("client_id"), sent::toString);
            assertEquals("urn:ietf:params:oauth:client-assertion-type:jwt-bearer", sent.get("client_assertion_type"));
            String claims = new String(
                    Base64.getUrlDecoder()
                            .decode(sent.getOrDefault("client_assertion", "").split("\\.")[1]),
                    StandardCharsets.UTF_8);
            assertTrue(claims.contains(world.server.origin() + "\""), claims);
            assertFalse(world.server.toString().contains("PRIVATE KEY"));
        }
    }

    @Test
    void aConfiguredTokenEndpointNeedsNoDiscovery() throws Exception {
        try (World world = new World()) {
            Target target = world.target(explicit(world.server.origin() + "/token", Optional.empty()));
            Secret first = world.token(target);
            List<Challenge> challenge = Challenge.parse(List.of("Bearer error=\"invalid_token\", scope=\"mcp:read\""));
            assertInstanceOf(
                    TokenOutcome.Token.class,
                    world.authorization.afterRejection(target, challenge, Optional.of(first)));
            assertEquals(
                    List.of("/token", "/token"),
                    world.server.seen.stream()
                            .map(FakeAuthorizationServer.Seen::path)
                            .toList());
            Map<String, String> sent = world.server.seen.getFirst().parameters();
            assertEquals(Map.of("grant_type", "client_credentials"), sent);
            assertEquals("mcp:read", world.server.seen.getLast().parameters().get("scope"));

            world.token(world.target(explicit(world.server.origin() + "/token", Optional.of("https://r.example/"))));
            assertEquals(
                    "https://r.example/",
                    world.server.seen.getLast().parameters().get("resource"));
            Target elsewhere = world.target(explicit(world.server.origin() + "/token?other", Optional.empty()));
            assertFalse(world.token(elsewhere).equals(world.token(target)), "another endpoint is another credential");
        }
    }

    @Test
    void aConfiguredTokenEndpointIsAsSafeAsADiscoveredOne() throws Exception {
        try (World world = new World()) {
            Target target = world.target(explicit("http://idp.example/token", Optional.empty()));
            TokenOutcome.Unavailable refused =
                    assertInstanceOf(TokenOutcome.Unavailable.class, world.authorization.token(target));
            assertEquals("oauth.unsafeEndpoint", refused.failure().code());
        }
    }

    private static ClientSettings explicit(String endpoint, Optional<String> resource) {
        Settings settings = new Settings();
        settings.clientId = Optional.of("configured");
        settings.clientSecret = Optional.of(new Secret("hush"));
        settings.grant = Grant.CLIENT_CREDENTIALS;
        settings.tokenEndpoint = Optional.of(URI.create(endpoint));
        resource.ifPresent(uri -> settings.resource = new ResourceSetting.Fixed(URI.create(uri)));
        return settings.build();
    }

    private static String redirect(FlowView flow) {
        return FakeAuthorizationServer.parse(flow.authorizationUrl().getRawQuery())
                .getOrDefault("redirect_uri", "");
    }

    private static ClientSettings settings(Grant grant, Optional<String> issuer) {
        Settings settings = new Settings();
        settings.clientId = Optional.of("configured");
        settings.clientSecret = Optional.of(new Secret("hush"));
        settings.issuer = issuer;
        settings.grant = grant;
        return settings.build();
    }
}
