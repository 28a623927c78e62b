package dev.drawbridge.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drawbridge.hub.ServerEffect.AnnounceAuthRequired;
import dev.drawbridge.hub.ServerEffect.CancelRetry;
import dev.drawbridge.hub.ServerEffect.Close;
import dev.drawbridge.hub.ServerEffect.Open;
import dev.drawbridge.hub.ServerEffect.ReadCatalog;
import dev.drawbridge.hub.ServerEffect.ScheduleRetry;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The life of a server, by a table of (state, event) → (state, effects). */
final class ServerMachineTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final Backoff BACKOFF = new Backoff(new Random(1));
    private static final Failure FAILURE = new Failure("mcp.unreachable", "It is down.", "Wait.");
    private static final AuthReason EXPIRED = new AuthReason(AuthReason.Kind.EXPIRED, Set.of("a"), Optional.empty());
    private static final AuthReason STEP_UP =
            new AuthReason(AuthReason.Kind.INSUFFICIENT_SCOPE, Set.of("a", "b"), Optional.empty());
    private static final SignInFlow FLOW = new SignInFlow(
            new FlowId("f1"),
            new ServerName("github"),
            URI.create("https://as.example/authorize"),
            NOW.plusSeconds(600),
            Optional.empty());

    private static final ServerMachine STOPPED = ServerMachine.stopped();
    private static final ServerMachine CONNECTING = at(new ServerState.Connecting(NOW), false);
    private static final ServerMachine CONNECTED = at(new ServerState.Connected(NOW), true);
    private static final ServerMachine AUTH_REQUIRED = at(new ServerState.AuthRequired(EXPIRED), false);
    private static final ServerMachine AUTHENTICATING = at(new ServerState.Authenticating(FLOW), false);
    private static final ServerMachine NEVER_REFUSED =
            new ServerMachine(new ServerState.Authenticating(FLOW), 0, false, Optional.empty());
    private static final ServerMachine STEPPING_UP = at(new ServerState.Authenticating(FLOW), true);
    private static final ServerMachine RETRYING = at(new ServerState.Retrying(FAILURE, 1, NOW), false);
    private static final ServerMachine FAILED = at(new ServerState.Failed(FAILURE), false);

    private static ServerMachine at(ServerState state, boolean up) {
        return new ServerMachine(state, 0, up, Optional.of(EXPIRED));
    }

    static List<Arguments> table() {
        List<Arguments> rows = new ArrayList<>();
        List<Class<?>> open = List.of(CancelRetry.class, Open.class);
        List<Class<?>> none = List.of();
        // A start opens whatever is not on its way already.
        for (ServerMachine from : List.of(STOPPED, AUTH_REQUIRED, CONNECTED, RETRYING, FAILED)) {
            rows.add(row(from, new ServerEvent.Start(), ServerState.Connecting.class, open));
        }
        rows.add(row(CONNECTING, new ServerEvent.Start(), ServerState.Connecting.class, none));
        rows.add(row(AUTHENTICATING, new ServerEvent.Start(), ServerState.Authenticating.class, none));
        // A stop ends everything from everywhere.
        for (ServerMachine from : List.of(CONNECTING, CONNECTED, AUTH_REQUIRED, AUTHENTICATING, RETRYING, FAILED)) {
            rows.add(row(
                    from, new ServerEvent.Stop(), ServerState.Stopped.class, List.of(CancelRetry.class, Close.class)));
        }
        rows.add(row(CONNECTING, new ServerEvent.Opened(), ServerState.Connected.class, List.of(ReadCatalog.class)));
        // A connection that comes up after the user changed their mind is closed.
        rows.add(row(STOPPED, new ServerEvent.Opened(), ServerState.Stopped.class, List.of(Close.class)));

        ServerEvent passing = new ServerEvent.Broken(FAILURE, true);
        ServerEvent lasting = new ServerEvent.Broken(FAILURE, false);
        rows.add(row(CONNECTING, passing, ServerState.Retrying.class, List.of(Close.class, ScheduleRetry.class)));
        rows.add(row(CONNECTED, passing, ServerState.Retrying.class, List.of(Close.class, ScheduleRetry.class)));
        rows.add(row(CONNECTING, lasting, ServerState.Failed.class, List.of(CancelRetry.class, Close.class)));
        rows.add(row(STEPPING_UP, passing, ServerState.Authenticating.class, List.of(Close.class)));
        rows.add(row(AUTH_REQUIRED, passing, ServerState.AuthRequired.class, none));

        ServerEvent expired = new ServerEvent.Unauthorized(EXPIRED);
        rows.add(row(
                CONNECTING, expired, ServerState.AuthRequired.class, List.of(Close.class, AnnounceAuthRequired.class)));
        rows.add(row(
                CONNECTED, expired, ServerState.AuthRequired.class, List.of(Close.class, AnnounceAuthRequired.class)));
        // The connection works on while scopes are missing for one tool.
        rows.add(row(
                CONNECTED,
                new ServerEvent.Unauthorized(STEP_UP),
                ServerState.AuthRequired.class,
                List.of(AnnounceAuthRequired.class)));
        // Twenty calls that are refused make one announcement.
        rows.add(row(AUTH_REQUIRED, expired, ServerState.AuthRequired.class, none));
        rows.add(row(AUTHENTICATING, expired, ServerState.Authenticating.class, none));

        rows.add(row(RETRYING, new ServerEvent.RetryDue(), ServerState.Connecting.class, open));
        rows.add(row(CONNECTED, new ServerEvent.RetryDue(), ServerState.Connected.class, none));

        ServerEvent begun = new ServerEvent.SignInBegun(FLOW);
        rows.add(row(AUTH_REQUIRED, begun, ServerState.Authenticating.class, List.of(CancelRetry.class)));
        rows.add(row(CONNECTED, begun, ServerState.Connected.class, none));
        // The person is in the browser, which is what the editors are to show.
        rows.add(row(CONNECTING, begun, ServerState.Authenticating.class, List.of(CancelRetry.class, Close.class)));

        ServerEvent wanted = new ServerEvent.PersonWanted("codecompanion called github/create_issue");
        rows.add(row(AUTH_REQUIRED, wanted, ServerState.AuthRequired.class, List.of(AnnounceAuthRequired.class)));
        // Somebody is at it.
        rows.add(row(AUTHENTICATING, wanted, ServerState.Authenticating.class, none));
        rows.add(row(CONNECTED, wanted, ServerState.Connected.class, none));

        ServerEvent succeeded = new ServerEvent.SignInSucceeded();
        rows.add(row(AUTHENTICATING, succeeded, ServerState.Connecting.class, open));
        rows.add(row(STEPPING_UP, succeeded, ServerState.Connected.class, none));
        // The same account signed in for another server of the same credential.
        rows.add(row(AUTH_REQUIRED, succeeded, ServerState.Connecting.class, open));
        rows.add(row(STOPPED, succeeded, ServerState.Stopped.class, none));

        ServerEvent ended = new ServerEvent.SignInEnded();
        rows.add(row(AUTHENTICATING, ended, ServerState.AuthRequired.class, none));
        rows.add(row(STEPPING_UP, ended, ServerState.Connected.class, none));
        // Begun while the server was being reached for the first time: whether it needs a sign-in is not known yet.
        rows.add(row(NEVER_REFUSED, ended, ServerState.Connecting.class, open));

        rows.add(row(
                CONNECTED,
                new ServerEvent.SignedOut(),
                ServerState.AuthRequired.class,
                List.of(CancelRetry.class, Close.class)));
        return rows;
    }

    private static Arguments row(
            ServerMachine from, ServerEvent event, Class<? extends ServerState> to, List<Class<?>> effects) {
        return Arguments.of(from, event, to, effects);
    }

    @ParameterizedTest
    @MethodSource("table")
    void follows(ServerMachine from, ServerEvent event, Class<? extends ServerState> to, List<Class<?>> effects) {
        ServerMachine.Step step = from.on(event, NOW, BACKOFF);
        assertInstanceOf(to, step.next().state());
        assertEquals(effects, step.effects().stream().map(Object::getClass).toList());
    }

    /** A disabled or untrusted server never connects, whatever happens around it. */
    @Test
    void nothingWakesWhatTheUserDidNotAllow() {
        List<ServerEvent> events = List.of(
                new ServerEvent.Start(),
                new ServerEvent.RetryDue(),
                new ServerEvent.SignInSucceeded(),
                new ServerEvent.SignInBegun(FLOW),
                new ServerEvent.SignedOut(),
                new ServerEvent.Unauthorized(EXPIRED));
        for (ServerState state : List.of(new ServerState.Disabled(), new ServerState.Untrusted("digest"))) {
            for (ServerEvent event : events) {
                assertEquals(List.of(), at(state, false).on(event, NOW, BACKOFF).effects(), state + " on " + event);
            }
        }
    }

    @Test
    void anAbandonedSignInGoesBackToTheReasonItWasAskedFor() {
        ServerMachine asked = CONNECTING
                .on(new ServerEvent.Unauthorized(EXPIRED), NOW, BACKOFF)
                .next();
        ServerMachine begun =
                asked.on(new ServerEvent.SignInBegun(FLOW), NOW, BACKOFF).next();
        ServerMachine ended =
                begun.on(new ServerEvent.SignInEnded(), NOW, BACKOFF).next();
        assertEquals(new ServerState.AuthRequired(EXPIRED), ended.state());
    }

    /** One call that is refused makes one prompt, although a sign-in is begun for it as well; the next sign-in another. */
    @Test
    void whoeverAskedIsNamedOncePerSignIn() {
        String asker = "codecompanion called github/create_issue";
        ServerEvent wanted = new ServerEvent.PersonWanted(asker);
        ServerMachine refused = CONNECTED
                .on(new ServerEvent.Unauthorized(EXPIRED.askedFor(asker)), NOW, BACKOFF)
                .next();
        ServerMachine.Step first = refused.on(wanted, NOW, BACKOFF);
        assertEquals(List.of(), first.effects());
        ServerMachine.Step second = first.next().on(wanted, NOW, BACKOFF);
        assertEquals(List.of(new AnnounceAuthRequired()), second.effects());
        assertEquals(
                new ServerState.AuthRequired(EXPIRED.askedFor(asker)),
                second.next().state());
    }

    @Test
    void waitsLongerAfterEachFailureInARowAndAnewAfterASteadyConnection() {
        ServerEvent broken = new ServerEvent.Broken(FAILURE, true);
        ServerMachine machine = CONNECTING;
        Instant now = NOW;
        for (int attempt = 1; attempt <= 12; attempt++) {
            machine = machine.on(broken, now, BACKOFF).next();
            ServerState.Retrying retrying = assertInstanceOf(ServerState.Retrying.class, machine.state());
            assertEquals(attempt, retrying.attempt());
            Duration wait = Duration.between(now, retrying.nextAttempt());
            long nominal = Math.min(30_000, 500L << (attempt - 1));
            assertTrue(wait.toMillis() >= nominal * 0.79 && wait.toMillis() <= nominal * 1.21, wait.toString());
            machine = machine.on(new ServerEvent.RetryDue(), now, BACKOFF).next();
        }
        ServerMachine up = machine.on(new ServerEvent.Opened(), now, BACKOFF).next();
        ServerState.Retrying flapping = assertInstanceOf(
                ServerState.Retrying.class,
                up.on(broken, now.plusSeconds(1), BACKOFF).next().state());
        assertEquals(13, flapping.attempt(), "a connection that drops at once does not reset the backoff");
        ServerState.Retrying steady = assertInstanceOf(
                ServerState.Retrying.class,
                up.on(broken, now.plusSeconds(31), BACKOFF).next().state());
        assertEquals(1, steady.attempt());
    }
}
