package dev.drawbridge.lsp;

import dev.drawbridge.config.ConfigProblem;
import dev.drawbridge.lsp.OpenDocuments.Kept;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The language server for MCP configuration files: keeps the open ones and hands questions about them to the features.
 * Belongs to the session's loop.
 */
final class ConfigFiles {
    private final EditorClient client;
    private final OpenDocuments documents;
    private final Set<Path> told = new HashSet<>();
    private boolean warnedOfSize;

    ConfigFiles(EditorClient client, ConfigPaths paths) {
        this.client = client;
        this.documents = new OpenDocuments(paths);
    }

    void register(MethodRouter router) {
        router.onNotification("textDocument/didOpen", this::opened);
        router.onNotification("textDocument/didChange", this::changed);
        router.onNotification("textDocument/didClose", this::closed);
    }

    private void opened(Params params) {
        keep(
                params.string("textDocument", "uri"),
                params.integer("textDocument", "version"),
                params.string("textDocument", "text"));
    }

    private void changed(Params params) {
        List<Params> changes = params.elements("contentChanges");
        if (!changes.isEmpty()) {
            keep(
                    params.string("textDocument", "uri"),
                    params.integer("textDocument", "version"),
                    changes.getLast().string("text"));
        }
    }

    private void keep(String uri, int version, String text) {
        if (documents.put(uri, version, text) == Kept.TOO_MUCH && !warnedOfSize) {
            warnedOfSize = true;
            client.warning("Drawbridge does not read " + uri + ": it is larger than 4 MiB, or more than "
                    + OpenDocuments.MAX_DOCUMENTS + " configuration files are open.");
        }
    }

    private void closed(Params params) {
        documents.close(params.string("textDocument", "uri"));
    }

    /** A file that cannot be used as it is gets one message, and another only after it was fine in between. */
    void onConfigProblems(Path file, List<ConfigProblem> problems) {
        Optional<ConfigProblem> worst = problems.stream()
                .filter(problem -> problem.severity() == ConfigProblem.Severity.ERROR)
                .findFirst();
        if (worst.isEmpty()) {
            told.remove(file);
        } else if (told.add(file)) {
            client.warning(file + ":" + worst.get().range().humanStart() + ": "
                    + worst.get().message());
        }
    }
}
