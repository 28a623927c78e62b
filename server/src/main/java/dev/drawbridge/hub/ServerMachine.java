package dev.drawbridge.hub;

import dev.drawbridge.hub.ServerEffect.AnnounceAuthRequired;
import dev.drawbridge.hub.ServerEffect.CancelRetry;
import dev.drawbridge.hub.ServerEffect.Close;
import dev.drawbridge.hub.ServerEffect.Open;
import dev.drawbridge.hub.ServerEffect.ReadCatalog;
import dev.drawbridge.hub.ServerEffect.ScheduleRetry;
import dev.drawbridge.hub.ServerState.AuthRequired;
import dev.drawbridge.hub.ServerState.Authenticating;
import dev.drawbridge.hub.ServerState.Connected;
import dev.drawbridge.hub.ServerState.Connecting;
import dev.drawbridge.hub.ServerState.Disabled;
import dev.drawbridge.hub.ServerState.Failed;
import dev.drawbridge.hub.ServerState.Retrying;
import dev.drawbridge.hub.ServerState.Stopped;
import dev.drawbridge.hub.ServerState.Untrusted;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The life of one server as a pure function: {@code (state, event) → (state, effects)}. It does nothing itself, knows no
 * thread and no clock but the instant it is given, and so can be tested by a table.
 *
 * @param state what the user sees
 * @param failedAttempts attempts that failed in a row, for the backoff
 * @param connectionUp whether a connection is open behind a state that does not say so (a step-up in progress)
 * @param reason why the last sign-in was asked for, to go back to when one is abandoned
 */
record ServerMachine(ServerState state, int failedAttempts, boolean connectionUp, Optional<AuthReason> reason) {
    /** A connection that lasted this long starts the backoff anew; one that keeps dropping does not. */
    private static final Duration STEADY = Duration.ofSeconds(30);

    /** What an event led to. */
    record Step(ServerMachine next, List<ServerEffect> effects) {}

    static ServerMachine stopped() {
        return new ServerMachine(new Stopped(), 0, false, Optional.empty());
    }

    Step on(ServerEvent event, Instant now, Backoff backoff) {
        return switch (event) {
            case ServerEvent.Start() -> start(now);
            case ServerEvent.Stop() -> stop();
            case ServerEvent.Opened() -> opened(now);
            case ServerEvent.Broken(Failure failure, boolean passing) -> broken(failure, passing, now, backoff);
            case ServerEvent.Unauthorized(AuthReason why) -> unauthorized(why);
            case ServerEvent.RetryDue() -> state instanceof Retrying ? connecting(now, failedAttempts) : stay();
            case ServerEvent.SignInBegun(SignInFlow flow) -> signInBegun(flow);
            case ServerEvent.PersonWanted(String requestedBy) -> personWanted(requestedBy);
            case ServerEvent.SignInSucceeded() -> signInSucceeded(now);
            case ServerEvent.SignInEnded() -> signInEnded(now);
            case ServerEvent.SignedOut() -> signedOut();
        };
    }

    private Step start(Instant now) {
        return switch (state) {
            case Connecting _ -> stay();
            // The person is in the browser: a restart would only throw that away.
            case Authenticating _ -> stay();
            case Stopped _ -> connecting(now, 0);
            case AuthRequired _ -> connecting(now, 0);
            case Connected _ -> connecting(now, 0);
            case Retrying _ -> connecting(now, 0);
            case Failed _ -> connecting(now, 0);
            case Disabled _ -> stay();
            case Untrusted _ -> stay();
        };
    }

    private Step stop() {
        return new Step(stopped(), List.of(new CancelRetry(), new Close()));
    }

    private Step opened(Instant now) {
        return state instanceof Connecting
                ? new Step(connected(now), List.of(new ReadCatalog()))
                : new Step(this, List.of(new Close()));
    }

    private Step broken(Failure failure, boolean passing, Instant now, Backoff backoff) {
        if (!(state instanceof Connecting) && !(state instanceof Connected) && !connectionUp) {
            return stay();
        }
        if (state instanceof AuthRequired || state instanceof Authenticating) {
            // The step-up goes on; the sign-in's end opens a new connection.
            return new Step(new ServerMachine(state, failedAttempts, false, reason), List.of(new Close()));
        }
        if (!passing) {
            return new Step(
                    new ServerMachine(new Failed(failure), 0, false, reason), List.of(new CancelRetry(), new Close()));
        }
        boolean wasSteady = state instanceof Connected(Instant since)
                && Duration.between(since, now).compareTo(STEADY) >= 0;
        int attempt = wasSteady ? 1 : failedAttempts + 1;
        Instant next = now.plus(backoff.before(attempt));
        return new Step(
                new ServerMachine(new Retrying(failure, attempt, next), attempt, false, reason),
                List.of(new Close(), new ScheduleRetry(next)));
    }

    private Step unauthorized(AuthReason why) {
        boolean stepUp = why.kind() == AuthReason.Kind.INSUFFICIENT_SCOPE && state instanceof Connected;
        return switch (state) {
            case Connecting _ -> new Step(authRequired(why, false), List.of(new Close(), new AnnounceAuthRequired()));
            case Connected _ ->
                new Step(
                        authRequired(why, stepUp),
                        stepUp
                                ? List.of(new AnnounceAuthRequired())
                                : List.of(new Close(), new AnnounceAuthRequired()));
            case AuthRequired _ -> stay();
            case Authenticating _ -> stay();
            case Stopped _ -> stay();
            case Retrying _ -> stay();
            case Failed _ -> stay();
            case Disabled _ -> stay();
            case Untrusted _ -> stay();
        };
    }

    private Step signInBegun(SignInFlow flow) {
        return switch (state) {
            case AuthRequired _ -> authenticating(flow);
            case Authenticating _ -> authenticating(flow);
            case Failed _ -> authenticating(flow);
            case Stopped _ -> authenticating(flow);
            case Retrying _ -> authenticating(flow);
            // A working connection goes on working while a person signs in anew.
            case Connected _ -> stay();
            // Whatever the attempt would find out, the sign-in's end opens a connection that knows more.
            case Connecting _ -> new Step(authenticating(flow).next(), List.of(new CancelRetry(), new Close()));
            case Disabled _ -> stay();
            case Untrusted _ -> stay();
        };
    }

    private Step personWanted(String requestedBy) {
        if (!(state instanceof AuthRequired(AuthReason why))) {
            return stay();
        }
        // The refusal that the sign-in came from has just been announced in the same words.
        boolean said = reason.equals(Optional.of(why)) && why.requestedBy().equals(Optional.of(requestedBy));
        AuthReason asked = why.askedFor(requestedBy);
        return new Step(
                new ServerMachine(
                        new AuthRequired(asked), failedAttempts, connectionUp, Optional.of(asked.askedByNobody())),
                said ? List.of() : List.of(new AnnounceAuthRequired()));
    }

    private Step authenticating(SignInFlow flow) {
        return new Step(
                new ServerMachine(new Authenticating(flow), 0, connectionUp, reason), List.of(new CancelRetry()));
    }

    private Step signInSucceeded(Instant now) {
        return switch (state) {
            case AuthRequired _ -> connectionUp ? new Step(connected(now), List.of()) : connecting(now, 0);
            case Authenticating _ -> connectionUp ? new Step(connected(now), List.of()) : connecting(now, 0);
            case Failed _ -> connecting(now, 0);
            case Retrying _ -> connecting(now, 0);
            // Another account may have signed in: the old connection must not go on under the old name.
            case Connected _ -> connecting(now, 0);
            case Connecting _ -> stay();
            case Stopped _ -> stay();
            case Disabled _ -> stay();
            case Untrusted _ -> stay();
        };
    }

    private Step signInEnded(Instant now) {
        if (!(state instanceof Authenticating)) {
            return stay();
        }
        if (connectionUp) {
            return new Step(connected(now), List.of());
        }
        // A server that has refused nobody so far may need no sign-in at all.
        return reason.isPresent()
                ? new Step(authRequired(reason.get(), false), List.of())
                : connecting(now, failedAttempts);
    }

    private Step signedOut() {
        return switch (state) {
            case Disabled _ -> stay();
            case Untrusted _ -> stay();
            case Stopped _ -> stay();
            case Connecting _ -> signedOutNow();
            case AuthRequired _ -> signedOutNow();
            case Authenticating _ -> signedOutNow();
            case Connected _ -> signedOutNow();
            case Retrying _ -> signedOutNow();
            case Failed _ -> signedOutNow();
        };
    }

    /** Not announced: the user has just asked for it and needs no prompt to undo it. */
    private Step signedOutNow() {
        return new Step(authRequired(AuthReason.SIGN_IN_NEEDED, false), List.of(new CancelRetry(), new Close()));
    }

    private Step connecting(Instant now, int failed) {
        return new Step(
                new ServerMachine(new Connecting(now), failed, false, reason), List.of(new CancelRetry(), new Open()));
    }

    private ServerMachine connected(Instant now) {
        return new ServerMachine(new Connected(now), failedAttempts, true, Optional.empty());
    }

    private ServerMachine authRequired(AuthReason why, boolean stillUp) {
        return new ServerMachine(new AuthRequired(why), 0, stillUp, Optional.of(why));
    }

    private Step stay() {
        return new Step(this, List.of());
    }
}
