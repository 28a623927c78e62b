package dev.drawbridge.lsp.client;

import dev.drawbridge.protocol.AuthCompletedParams;
import dev.drawbridge.protocol.CatalogChangedParams;
import dev.drawbridge.protocol.ElicitParams;
import dev.drawbridge.protocol.ElicitResult;
import dev.drawbridge.protocol.LogEntry;
import dev.drawbridge.protocol.ProgressParams;
import dev.drawbridge.protocol.Server;
import dev.drawbridge.protocol.ServerNotificationParams;
import java.util.List;

/** Hears what the daemon tells a {@link DrawbridgeClient}. Called on the connection's reader thread; must not block. */
public interface ClientListener {
    default void statusChanged(List<Server> servers) {}

    default void authRequired(List<Server> servers) {}

    default void authCompleted(AuthCompletedParams completed) {}

    default void catalogChanged(CatalogChangedParams changed) {}

    default void progress(ProgressParams progress) {}

    default void log(LogEntry entry) {}

    default void serverNotification(ServerNotificationParams notification) {}

    /** A server asks the person something; a client without a person to ask says no. */
    default ElicitResult elicit(ElicitParams asked) {
        return new ElicitResult.Decline();
    }
}
