package dev.drawbridge.lsp;

import dev.drawbridge.hub.ServerView;
import java.util.List;
import org.eclipse.lsp4j.CodeLens;
import org.eclipse.lsp4j.Range;

/** The lenses over each server's entry: Authenticate, Sign out, Restart, N tools, as its state allows. */
final class ConfigCodeLenses {
    private ConfigCodeLenses() {}

    static List<CodeLens> of(ConfigDocument document, List<ServerView> servers) {
        return document.entries().stream()
                .flatMap(entry -> {
                    Range place = ConfigDocument.range(entry.nameRange());
                    return entry.among(servers, document.open()).stream()
                            .flatMap(server -> EntryDeeds.of(server).stream())
                            .map(command -> new CodeLens(place, command, null));
                })
                .toList();
    }
}
