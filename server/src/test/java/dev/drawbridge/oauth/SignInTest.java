package dev.drawbridge.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** The authorization code flow as a whole, against an authorization server on loopback. */
final class SignInTest {
    @Test
    void signsInAndThenGivesTokensAndSaysSoOnThePage() throws Exception {
        try (World world = new World()) {
            assertInstanceOf(CredentialView.Absent.class, world.authorization.view(world.target()));
            assertEquals(
                    SignInReason.Kind.SIGN_IN_NEEDED,
                    assertInstanceOf(TokenOutcome.SignInNeeded.class, world.authorization.token(world.target()))
                            .reason()
                            .kind());
            FlowView flow = world.begin(world.target());
            assertInstanceOf(CredentialView.Pending.class, world.authorization.view(world.target()));

            HttpResponse<String> page = world.browse(world.server.signIn(flow.authorizationUrl()));

            assertEquals(200, page.statusCode(), () -> page.body() + world.server);
            assertTrue(page.body().contains("Authentication Successful"));
            assertTrue(page.body().contains("Feel free to close this window and continue in your IDE"));
            assertTrue(page.body().contains(world.server.mcp().toString()));
            assertTrue(page.headers()
                    .firstValue("Content-Security-Policy")
                    .orElse("")
                    .startsWith("default-src 'none'; style-src 'sha256-"));
            assertEquals("no-store", page.headers().firstValue("Cache-Control").orElse(""));
            assertEquals(
                    "no-referrer", page.headers().firstValue("Referrer-Policy").orElse(""));
            assertTrue(world.server.acceptedAccessTokens.contains(
                    world.token(world.target()).value()));
            assertInstanceOf(CredentialView.Present.class, world.authorization.view(world.target()));
            assertInstanceOf(FlowEnd.Succeeded.class, world.ends.getFirst());
        }
    }
}
