package dev.drawbridge.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** More scopes when an operation needs them, a bounded number of times; and signing out (requirements 42 to 45). */
final class StepUpAndSignOutTest {
    private static final Challenge MORE = Challenge.parse(
                    List.of("Bearer error=\"insufficient_scope\", scope=\"mcp:write\""))
            .getFirst();

    @Test
    void asksForTheUnionOfScopesAndStopsAfterThreeVisits() throws Exception {
        try (World world = new World()) {
            world.server.resourceScopes = List.of("mcp:read");
            world.signIn(world.target());
            for (int visit = 2; visit <= 3; visit++) {
                Secret token = world.token(world.target());
                for (int request = 0; request < 5; request++) {
                    SignInReason reason = assertInstanceOf(
                                    TokenOutcome.SignInNeeded.class,
                                    world.authorization.afterInsufficientScope(
                                            world.target(), MORE, token, "tools/call write"))
                            .reason();
                    assertEquals(SignInReason.Kind.INSUFFICIENT_SCOPE, reason.kind());
                    assertEquals(Set.of("mcp:read", "mcp:write"), reason.scopes());
                }
                FlowView flow = assertInstanceOf(
                                BeginOutcome.Begun.class,
                                world.authorization.begin(world.target(), List.of(MORE), Method.BROWSER))
                        .flow();
                assertEquals(
                        Set.of("mcp:read", "mcp:write"),
                        Set.of(FakeAuthorizationServer.parse(
                                        flow.authorizationUrl().getRawQuery())
                                .getOrDefault("scope", "")
                                .split(" ")));
                world.browse(world.server.signIn(flow.authorizationUrl()));
                assertInstanceOf(
                        TokenOutcome.Token.class,
                        world.authorization.afterInsufficientScope(world.target(), MORE, token, "tools/call write"),
                        "an old token is replaced, not counted");
            }
            assertEquals(
                    "oauth.scopeRefused",
                    assertInstanceOf(
                                    TokenOutcome.Unavailable.class,
                                    world.authorization.afterInsufficientScope(
                                            world.target(), MORE, world.token(world.target()), "tools/call write"))
                            .failure()
                            .code());
        }
    }

    @Test
    void signingOutForgetsAndRevokes() throws Exception {
        try (World world = new World()) {
            world.signIn(world.target());
            SignOutOutcome.SignedOut out =
                    assertInstanceOf(SignOutOutcome.SignedOut.class, world.authorization.signOut(world.target()));
            assertTrue(out.revoked(), world.server::toString);
            assertTrue(world.server
                    .to("/revoke")
                    .getFirst()
                    .parameters()
                    .getOrDefault("token", "")
                    .startsWith("refresh-"));
            assertInstanceOf(TokenOutcome.SignInNeeded.class, world.authorization.token(world.target()));
            assertTrue(world.memory.names().stream().noneMatch(name -> name.startsWith("credential/")));
        }
    }

    @Test
    void signingOutWorksOffline() throws Exception {
        try (World world = new World()) {
            world.signIn(world.target());
            world.server.close();
            assertFalse(assertInstanceOf(SignOutOutcome.SignedOut.class, world.authorization.signOut(world.target()))
                    .revoked());
            assertInstanceOf(CredentialView.Absent.class, world.authorization.view(world.target()));
        }
    }

    @Test
    void accountsNeverCross() throws Exception {
        try (World world = new World()) {
            Target ann = new Target(world.server.mcp(), Optional.of("ann@example.com"), ClientSettings.DEFAULT);
            Target bob = new Target(world.server.mcp(), Optional.of("bob@example.com"), ClientSettings.DEFAULT);
            world.signIn(ann);
            assertInstanceOf(TokenOutcome.SignInNeeded.class, world.authorization.token(bob));
            world.signIn(bob);
            assertFalse(world.token(ann).equals(world.token(bob)));
            world.authorization.signOut(ann);
            assertInstanceOf(TokenOutcome.Token.class, world.authorization.token(bob));
        }
    }
}
