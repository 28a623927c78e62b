package dev.drawbridge.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is refused before any browser is sent anywhere, and what is accepted (requirements 1 to 12, 26, 39). */
final class DiscoveryTest {
    static Stream<Arguments> refusals() {
        return Stream.of(
                refusal("oauth.resourceMismatch", server -> server.resource = "https://evil.example/mcp"),
                refusal("oauth.issuerMismatch", server -> server.issuerInMetadata = "https://evil.example"),
                refusal("oauth.issuerMismatch", server -> server.issuerInMetadata = server.origin() + "/"),
                refusal("oauth.pkceUnsupported", server -> server.challengeMethods = List.of()),
                refusal("oauth.pkceUnsupported", server -> server.challengeMethods = List.of("plain")),
                refusal("oauth.clientIdNeeded", server -> server.registration = false),
                refusal("oauth.metadataMissing", server -> server.serverMetadata = false),
                refusal("oauth.unsafeEndpoint", server -> server.authorizationServers = List.of("javascript:alert(1)")),
                refusal("oauth.unsafeEndpoint", server -> server.authorizationEndpoint = "javascript:alert(1)"),
                refusal("oauth.unsafeEndpoint", server -> server.authorizationEndpoint = "http://example.com/a"),
                refusal("oauth.redirectRefused", server -> server.redirectMetadataTo = "http://example.com/x"),
                refusal(
                        "oauth.redirectRefused",
                        server -> server.redirectMetadataTo = "/.well-known/oauth-authorization-server"),
                refusal("oauth.answerTooLarge", server -> server.padding = 2 << 20));
    }

    private static Arguments refusal(String code, Consumer<FakeAuthorizationServer> fault) {
        return Arguments.of(code, fault);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    void isRefusedBeforeABrowserIsSentAnywhere(String code, Consumer<FakeAuthorizationServer> fault) throws Exception {
        try (World world = new World()) {
            fault.accept(world.server);
            OAuthFailure failure = assertInstanceOf(
                            BeginOutcome.Failed.class,
                            world.authorization.begin(world.target(), List.of(), Method.BROWSER),
                            world.server::toString)
                    .failure();
            assertEquals(code, failure.code(), () -> failure + "" + world.server);
            assertTrue(!failure.action().isEmpty());
            assertEquals(List.of(), world.server.to("/register"), world.server::toString);
            assertInstanceOf(CredentialView.Absent.class, world.authorization.view(world.target()));
        }
    }

    @Test
    void aServerOfTheFirstRevisionIsItsOwnAuthorizationServer() throws Exception {
        try (World world = new World()) {
            world.server.resourceMetadata = false;
            assertTrue(world.signIn(world.target()).body().contains("Authentication Successful"));
        }
    }

    @Test
    void withoutAnyMetadataTheDefaultEndpointsAreUsed() throws Exception {
        try (World world = new World()) {
            world.server.resourceMetadata = false;
            world.server.serverMetadata = false;
            FlowView flow = world.begin(world.target());
            assertTrue(flow.authorizationUrl().toString().startsWith(world.server.origin() + "/authorize?"));
            assertTrue(world.browse(world.server.signIn(flow.authorizationUrl()))
                    .body()
                    .contains("Authentication Successful"));
        }
    }

    @Test
    void aResourceWithoutAPathIsEchoedWithoutASlash() throws Exception {
        try (World world = new World()) {
            world.server.resource = world.server.origin();
            FlowView flow = world.begin(world.target());
            assertEquals(world.server.origin(), parameters(flow).get("resource"));
            world.browse(world.server.signIn(flow.authorizationUrl()));
            assertEquals(
                    world.server.origin(),
                    world.server.to("/token").getFirst().parameters().get("resource"),
                    world.server::toString);
        }
    }

    @Test
    void theAuthorizationRequestSaysWhatIsAsked() throws Exception {
        try (World world = new World()) {
            world.server.resourceScopes = List.of("mcp:read", "mcp:write");
            world.server.serverScopes = List.of("offline_access");
            Settings extra = new Settings();
            extra.authorizeParams = Map.of("audience", "x", "state", "forged");
            ClientSettings settings = extra.build();
            Target target = new Target(world.server.mcp(), Optional.of("ann@example.com"), settings);
            Map<String, String> parameters = parameters(world.begin(target));
            assertEquals("mcp:read mcp:write offline_access", parameters.get("scope"));
            assertEquals("consent", parameters.get("prompt"));
            assertEquals("ann@example.com", parameters.get("login_hint"));
            assertEquals("x", parameters.get("audience"));
            assertEquals("S256", parameters.get("code_challenge_method"));
            assertEquals("code", parameters.get("response_type"));
            assertEquals(43, parameters.getOrDefault("state", "").length());
            assertEquals(world.server.mcp().toString(), parameters.get("resource"));
            String registered = world.server.to("/register").getFirst().body();
            assertTrue(registered.contains("\"application_type\":\"native\""), registered);
            assertTrue(registered.contains("\"refresh_token\""), registered);
        }
    }

    @Test
    void theScopeIsLeftOutWhenNobodyNamesOne() throws Exception {
        try (World world = new World()) {
            world.server.serverScopes = List.of("offline_access");
            assertTrue(!parameters(world.begin(world.target())).containsKey("scope"));
        }
    }

    @Test
    void theChallengesMetadataAddressComesFirst() throws Exception {
        try (World world = new World()) {
            URI named = URI.create(world.server.origin() + "/.well-known/oauth-protected-resource/mcp");
            world.authorization.begin(
                    world.target(),
                    Challenge.parse(List.of("Bearer resource_metadata=" + named + ", scope=\"a b\"")),
                    Method.BROWSER);
            assertEquals(named.getPath(), world.server.seen.getFirst().path(), world.server::toString);
        }
    }

    @Test
    void anOutageIsNotTakenForAnAnswer() throws Exception {
        try (World world = new World()) {
            world.server.metadataStatus = 503;
            OAuthFailure failure = assertInstanceOf(
                            BeginOutcome.Failed.class,
                            world.authorization.begin(world.target(), List.of(), Method.BROWSER))
                    .failure();
            assertEquals("oauth.serverError", failure.code());
            assertTrue(failure.passing());
            assertEquals(1, world.server.seen.size(), world.server::toString);
        }
    }

    private static Map<String, String> parameters(FlowView flow) {
        return FakeAuthorizationServer.parse(flow.authorizationUrl().getRawQuery());
    }
}
