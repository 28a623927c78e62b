package dev.drawbridge.hub;

import java.time.Instant;

/** What a server is doing, as the user sees it. Authentication is told on its own ({@link AuthenticationState}). */
public sealed interface ServerState {
    /** Switched off by the user; nothing is tried. */
    record Disabled() implements ServerState {}

    /** Brought by a workspace file and not approved yet; the digest names exactly the definition that an approval would cover. */
    record Untrusted(String definitionDigest) implements ServerState {}

    /** Idle on the user's word; {@code connect} starts it. */
    record Stopped() implements ServerState {}

    record Connecting(Instant since) implements ServerState {}

    /** Nothing goes on until the user signs in. */
    record AuthRequired(AuthReason reason) implements ServerState {}

    /** A person is signing in; the flow tells where. */
    record Authenticating(SignInFlow flow) implements ServerState {}

    record Connected(Instant since) implements ServerState {}

    /** A passing failure; the next attempt starts by itself at {@code nextAttempt}, the {@code attempt}th in a row. */
    record Retrying(Failure failure, int attempt, Instant nextAttempt) implements ServerState {}

    /** A failure that only the user can mend. */
    record Failed(Failure failure) implements ServerState {}
}
