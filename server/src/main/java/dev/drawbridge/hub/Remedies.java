package dev.drawbridge.hub;

import dev.drawbridge.config.ConfigProblem;
import dev.drawbridge.mcp.McpFailure;
import dev.drawbridge.mcp.Rejection;
import dev.drawbridge.oauth.OAuthFailure;
import java.nio.file.Path;
import java.util.Optional;

/** The one place where the failures of the layers below become what a user is told, and where the hub's own are worded. */
final class Remedies {
    private Remedies() {}

    static Failure of(McpFailure failure) {
        return new Failure(failure.code(), failure.message(), failure.action(), failure.url());
    }

    static Failure of(OAuthFailure failure) {
        return new Failure(failure.code(), failure.message(), failure.action(), failure.url());
    }

    static Failure of(Path file, ConfigProblem problem) {
        return new Failure(
                problem.code(),
                problem.message() + " (" + file.getFileName() + ":"
                        + problem.range().humanStart() + ")",
                "Correct the entry in " + file + "; it is read again as soon as it is saved.");
    }

    static Failure unknownServer(ServerName server) {
        if (server.value().startsWith("http://") || server.value().startsWith("https://")) {
            return new Failure(
                    "hub.unknownServer",
                    "A server is called by its name, not by its address, and none is configured as " + server + ".",
                    "Add it to your mcp.json, such as {\"servers\": {\"mine\": {\"url\": \"" + server
                            + "\"}}}, and use the name you gave it.");
        }
        return new Failure(
                "hub.unknownServer",
                "No server named " + server + " is configured here.",
                "Run drawbridge status to see the names, or add the server to your mcp.json.");
    }

    static Failure signInNeeded(ServerName server) {
        return new Failure(
                "auth.signInNeeded",
                server + " needs you to sign in.",
                "Choose Authenticate in your editor, or run: drawbridge login " + server);
    }

    static Failure tokenBound(ServerName server) {
        return new Failure(
                "auth.tokenBound",
                "The access token of " + server
                        + " is bound to a key that never leaves Drawbridge (DPoP), so it is of no use to"
                        + " other programs.",
                "Call the server through drawbridge call or drawbridge proxy, or set oauth.dpop to false if it takes"
                        + " ordinary tokens.");
    }

    static Failure signInRunning(ServerName server, SignInFlow flow) {
        return new Failure(
                "auth.signInRunning",
                "A sign-in to " + server + " is waiting for you in the browser.",
                "Finish it at the address given, or cancel it and start again.",
                Optional.of(flow.authorizationUrl()));
    }

    static Failure noSignIn(ServerName server) {
        return new Failure(
                "auth.notUsed",
                server + " does not use OAuth: it is a local program, or has its own Authorization header.",
                "Change the entry in mcp.json if it should.");
    }

    static Failure signInNotAsked(ServerName server) {
        return new Failure(
                "auth.notAsked",
                server + " is connected without a sign-in and names no way to sign in.",
                "Use it as it is.");
    }

    static Failure disabled(ServerName server) {
        return new Failure(
                "hub.disabled", server + " is switched off.", "Switch it on with Enable, or in its mcp.json.");
    }

    static Failure untrusted(ServerName server) {
        return new Failure(
                "hub.untrusted",
                server + " comes from a workspace file and is not approved yet.",
                "Look at its definition in that file, then choose Approve in an editor that has the folder open.");
    }

    static Failure definitionChanged(ServerName server) {
        return new Failure(
                "hub.definitionChanged",
                "The definition of " + server + " is not the one you were shown.",
                "Look at it again, then approve it.");
    }

    static Failure toolDisabled(ServerName server, String tool) {
        return new Failure(
                "hub.toolDisabled",
                "The tool " + tool + " of " + server + " is switched off.",
                "Remove it from disabledTools in mcp.json to use it.");
    }

    static Failure notReady(ServerName server) {
        return new Failure(
                "hub.notReady",
                server + " did not become ready in time.",
                "Try again in a moment; drawbridge logs tells what it is waiting for.");
    }

    /** Why nothing can be done with a server that does not run. */
    static Failure idle(ServerName server, ServerState state) {
        return switch (state) {
            case ServerState.Untrusted _ -> untrusted(server);
            case ServerState.Failed(Failure failure) -> failure;
            case ServerState.Disabled _ -> disabled(server);
            case ServerState.Stopped _,
                    ServerState.Connecting _,
                    ServerState.AuthRequired _,
                    ServerState.Authenticating _,
                    ServerState.Connected _,
                    ServerState.Retrying _ -> notReady(server);
        };
    }

    static Failure refused(ServerName server, Rejection rejection) {
        return new Failure(
                "auth.refused",
                server + " refused the credential it was given (HTTP " + rejection.status() + ").",
                "Check that the account may use this server; for a static header, check its value in mcp.json.",
                Optional.of(rejection.uri()));
    }

    static Failure approvalNotKept(ServerName server, String why) {
        return new Failure(
                "hub.approvalNotKept",
                "The approval of " + server + " could not be saved: " + why,
                "Make the folder writable and approve it again.");
    }

    static Failure noWorkspace() {
        return new Failure(
                "hub.noWorkspace",
                "No workspace folder is open, so there is no workspace file to add the server to.",
                "Open a folder, or add the server to your own file.");
    }

    static Failure notWritten(Path file, String why) {
        return new Failure("config.notWritten", file + " could not be changed: " + why, "Edit the file by hand.");
    }

    static Failure unreadableList(ServerName server, String what) {
        return new Failure(
                "mcp.protocol", server + " gave no usable list: " + what, "Report it to the server's makers.");
    }

    static Failure unknownFlow() {
        return new Failure(
                "auth.unknownFlow", "That sign-in is not running any more.", "Start a new one with Authenticate.");
    }

    static Failure internal(ServerName server, Throwable cause) {
        return new Failure(
                "hub.internal",
                "Drawbridge failed while serving " + server + " ("
                        + cause.getClass().getSimpleName() + ").",
                "Please report it with the output of drawbridge logs; connecting again may help.");
    }
}
