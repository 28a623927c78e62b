package dev.drawbridge.lsp;

import dev.drawbridge.hub.AuthenticationState;
import dev.drawbridge.hub.ServerState;
import dev.drawbridge.hub.ServerView;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.lsp4j.Command;

/** What a person can do with one server now: the code lenses over its entry, and the code actions on it. */
final class EntryDeeds {
    private EntryDeeds() {}

    static List<Command> of(ServerView server) {
        String name = server.name().value();
        List<Command> deeds = new ArrayList<>();
        switch (server.state()) {
            case ServerState.Disabled() -> deeds.add(command("Enable", Commands.SET_ENABLED, name, true));
            case ServerState.Untrusted(String digest) -> deeds.add(command("Approve", Commands.APPROVE, name, digest));
            case ServerState.Stopped() -> deeds.add(command("Start", Commands.CONNECT, name));
            case ServerState.AuthRequired(var reason) ->
                deeds.add(command("Authenticate", Commands.AUTHENTICATE, name));
            case ServerState.Authenticating(var flow) -> {
                deeds.add(command("Authenticate", Commands.AUTHENTICATE, name));
                deeds.add(command(
                        "Cancel sign-in",
                        Commands.CANCEL_AUTHENTICATION,
                        flow.id().value()));
            }
            case ServerState.Connecting(var since) -> deeds.add(command("Restart", Commands.CONNECT, name));
            case ServerState.Retrying(var failure, var attempt, var next) ->
                deeds.add(command("Restart", Commands.CONNECT, name));
            case ServerState.Failed(var failure) -> deeds.add(command("Restart", Commands.CONNECT, name));
            case ServerState.Connected(var since) -> deeds.add(command("Restart", Commands.CONNECT, name));
        }
        if (server.authentication() instanceof AuthenticationState.Authenticated) {
            deeds.add(command("Sign out", Commands.SIGN_OUT, name));
        }
        if (server.state() instanceof ServerState.Connected) {
            int tools = server.counts().tools();
            deeds.add(command(tools == 1 ? "1 tool" : tools + " tools", Commands.LIST_TOOLS, name));
        }
        return deeds;
    }

    private static Command command(String title, String command, Object... arguments) {
        return new Command(title, command, List.of(arguments));
    }
}
