package dev.drawbridge.lsp;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What an editor declared in {@code initialize}. What it did not declare it cannot do, whatever shape the declaration has;
 * the one exception is named where it is made.
 *
 * @param window whether it declares anything of windows; an editor that does not may show messages only
 * @param codeActionLiterals whether code actions may be more than commands
 * @param mcp what it understands of {@code mcp/*}; empty for an editor that knows nothing of Drawbridge
 */
record ClientFeatures(
        boolean window,
        boolean showDocument,
        boolean workDoneProgress,
        boolean codeLensRefresh,
        boolean codeActionLiterals,
        boolean hierarchicalSymbols,
        boolean markdownHover,
        boolean snippets,
        Optional<McpFeatures> mcp) {

    /** Members of {@code capabilities.experimental.mcp}; each that is missing falls back to standard LSP. */
    record McpFeatures(
            boolean authRequired,
            boolean authCompleted,
            boolean statusChanged,
            boolean catalogChanged,
            boolean progress,
            boolean log,
            boolean serverNotification,
            boolean elicitForm,
            boolean elicitUrl,
            boolean sample,
            boolean externalUri) {}

    static ClientFeatures of(Params initialize) {
        return new ClientFeatures(
                initialize.at("capabilities", "window").isPresent(),
                initialize.flag("capabilities", "window", "showDocument", "support") || showsUndeclared(initialize),
                initialize.flag("capabilities", "window", "workDoneProgress"),
                initialize.flag("capabilities", "workspace", "codeLens", "refreshSupport"),
                initialize
                        .at("capabilities", "textDocument", "codeAction", "codeActionLiteralSupport")
                        .isPresent(),
                initialize.flag("capabilities", "textDocument", "documentSymbol", "hierarchicalDocumentSymbolSupport"),
                texts(initialize, "capabilities", "textDocument", "hover", "contentFormat")
                        .contains("markdown"),
                initialize.flag("capabilities", "textDocument", "completion", "completionItem", "snippetSupport"),
                mcp(initialize));
    }

    /**
     * Helix shows documents since 24.03, and 25.01 does not say so. It is worth a name here, because it cuts a message to
     * one line of the screen, in which no sign-in address fits. An older one refuses the request, and no harm is done.
     */
    private static boolean showsUndeclared(Params initialize) {
        return initialize.optionalString("clientInfo", "name").equals(Optional.of("helix"));
    }

    boolean tellsAuthRequired() {
        return mcp.map(McpFeatures::authRequired).orElse(false);
    }

    boolean tellsStatus() {
        return mcp.map(McpFeatures::statusChanged).orElse(false);
    }

    private static Optional<McpFeatures> mcp(Params initialize) {
        return initialize
                .at("capabilities", "experimental", "mcp")
                .map(Params::new)
                .map(mcp -> new McpFeatures(
                        mcp.flag("authRequired"),
                        mcp.flag("authCompleted"),
                        mcp.flag("statusChanged"),
                        mcp.flag("catalogChanged"),
                        mcp.flag("progress"),
                        mcp.flag("log"),
                        mcp.flag("serverNotification"),
                        mcp.flag("elicit", "form"),
                        mcp.flag("elicit", "url"),
                        mcp.flag("sample"),
                        mcp.flag("externalUri")));
    }

    private static Set<String> texts(Params params, String... path) {
        return params.elements(path).stream()
                .flatMap(element -> element.asText().stream())
                .collect(Collectors.toSet());
    }
}
