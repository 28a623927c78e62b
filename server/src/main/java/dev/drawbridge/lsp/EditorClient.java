package dev.drawbridge.lsp;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import dev.drawbridge.hub.Failure;
import dev.drawbridge.protocol.Methods;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.lsp4j.MessageActionItem;
import org.eclipse.lsp4j.MessageParams;
import org.eclipse.lsp4j.MessageType;
import org.eclipse.lsp4j.PublishDiagnosticsParams;
import org.eclipse.lsp4j.ShowDocumentParams;
import org.eclipse.lsp4j.ShowMessageRequestParams;
import org.eclipse.lsp4j.jsonrpc.JsonRpcRequestFuture;
import org.eclipse.lsp4j.jsonrpc.RemoteEndpoint;
import org.eclipse.lsp4j.jsonrpc.json.JsonRpcMethod;

/**
 * What one session says to its editor. Nothing here waits, and no request stays open for ever: some editors never answer,
 * others answer with something else than what the person saw.
 */
final class EditorClient {
    /** How long a person has for a question; a sign-in may well take ten minutes. */
    static final Duration PERSON = Duration.ofMinutes(10);

    /** How long an editor has for what needs no person. */
    static final Duration EDITOR = Duration.ofSeconds(10);

    private final RemoteEndpoint remote;
    private final ClientFeatures features;

    EditorClient(RemoteEndpoint remote, ClientFeatures features) {
        this.remote = remote;
        this.features = features;
    }

    ClientFeatures features() {
        return features;
    }

    /** The requests an editor may be sent. LSP4J gives the result of one it does not know as null. */
    static Map<String, JsonRpcMethod> requests() {
        return Stream.of(
                        "window/showMessageRequest",
                        "window/showDocument",
                        "window/workDoneProgress/create",
                        "workspace/codeLens/refresh",
                        Methods.ELICIT,
                        Methods.SAMPLE,
                        Methods.EXTERNAL_URI)
                .collect(Collectors.toMap(
                        name -> name, name -> JsonRpcMethod.request(name, JsonElement.class, JsonElement.class)));
    }

    void notify(String method, Object params) {
        remote.notify(method, params);
    }

    /** A request with a time limit; at the limit, or when the returned future is cancelled, the editor is sent {@code $/cancelRequest}. */
    CompletableFuture<JsonElement> request(String method, Object params, Duration limit) {
        CompletableFuture<JsonElement> answer = new CompletableFuture<>();
        JsonRpcRequestFuture<Object> sent = remote.request(method, params);
        sent.whenComplete((result, failure) -> {
            if (failure != null) {
                answer.completeExceptionally(failure);
            } else {
                answer.complete(result instanceof JsonElement tree ? tree : JsonNull.INSTANCE);
            }
        });
        answer.orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS).whenComplete((result, failure) -> {
            if (failure instanceof TimeoutException || answer.isCancelled()) {
                sent.cancel(true);
            }
        });
        return answer;
    }

    void info(String sentence) {
        show(MessageType.Info, sentence);
    }

    void warning(String sentence) {
        show(MessageType.Warning, sentence);
    }

    void failure(Failure failure) {
        show(MessageType.Error, Sentences.failure(failure));
    }

    private void show(MessageType type, String sentence) {
        remote.notify("window/showMessage", new MessageParams(type, sentence));
    }

    void log(MessageType type, String line) {
        remote.notify("window/logMessage", new MessageParams(type, line));
    }

    /**
     * Asks the person; the answer is one of the actions, or empty when the question was dismissed.
     *
     * @param otherwise how to answer without buttons: told with the question to an editor that refuses it, and at once to
     *     one that declares nothing of windows, because those may neither show a question nor say that they did not
     */
    CompletableFuture<Optional<String>> ask(MessageType type, String question, List<String> actions, String otherwise) {
        ShowMessageRequestParams params = new ShowMessageRequestParams(
                actions.stream().map(MessageActionItem::new).toList());
        params.setType(type);
        params.setMessage(question);
        CompletableFuture<JsonElement> asked = request("window/showMessageRequest", params, PERSON);
        CompletableFuture<Optional<String>> answer = asked.thenApply(
                result -> new Params(result).optionalString("title").filter(actions::contains));
        String message = question + " " + otherwise;
        if (!features.window()) {
            show(type, message);
        }
        answer.whenComplete((chosen, failure) -> {
            if (answer.isCancelled()) {
                asked.cancel(true);
            } else if (failure != null && features.window()) {
                show(type, message);
            }
        });
        return answer;
    }

    /** Has the editor open a page in the browser, if it says it can. Its answer is not waited for: it says little of what the person saw. */
    void openInBrowser(URI page) {
        String scheme = page.getScheme();
        if (features.showDocument() && ("https".equals(scheme) || "http".equals(scheme))) {
            ShowDocumentParams params = new ShowDocumentParams(page.toString());
            params.setExternal(true);
            params.setTakeFocus(true);
            request("window/showDocument", params, EDITOR);
        }
    }

    void diagnostics(PublishDiagnosticsParams params) {
        remote.notify("textDocument/publishDiagnostics", params);
    }
}
