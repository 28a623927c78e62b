package dev.drawbridge.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** A success page of the user's own, and how long a browser waits for it. */
final class BrowserReturnTest {
    private static final URI PAGE = URI.create("https://app.example/connected");

    private static ClientSettings settings(Optional<Duration> exchange) {
        Settings settings = new Settings();
        settings.browserReturn = new BrowserReturn(Optional.of(PAGE), exchange);
        return settings.build();
    }

    @Test
    void afterTheTokensAreStoredTheBrowserGoesOnAndTakesNothingAlong() throws Exception {
        try (World world = new World()) {
            Target target = world.target(settings(Optional.empty()));
            HttpResponse<String> answer = world.signIn(target);
            assertEquals(303, answer.statusCode(), world.server::toString);
            assertEquals(
                    PAGE.toString(), answer.headers().firstValue("Location").orElse(""));
            assertEquals(
                    "no-referrer",
                    answer.headers().firstValue("Referrer-Policy").orElse(""));
            assertEquals(
                    world.token(target),
                    world.token(world.target()),
                    "the page after a sign-in makes no other credential of it");
        }
    }

    @Test
    void onlyAPlainPageIsGoneOnTo() {
        for (String bad : List.of(
                "javascript:alert(1)", "https://a.example/?b", "https://a.example/#b", "https://u@a.example/", "/a")) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> new BrowserReturn(Optional.of(URI.create(bad)), Optional.empty()));
        }
    }

    @Test
    void afterAFailureOurPageSaysSo() throws Exception {
        try (World world = new World()) {
            world.server.tokenError = "invalid_grant";
            HttpResponse<String> answer = world.signIn(world.target(settings(Optional.empty())));
            assertEquals(400, answer.statusCode());
            assertEquals(Optional.empty(), answer.headers().firstValue("Location"));
            assertTrue(answer.body().contains("Sign-in not completed"), answer.body());
        }
    }

    @Test
    void theExchangeEndsWhenItIsTold() throws Exception {
        try (World world = new World()) {
            world.server.tokenGate = new CountDownLatch(1);
            HttpResponse<String> answer = world.signIn(world.target(settings(Optional.of(Duration.ofMillis(50)))));
            world.server.tokenGate.countDown();
            assertEquals(400, answer.statusCode());
            assertTrue(answer.body().contains("did not answer in time"), answer.body());
            assertEquals(
                    "oauth.timeout",
                    assertInstanceOf(FlowEnd.Failed.class, world.ends.getFirst())
                            .failure()
                            .code());
        }
    }

    @Test
    void noLetterOfThePageEndsAHeader() throws Exception {
        try (World world = new World()) {
            Settings settings = new Settings();
            // The lower bytes of these two are a carriage return and a line feed.
            settings.browserReturn = new BrowserReturn(
                    Optional.of(URI.create("https://app.example/\u010d\u010aX-Forged:1")), Optional.empty());
            HttpResponse<String> answer = world.signIn(world.target(settings.build()));
            assertEquals(Optional.empty(), answer.headers().firstValue("X-Forged"));
            assertEquals(
                    "https://app.example/%C4%8D%C4%8AX-Forged:1",
                    answer.headers().firstValue("Location").orElse(""));
        }
    }
}
