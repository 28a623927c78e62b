package dev.drawbridge.lsp;

import dev.drawbridge.hub.CatalogKind;
import dev.drawbridge.hub.FlowId;
import dev.drawbridge.hub.LogEntry;
import dev.drawbridge.hub.ServerName;
import dev.drawbridge.hub.ServerView;
import dev.drawbridge.hub.SessionListener.AuthResult;
import dev.drawbridge.lsp.ClientFeatures.McpFeatures;
import dev.drawbridge.mcp.json.RawJson;
import dev.drawbridge.protocol.AuthCompletedParams;
import dev.drawbridge.protocol.AuthRequiredParams;
import dev.drawbridge.protocol.CatalogChangedParams;
import dev.drawbridge.protocol.LogParams;
import dev.drawbridge.protocol.Methods;
import dev.drawbridge.protocol.ServerNotificationParams;
import dev.drawbridge.protocol.StatusChangedParams;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.eclipse.lsp4j.MessageType;

/** The notifications of {@code mcp/*}, each sent only to an editor that declared it. */
final class ThinClient {
    private final EditorClient client;

    ThinClient(EditorClient client) {
        this.client = client;
    }

    void statusChanged(List<ServerView> servers) {
        client.notify(Methods.STATUS_CHANGED, new StatusChangedParams(WireServer.of(servers)));
    }

    void authRequired(List<ServerView> servers) {
        client.notify(Methods.AUTH_REQUIRED, new AuthRequiredParams(WireServer.of(servers)));
    }

    void authCompleted(ServerName server, FlowId flow, AuthResult result) {
        if (declares(McpFeatures::authCompleted)) {
            client.notify(
                    Methods.AUTH_COMPLETED,
                    new AuthCompletedParams(server.value(), flow.value(), WireValues.authResult(result)));
        }
    }

    void catalogChanged(ServerName server, Set<CatalogKind> kinds) {
        if (declares(McpFeatures::catalogChanged)) {
            client.notify(Methods.CATALOG_CHANGED, new CatalogChangedParams(server.value(), WireValues.kinds(kinds)));
        }
    }

    /** A log line; an editor without {@code mcp/log} sees those that matter in its own log of language servers. */
    void log(LogEntry entry) {
        if (declares(McpFeatures::log)) {
            client.notify(Methods.LOG, new LogParams(WireValues.entry(entry)));
            return;
        }
        Optional<MessageType> type = switch (entry.level()) {
            case "debug", "info", "notice" -> Optional.empty();
            case "warning" -> Optional.of(MessageType.Warning);
            default -> Optional.of(MessageType.Error);
        };
        type.ifPresent(level ->
                client.log(level, entry.server().map(name -> name + ": ").orElse("") + entry.message()));
    }

    void serverNotification(ServerName server, String method, RawJson params) {
        if (declares(McpFeatures::serverNotification)) {
            client.notify(
                    Methods.SERVER_NOTIFICATION,
                    new ServerNotificationParams(
                            server.value(),
                            method,
                            Optional.of(params.tree())
                                    .filter(tree -> tree.isJsonObject())
                                    .map(tree -> tree.getAsJsonObject())));
        }
    }

    private boolean declares(Predicate<McpFeatures> feature) {
        return client.features().mcp().filter(feature).isPresent();
    }
}
