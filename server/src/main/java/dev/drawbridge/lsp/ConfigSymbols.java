package dev.drawbridge.lsp;

import dev.drawbridge.hub.ServerState;
import dev.drawbridge.hub.ServerView;
import java.util.List;
import org.eclipse.lsp4j.DocumentSymbol;
import org.eclipse.lsp4j.Location;
import org.eclipse.lsp4j.SymbolInformation;
import org.eclipse.lsp4j.SymbolKind;

/** The servers of a file as document symbols, with their state where the editor shows such details. */
final class ConfigSymbols {
    private ConfigSymbols() {}

    @SuppressWarnings("deprecation")
    static List<?> of(ConfigDocument document, List<ServerView> servers, boolean hierarchical) {
        if (!hierarchical) {
            return document.entries().stream()
                    .map(entry -> new SymbolInformation(
                            entry.name(),
                            SymbolKind.Module,
                            new Location(document.open().uri(), ConfigDocument.range(entry.range()))))
                    .toList();
        }
        return document.entries().stream()
                .map(entry -> {
                    DocumentSymbol symbol = new DocumentSymbol(
                            entry.name(),
                            SymbolKind.Module,
                            ConfigDocument.range(entry.range()),
                            ConfigDocument.range(entry.nameRange()));
                    entry.among(servers, document.open()).ifPresent(server -> symbol.setDetail(state(server)));
                    return symbol;
                })
                .toList();
    }

    private static String state(ServerView server) {
        return switch (server.state()) {
            case ServerState.Disabled() -> "disabled";
            case ServerState.Untrusted(var digest) -> "waits for your approval";
            case ServerState.Stopped() -> "stopped";
            case ServerState.Connecting(var since) -> "connecting";
            case ServerState.AuthRequired(var reason) -> "needs you to sign in";
            case ServerState.Authenticating(var flow) -> "waits for you to sign in";
            case ServerState.Connected(var since) -> "connected";
            case ServerState.Retrying(var failure, var attempt, var next) -> "tries again";
            case ServerState.Failed(var failure) -> "failed";
        };
    }
}
