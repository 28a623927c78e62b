package dev.drawbridge.lsp;

import java.util.UUID;
import org.eclipse.lsp4j.ProgressParams;
import org.eclipse.lsp4j.WorkDoneProgressBegin;
import org.eclipse.lsp4j.WorkDoneProgressCreateParams;
import org.eclipse.lsp4j.WorkDoneProgressEnd;
import org.eclipse.lsp4j.WorkDoneProgressNotification;
import org.eclipse.lsp4j.jsonrpc.messages.Either;

/** One {@code $/progress} report that Drawbridge starts itself (LSP 3.17, "Server Initiated Progress"). */
final class WorkProgress {
    private final EditorClient client;
    private final String token = UUID.randomUUID().toString();
    private final Runnable onCancel;
    private boolean begun;
    private boolean ended;

    private WorkProgress(EditorClient client, Runnable onCancel) {
        this.client = client;
        this.onCancel = onCancel;
    }

    /** Begins once the editor has accepted the token; an editor that refuses, or cannot do this at all, sees no progress. */
    static WorkProgress begin(EditorClient client, String title, Runnable onCancel) {
        WorkProgress progress = new WorkProgress(client, onCancel);
        if (client.features().workDoneProgress()) {
            client.request(
                            "window/workDoneProgress/create",
                            new WorkDoneProgressCreateParams(Either.forLeft(progress.token)),
                            EditorClient.EDITOR)
                    .thenRun(() -> progress.begin(title));
        }
        return progress;
    }

    String token() {
        return token;
    }

    void cancelled() {
        onCancel.run();
    }

    private synchronized void begin(String title) {
        if (!ended) {
            begun = true;
            WorkDoneProgressBegin begin = new WorkDoneProgressBegin();
            begin.setTitle(title);
            begin.setCancellable(true);
            send(begin);
        }
    }

    synchronized void end() {
        if (begun && !ended) {
            send(new WorkDoneProgressEnd());
        }
        ended = true;
    }

    private void send(WorkDoneProgressNotification value) {
        client.notify("$/progress", new ProgressParams(Either.forLeft(token), Either.forLeft(value)));
    }
}
