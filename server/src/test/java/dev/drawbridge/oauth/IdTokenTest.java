package dev.drawbridge.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The ID token in the access token's place: asked for, presented, and renewed by its own end. */
final class IdTokenTest {
    private static ClientSettings settings(Optional<Set<String>> scopes) {
        Settings settings = new Settings();
        settings.idTokenAsBearer = true;
        settings.scopes = scopes;
        return settings.build();
    }

    /** What is in it is for the protected resource; a client only reads when it ends. */
    private static String idToken(World world, Duration life) {
        String claims =
                "{\"sub\":\"ann\",\"exp\":" + world.time.instant().plus(life).getEpochSecond() + "}";
        return encode("{\"alg\":\"RS256\"}") + "." + encode(claims) + "." + encode("signature");
    }

    private static String encode(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void itIsPresentedAndRenewedBeforeItEnds() throws Exception {
        try (World world = new World()) {
            Target target = world.target(settings(Optional.empty()));
            world.server.idToken = () -> idToken(world, Duration.ofMinutes(10));
            world.signIn(target);
            assertEquals(
                    "openid email profile",
                    world.server.to("/authorize").getFirst().parameters().get("scope"));
            Secret first = world.token(target);
            assertEquals(idToken(world, Duration.ofMinutes(10)), first.value());

            world.time.advance(Duration.ofMinutes(8));
            assertEquals(first, world.token(target));
            world.time.advance(Duration.ofSeconds(70));
            assertEquals(
                    idToken(world, Duration.ofMinutes(10)), world.token(target).value());
            assertEquals(1, world.server.refreshes(), world.server::toString);
            assertInstanceOf(
                    TokenOutcome.SignInNeeded.class,
                    world.authorization.token(world.target()),
                    "who does not ask for it signs in apart");
        }
    }

    @Test
    void withoutOneTheAccessTokenIsSent() throws Exception {
        try (World world = new World()) {
            Target target = world.target(settings(Optional.empty()));
            world.signIn(target);
            Secret token = world.token(target);
            assertTrue(world.server.acceptedAccessTokens.contains(token.value()), world.server::toString);
        }
    }

    @Test
    void aWrongClockMakesNoStormOfRefreshes() throws Exception {
        try (World world = new World()) {
            Target target = world.target(settings(Optional.empty()));
            world.server.idToken = () -> idToken(world, Duration.ofMinutes(-5));
            world.signIn(target);
            Secret token = world.token(target);
            assertEquals(token, world.token(target));
            assertEquals(0, world.server.refreshes(), world.server::toString);
            world.authorization.afterRejection(target, List.of(), Optional.of(token));
            assertEquals(1, world.server.refreshes(), world.server::toString);
        }
    }

    @Test
    void signingOutTakesNoIdTokenForSomethingToRevoke() throws Exception {
        try (World world = new World()) {
            Target target = world.target(settings(Optional.empty()));
            String token = idToken(world, Duration.ofMinutes(10));
            world.server.tokenBody = "{\"access_token\":\"a\",\"id_token\":\"" + token + "\"}";
            world.signIn(target);
            assertEquals(token, world.token(target).value());
            assertEquals(
                    new SignOutOutcome.SignedOut(false), world.authorization.signOut(target), world.server::toString);
            assertEquals(List.of(), world.server.to("/revoke"));
        }
    }

    @Test
    void theScopesThatBringOne() {
        Set<String> none = Set.of();
        Set<String> offered = set("offline_access", "openid", "profile", "admin");
        record Case(
                Optional<Set<String>> configured, Set<String> selected, Set<String> offered, Set<String> expected) {}
        List<Case> cases = List.of(
                new Case(Optional.empty(), none, none, set("openid", "email", "profile")),
                new Case(Optional.empty(), none, offered, set("openid", "offline_access", "profile")),
                new Case(Optional.empty(), set("mcp"), offered, set("openid", "mcp")),
                new Case(Optional.of(set("mcp")), set("mcp"), offered, set("mcp")),
                new Case(Optional.of(none), none, offered, none));
        for (Case one : cases) {
            assertEquals(
                    List.copyOf(one.expected),
                    List.copyOf(IdTokenAsBearer.scopes(one.selected, settings(one.configured), one.offered)),
                    one::toString);
        }
        assertEquals(none, IdTokenAsBearer.scopes(none, ClientSettings.DEFAULT, offered));
    }

    private static Set<String> set(String... scopes) {
        return new LinkedHashSet<>(List.of(scopes));
    }

    @Test
    void anEncryptedOneIsPresentedUnread() throws Exception {
        try (World world = new World()) {
            Target target = world.target(settings(Optional.empty()));
            String encrypted = encode("{\"alg\":\"RSA-OAEP-256\",\"enc\":\"A128GCM\"}") + ".a2V5.aXY.dGV4dA.dGFn";
            world.server.idToken = () -> encrypted;
            world.signIn(target);
            assertEquals(encrypted, world.token(target).value());
        }
    }
}
