package dev.drawbridge.lsp;

import dev.drawbridge.config.ConfigProblem;
import dev.drawbridge.config.TextRange;
import dev.drawbridge.hub.ServerState;
import dev.drawbridge.hub.ServerView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.DiagnosticSeverity;

/** What is wrong in a configuration file, and with the servers in it, as diagnostics. */
final class ConfigDiagnostics {
    private static final String SOURCE = "drawbridge";

    private ConfigDiagnostics() {}

    static List<Diagnostic> of(ConfigDocument document, List<ServerView> servers) {
        List<Diagnostic> found = new ArrayList<>(of(document.config().problems()));
        for (ConfigDocument.Entry entry : document.entries()) {
            entry.among(servers, document.open())
                    .flatMap(server -> state(server, entry.nameRange()))
                    .ifPresent(found::add);
        }
        return found;
    }

    static List<Diagnostic> of(List<ConfigProblem> problems) {
        return problems.stream()
                .map(problem ->
                        diagnostic(problem.range(), severity(problem.severity()), problem.code(), problem.message()))
                .toList();
    }

    private static Optional<Diagnostic> state(ServerView server, TextRange place) {
        return switch (server.state()) {
            case ServerState.AuthRequired(var reason) ->
                Optional.of(diagnostic(
                        place,
                        DiagnosticSeverity.Warning,
                        "server.authRequired",
                        Sentences.needsSignIn(server.name(), reason)));
            // The address stays in sight here, however quickly an editor's messages pass or however short it cuts them.
            case ServerState.Authenticating(var flow) ->
                Optional.of(diagnostic(
                        place, DiagnosticSeverity.Information, "server.authenticating", Sentences.whereToSignIn(flow)));
            case ServerState.Untrusted(var digest) ->
                Optional.of(diagnostic(
                        place,
                        DiagnosticSeverity.Warning,
                        "server.untrusted",
                        Sentences.quoted(server.name()) + " does not start before you approve it; it is a server "
                                + Sentences.deed(server) + "."));
            case ServerState.Failed(var failure) ->
                Optional.of(diagnostic(place, DiagnosticSeverity.Error, failure.code(), Sentences.failure(failure)));
            case ServerState.Retrying(var failure, var attempt, var next) ->
                Optional.of(
                        diagnostic(place, DiagnosticSeverity.Information, failure.code(), Sentences.failure(failure)));
            case ServerState.Disabled() -> Optional.empty();
            case ServerState.Stopped() -> Optional.empty();
            case ServerState.Connecting(var since) -> Optional.empty();
            case ServerState.Connected(var since) -> Optional.empty();
        };
    }

    private static DiagnosticSeverity severity(ConfigProblem.Severity severity) {
        return switch (severity) {
            case ERROR -> DiagnosticSeverity.Error;
            case WARNING -> DiagnosticSeverity.Warning;
            case INFORMATION -> DiagnosticSeverity.Information;
        };
    }

    private static Diagnostic diagnostic(TextRange place, DiagnosticSeverity severity, String code, String message) {
        Diagnostic diagnostic = new Diagnostic(ConfigDocument.range(place), message, severity, SOURCE);
        diagnostic.setCode(code);
        return diagnostic;
    }
}
