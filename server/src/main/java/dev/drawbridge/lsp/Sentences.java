package dev.drawbridge.lsp;

import dev.drawbridge.hub.AuthReason;
import dev.drawbridge.hub.Failure;
import dev.drawbridge.hub.ServerName;
import dev.drawbridge.hub.ServerState;
import dev.drawbridge.hub.ServerView;
import dev.drawbridge.hub.SignInFlow;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The sentences a person reads in an editor without a client of Drawbridge's own. */
final class Sentences {
    private Sentences() {}

    static String quoted(ServerName server) {
        return "“" + server + "”";
    }

    /** What happened and what to do. */
    static String failure(Failure failure) {
        String where = failure.url().map(url -> " (" + url + ")").orElse("");
        return failure.message() + where + " " + failure.action();
    }

    /** Why one server needs a sign-in, and who asked. */
    static String needsSignIn(ServerName server, AuthReason reason) {
        String what = switch (reason.kind()) {
            case SIGN_IN_NEEDED -> quoted(server) + " needs you to sign in";
            case EXPIRED -> "Your sign-in at " + quoted(server) + " has ended; please sign in again";
            case INSUFFICIENT_SCOPE -> quoted(server) + " needs you to grant more" + scopes(reason);
            case ISSUER_CHANGED -> quoted(server) + " now uses another sign-in service; please sign in again";
        };
        return what + reason.requestedBy().map(who -> " (" + who + ")").orElse("") + ".";
    }

    static String needSignIn(List<ServerView> servers) {
        if (servers.size() == 1) {
            ServerView server = servers.getFirst();
            return server.state() instanceof ServerState.AuthRequired(AuthReason reason)
                    ? needsSignIn(server.name(), reason)
                    : quoted(server.name()) + " needs you to sign in.";
        }
        return servers.size() + " MCP servers need you to sign in: "
                + servers.stream().map(Sentences::nameAndAsker).collect(Collectors.joining(", ")) + ".";
    }

    private static String nameAndAsker(ServerView server) {
        String asker = server.state() instanceof ServerState.AuthRequired(AuthReason reason)
                ? reason.requestedBy().map(who -> " (" + who + ")").orElse("")
                : "";
        return quoted(server.name()) + asker;
    }

    /** Sent besides opening the page, because some editors say they opened it and did not. */
    static String whereToSignIn(SignInFlow flow) {
        return flow.userCode()
                .map(code -> "To sign in to " + quoted(flow.server()) + ", open " + flow.authorizationUrl()
                        + " and enter the code " + code + ".")
                .orElseGet(() -> "To sign in to " + quoted(flow.server()) + ", open " + flow.authorizationUrl());
    }

    /** Names what an approval would run or connect to, in full. */
    static String needApproval(List<ServerView> servers) {
        String targets = servers.stream()
                .map(server -> quoted(server.name()) + " " + deed(server))
                .collect(Collectors.joining("; "));
        String file = servers.getFirst().origin().file().toString();
        return "The workspace's " + file + " wants to start "
                + (servers.size() == 1 ? "the MCP server " : servers.size() + " MCP servers: ") + targets
                + ". Approve only what you trust.";
    }

    /** What to do in an editor that shows no buttons. */
    static String otherwise(List<ServerView> servers, String command) {
        List<Path> files = servers.stream()
                .map(server -> server.origin().file())
                .distinct()
                .toList();
        return "Use the code action on the server's entry" + (files.size() == 1 ? " in " + files.getFirst() : "")
                + ", or the command " + command + ".";
    }

    static String deed(ServerView server) {
        return switch (server.transport()) {
            case STDIO -> "which runs: " + server.target();
            case HTTP, SSE -> "which connects to " + server.target();
        };
    }

    private static String scopes(AuthReason reason) {
        return reason.scopes().isEmpty()
                ? ""
                : " (" + reason.scopes().stream().sorted().collect(Collectors.joining(" ")) + ")";
    }
}
