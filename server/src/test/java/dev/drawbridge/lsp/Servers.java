package dev.drawbridge.lsp;

import dev.drawbridge.hub.AuthReason;
import dev.drawbridge.hub.AuthenticationState;
import dev.drawbridge.hub.ServerName;
import dev.drawbridge.hub.ServerOrigin;
import dev.drawbridge.hub.ServerState;
import dev.drawbridge.hub.ServerView;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** Servers in the states tests need. */
final class Servers {
    private Servers() {}

    static final Path USER_FILE = Path.of("/home/someone/.config/drawbridge/mcp.json");

    static ServerView view(String name, ServerState state) {
        return view(name, state, new AuthenticationState.None(), new ServerOrigin.User(USER_FILE));
    }

    static ServerView view(String name, ServerState state, AuthenticationState authentication, ServerOrigin origin) {
        return new ServerView(
                new ServerName(name),
                origin,
                ServerView.Transport.HTTP,
                "https://" + name + ".example/mcp",
                state,
                authentication,
                Optional.empty(),
                new ServerView.CatalogCounts(3, 0, 0, 1),
                Set.of());
    }

    static ServerView authRequired(String name) {
        return view(
                name,
                new ServerState.AuthRequired(
                        new AuthReason(AuthReason.Kind.SIGN_IN_NEEDED, Set.of(), Optional.empty())),
                new AuthenticationState.Unauthenticated(),
                new ServerOrigin.User(USER_FILE));
    }

    static ServerView authRequiredBy(String name, String who) {
        return view(
                name,
                new ServerState.AuthRequired(
                        new AuthReason(AuthReason.Kind.SIGN_IN_NEEDED, Set.of(), Optional.of(who))));
    }

    static ServerView connected(String name) {
        return view(
                name, new ServerState.Connected(ScriptedHub.SOON), authenticated(), new ServerOrigin.User(USER_FILE));
    }

    static AuthenticationState.Authenticated authenticated() {
        return new AuthenticationState.Authenticated(
                URI.create("https://idp.example"),
                Optional.of("someone"),
                Set.of("b", "a"),
                Optional.of(ScriptedHub.SOON));
    }

    static ServerView untrusted(String name, String digest) {
        Path folder = Path.of("/ada/project");
        return view(
                name,
                new ServerState.Untrusted(digest),
                new AuthenticationState.None(),
                new ServerOrigin.Workspace(folder.resolve(".mcp.json"), folder));
    }
}
