package dev.drawbridge.cli;

import dev.drawbridge.protocol.Authentication;
import dev.drawbridge.protocol.Server;
import dev.drawbridge.protocol.ServerState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Servers as lines of a terminal: what each is doing, who is signed in, and what to do where something is wrong. */
final class ServerLines {
    private ServerLines() {}

    static List<String> of(List<Server> servers) {
        int width = servers.stream()
                .mapToInt(server -> server.name().length())
                .max()
                .orElse(0);
        List<String> lines = new ArrayList<>();
        for (Server server : servers) {
            lines.add("  " + server.name() + " ".repeat(width - server.name().length()) + "  " + state(server) + "  "
                    + server.target());
            signedIn(server).ifPresent(line -> lines.add("  " + " ".repeat(width) + "  " + line));
            remedy(server).ifPresent(line -> lines.add("  " + " ".repeat(width) + "  " + line));
        }
        return lines;
    }

    private static String state(Server server) {
        return switch (server.state()) {
            case ServerState.Disabled _ -> "disabled";
            case ServerState.Untrusted _ -> "waiting for approval";
            case ServerState.Stopped _ -> "stopped";
            case ServerState.Connecting _ -> "connecting";
            case ServerState.AuthRequired _ -> "needs sign-in";
            case ServerState.Authenticating _ -> "signing in";
            case ServerState.Connected _ -> "connected (" + server.counts().tools() + " tools)";
            case ServerState.Retrying retrying -> "retrying at " + retrying.nextAttempt();
            case ServerState.Failed _ -> "failed";
        };
    }

    private static Optional<String> signedIn(Server server) {
        return switch (server.authentication()) {
            case Authentication.Authenticated signedIn ->
                Optional.of("signed in at " + signedIn.issuer()
                        + signedIn.account().map(account -> " as " + account).orElse("")
                        + (signedIn.scopes().isEmpty() ? "" : ", scopes " + String.join(" ", signedIn.scopes()))
                        + signedIn.expiresAt()
                                .map(expiry -> ", access token until " + expiry)
                                .orElse(""));
            case Authentication.None _, Authentication.Unauthenticated _, Authentication.Pending _ -> Optional.empty();
        };
    }

    private static Optional<String> remedy(Server server) {
        return switch (server.state()) {
            case ServerState.AuthRequired _ -> Optional.of("run: drawbridge login " + server.name());
            case ServerState.Authenticating signingIn ->
                Optional.of("open " + signingIn.flow().authorizationUrl());
            case ServerState.Failed failed ->
                Optional.of(failed.failure().message() + " " + failed.failure().action());
            case ServerState.Retrying retrying ->
                Optional.of(
                        retrying.failure().message() + " " + retrying.failure().action());
            case ServerState.Disabled _,
                    ServerState.Untrusted _,
                    ServerState.Stopped _,
                    ServerState.Connecting _,
                    ServerState.Connected _ -> Optional.empty();
        };
    }
}
