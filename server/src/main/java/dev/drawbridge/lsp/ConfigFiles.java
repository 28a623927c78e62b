package dev.drawbridge.lsp;

import com.google.gson.JsonNull;
import dev.drawbridge.config.ConfigProblem;
import dev.drawbridge.hub.ServerView;
import dev.drawbridge.lsp.OpenDocuments.Kept;
import dev.drawbridge.lsp.OpenDocuments.OpenDocument;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import org.eclipse.lsp4j.CodeLens;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.PublishDiagnosticsParams;

/**
 * The language server for MCP configuration files: keeps the open ones, hands questions about them to the features, and
 * says anew what changes with the servers' state. Belongs to the session's loop.
 */
final class ConfigFiles {
    private final EditorClient client;
    private final OpenDocuments documents;
    private final Map<String, ConfigDocument> read = new HashMap<>();
    private final Map<String, List<Diagnostic>> published = new HashMap<>();
    private final Set<Path> told = new HashSet<>();
    private List<ServerView> servers = List.of();
    private List<CodeLens> lensesBefore = List.of();
    private Optional<ConfigCompletion> completion = Optional.empty();
    private boolean warnedOfSize;

    ConfigFiles(EditorClient client, ConfigPaths paths) {
        this.client = client;
        this.documents = new OpenDocuments(paths);
    }

    void register(MethodRouter router) {
        router.onNotification("textDocument/didOpen", this::opened);
        router.onNotification("textDocument/didChange", this::changed);
        router.onNotification("textDocument/didClose", this::closed);
        ClientFeatures features = client.features();
        on(
                router,
                "textDocument/documentSymbol",
                List.of(),
                (document, params) -> ConfigSymbols.of(document, servers, features.hierarchicalSymbols()));
        on(router, "textDocument/codeLens", List.of(), (document, params) -> ConfigCodeLenses.of(document, servers));
        on(
                router,
                "textDocument/codeAction",
                List.of(),
                (document, params) -> ConfigCodeActions.of(
                        document,
                        servers,
                        params,
                        published.getOrDefault(document.open().uri(), List.of()),
                        features));
        on(
                router,
                "textDocument/completion",
                List.of(),
                (document, params) -> completion()
                        .complete(
                                document, params.integer("position", "line"), params.integer("position", "character")));
        on(
                router,
                "textDocument/hover",
                Optional.empty(),
                (document, params) -> completion()
                        .hover(
                                document,
                                params.integer("position", "line"),
                                params.integer("position", "character"),
                                features.markdownHover()));
    }

    /** Binds a question about a document; one that is no open configuration file has nothing to say. */
    private void on(
            MethodRouter router, String method, Object nothing, BiFunction<ConfigDocument, Params, Object> feature) {
        router.onRequest(method, params -> {
            ConfigDocument document = read.get(params.string("textDocument", "uri"));
            Object answer = document == null ? nothing : feature.apply(document, params);
            return CompletableFuture.completedFuture(
                    answer instanceof Optional<?> optional ? optional.orElse(null) : answer);
        });
    }

    private ConfigCompletion completion() {
        ConfigCompletion current = completion.orElseGet(() -> new ConfigCompletion(ConfigSchema.read()));
        completion = Optional.of(current);
        return current;
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
        Kept kept = documents.put(uri, version, text);
        documents.find(uri).ifPresentOrElse(open -> read.put(uri, ConfigDocument.read(open)), () -> read.remove(uri));
        if (kept == Kept.TOO_MUCH && !warnedOfSize) {
            warnedOfSize = true;
            client.warning("Drawbridge does not read " + uri + ": it is larger than 4 MiB, or more than "
                    + OpenDocuments.MAX_DOCUMENTS + " configuration files are open.");
        }
        publish(uri);
    }

    private void closed(Params params) {
        String uri = params.string("textDocument", "uri");
        documents.close(uri);
        read.remove(uri);
        publish(uri);
    }

    /** What hangs on the servers' state is said again: diagnostics at once, lenses by asking the editor to ask. */
    void onStatusChanged(List<ServerView> now) {
        servers = now;
        List.copyOf(read.keySet()).forEach(this::publish);
        List<CodeLens> lenses = read.values().stream()
                .flatMap(document -> ConfigCodeLenses.of(document, servers).stream())
                .toList();
        boolean changed = !lenses.equals(lensesBefore);
        lensesBefore = lenses;
        if (changed && !read.isEmpty() && client.features().codeLensRefresh()) {
            client.request("workspace/codeLens/refresh", JsonNull.INSTANCE, EditorClient.EDITOR);
        }
    }

    /**
     * A file that cannot be used as it is gets one message, and another only after it was fine in between. An open file's
     * diagnostics come from its text as it stands in the editor, another's from what the hub read.
     */
    void onConfigProblems(Path file, List<ConfigProblem> problems) {
        Optional<OpenDocument> open = documents.find(file);
        if (open.isEmpty()) {
            publish(file.toUri().toString(), ConfigDiagnostics.of(problems), Optional.empty());
        }
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

    private void publish(String uri) {
        ConfigDocument document = read.get(uri);
        if (document == null) {
            publish(uri, List.of(), Optional.empty());
        } else {
            publish(
                    uri,
                    ConfigDiagnostics.of(document, servers),
                    Optional.of(document.open().version()));
        }
    }

    /** Says nothing twice, and nothing at all of a file that was always fine. */
    private void publish(String uri, List<Diagnostic> diagnostics, Optional<Integer> version) {
        if (published.getOrDefault(uri, List.of()).equals(diagnostics)) {
            return;
        }
        if (diagnostics.isEmpty()) {
            published.remove(uri);
        } else {
            published.put(uri, diagnostics);
        }
        PublishDiagnosticsParams params = new PublishDiagnosticsParams(uri, diagnostics);
        version.ifPresent(params::setVersion);
        client.diagnostics(params);
    }
}
