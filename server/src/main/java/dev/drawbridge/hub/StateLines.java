package dev.drawbridge.hub;

/** A server's state as a line of its log. */
final class StateLines {
    private StateLines() {}

    static String describe(ServerState state) {
        return switch (state) {
            case ServerState.Disabled() -> "Switched off.";
            case ServerState.Untrusted _ -> "Waiting for approval.";
            case ServerState.Stopped() -> "Stopped.";
            case ServerState.Connecting _ -> "Connecting.";
            case ServerState.AuthRequired(AuthReason reason) -> "Sign-in needed (" + reason.kind() + ").";
            case ServerState.Authenticating _ -> "Waiting for a person to sign in.";
            case ServerState.Connected _ -> "Connected.";
            case ServerState.Retrying(Failure failure, int attempt, var next) ->
                failure.message() + " Attempt " + (attempt + 1) + " starts at " + next + ".";
            case ServerState.Failed(Failure failure) -> failure.message() + " " + failure.action();
        };
    }

    static String level(ServerState state) {
        return switch (state) {
            case ServerState.Failed _ -> "error";
            case ServerState.Retrying _ -> "warning";
            case ServerState.AuthRequired _ -> "notice";
            case ServerState.Disabled _,
                    ServerState.Untrusted _,
                    ServerState.Stopped _,
                    ServerState.Connecting _,
                    ServerState.Authenticating _,
                    ServerState.Connected _ -> "info";
        };
    }
}
