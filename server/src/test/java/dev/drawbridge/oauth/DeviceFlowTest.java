package dev.drawbridge.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** RFC 8628: polling at the server's pace, and every way it ends. */
final class DeviceFlowTest {
    @Test
    void pollsUntilThePersonHasTypedTheCode() throws Exception {
        try (World world = new World()) {
            world.server.device = true;
            world.server.deviceErrors =
                    new ArrayList<>(List.of("authorization_pending", "slow_down", "authorization_pending"));
            FlowView flow = begin(world);
            assertEquals(Optional.of("WDJB-MJHT"), flow.userCode());
            assertEquals(
                    world.server.origin() + "/activate", flow.authorizationUrl().toString());
            world.time.advance(Duration.ofSeconds(4));
            assertEquals(0, world.server.to("/token").size());
            world.time.advance(Duration.ofSeconds(6));
            assertEquals(2, world.server.to("/token").size());
            world.time.advance(Duration.ofSeconds(9));
            assertEquals(2, world.server.to("/token").size(), "slow_down means five seconds more");
            world.time.advance(Duration.ofSeconds(11));
            assertInstanceOf(FlowEnd.Succeeded.class, world.ends.getFirst(), world.server::toString);
            assertInstanceOf(TokenOutcome.Token.class, world.authorization.token(world.target()));
        }
    }

    @Test
    void aDenialAndAnExpiryEndIt() throws Exception {
        for (String error : List.of("access_denied", "expired_token")) {
            try (World world = new World()) {
                world.server.device = true;
                world.server.deviceErrors = new ArrayList<>(List.of(error));
                begin(world);
                world.time.advance(Duration.ofSeconds(6));
                assertEquals(
                        error.equals("access_denied") ? "oauth.accessDenied" : "oauth.flowExpired",
                        assertInstanceOf(FlowEnd.Failed.class, world.ends.getFirst())
                                .failure()
                                .code());
            }
        }
    }

    @Test
    void anOutageOfTheTokenEndpointDoesNotEndItAndTimeDoes() throws Exception {
        try (World world = new World()) {
            world.server.device = true;
            world.server.tokenStatus = 503;
            begin(world);
            world.time.advance(Duration.ofMinutes(9));
            assertEquals(List.of(), world.ends);
            world.time.advance(Duration.ofMinutes(1));
            assertEquals(
                    "oauth.flowExpired",
                    assertInstanceOf(FlowEnd.Failed.class, world.ends.getFirst())
                            .failure()
                            .code());
            int polls = world.server.to("/token").size();
            world.time.advance(Duration.ofMinutes(5));
            assertEquals(polls, world.server.to("/token").size(), "nobody polls for a flow that is over");
        }
    }

    @Test
    void aServerWithoutDeviceCodesSaysSo() throws Exception {
        try (World world = new World()) {
            assertEquals(
                    "oauth.deviceCodeUnsupported",
                    assertInstanceOf(
                                    BeginOutcome.Failed.class,
                                    world.authorization.begin(world.target(), List.of(), Method.DEVICE_CODE))
                            .failure()
                            .code());
        }
    }

    private static FlowView begin(World world) {
        return assertInstanceOf(
                        BeginOutcome.Begun.class,
                        world.authorization.begin(world.target(), List.of(), Method.DEVICE_CODE),
                        world.server::toString)
                .flow();
    }
}
