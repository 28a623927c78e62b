package dev.drawbridge.hub;

/** What can happen to a server. Each is an observation or a user's word; {@link ServerMachine} says what follows. */
sealed interface ServerEvent {
    /** A session needs the server, or the user asked for a (re)start. */
    record Start() implements ServerEvent {}

    /** The user asked to disconnect, or nobody uses the server any more. */
    record Stop() implements ServerEvent {}

    /** The connection that was being opened is up. */
    record Opened() implements ServerEvent {}

    /**
     * The connection could not be opened, or was lost.
     *
     * @param passing whether trying again by itself can help
     */
    record Broken(Failure failure, boolean passing) implements ServerEvent {}

    /** The server refused a request for want of authorization, and no stored credential can help. */
    record Unauthorized(AuthReason reason) implements ServerEvent {}

    /** The time of the next attempt has come, or the network is back. */
    record RetryDue() implements ServerEvent {}

    /** A person is on the way to the browser. */
    record SignInBegun(SignInFlow flow) implements ServerEvent {}

    /** A program needs a sign-in that nobody is busy with; the editors are to say so. */
    record PersonWanted(String requestedBy) implements ServerEvent {}

    record SignInSucceeded() implements ServerEvent {}

    /** The sign-in failed, expired or was cancelled; the session was told which. */
    record SignInEnded() implements ServerEvent {}

    record SignedOut() implements ServerEvent {}
}
