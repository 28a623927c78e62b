package dev.drawbridge.lsp;

import dev.drawbridge.hub.ServerView;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.lsp4j.CodeAction;
import org.eclipse.lsp4j.CodeActionKind;
import org.eclipse.lsp4j.Command;
import org.eclipse.lsp4j.Diagnostic;

/** The code actions on a server's entry. */
final class ConfigCodeActions {
    private ConfigCodeActions() {}

    /** Commands for an editor that knows nothing else, code actions otherwise. */
    static List<Object> of(
            ConfigDocument document,
            List<ServerView> servers,
            Params params,
            List<Diagnostic> diagnostics,
            ClientFeatures features) {
        int startLine = params.integer("range", "start", "line");
        int endLine = params.integer("range", "end", "line");
        List<String> only = params.elements("context", "only").stream()
                .flatMap(kind -> kind.asText().stream())
                .toList();
        List<Object> actions = new ArrayList<>();
        for (ConfigDocument.Entry entry : document.entries()) {
            if (!entry.touches(startLine, endLine)) {
                continue;
            }
            for (ServerView server :
                    entry.among(servers, document.open()).stream().toList()) {
                List<Diagnostic> mended = diagnostics.stream()
                        .filter(one -> one.getRange().equals(ConfigDocument.range(entry.nameRange())))
                        .toList();
                for (Command deed : EntryDeeds.of(server)) {
                    if (deed.getCommand().equals(Commands.LIST_TOOLS)) {
                        continue;
                    }
                    Command named = new Command(deed.getTitle() + " " + entry.name(), deed.getCommand());
                    named.setArguments(deed.getArguments());
                    if (!features.codeActionLiterals()) {
                        actions.add(named);
                    } else if (only.isEmpty() || only.contains("") || only.contains(CodeActionKind.QuickFix)) {
                        actions.add(action(named, mended));
                    }
                }
            }
        }
        return actions;
    }

    private static CodeAction action(Command command, List<Diagnostic> mended) {
        CodeAction action = new CodeAction(command.getTitle());
        action.setKind(CodeActionKind.QuickFix);
        action.setCommand(command);
        if (!mended.isEmpty()) {
            action.setDiagnostics(mended);
        }
        return action;
    }
}
