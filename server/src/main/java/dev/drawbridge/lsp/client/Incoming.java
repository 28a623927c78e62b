package dev.drawbridge.lsp.client;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import dev.drawbridge.protocol.AuthCompletedParams;
import dev.drawbridge.protocol.AuthRequiredParams;
import dev.drawbridge.protocol.CatalogChangedParams;
import dev.drawbridge.protocol.ElicitParams;
import dev.drawbridge.protocol.LogParams;
import dev.drawbridge.protocol.Methods;
import dev.drawbridge.protocol.ProgressParams;
import dev.drawbridge.protocol.ServerNotificationParams;
import dev.drawbridge.protocol.StatusChangedParams;
import java.lang.System.Logger.Level;
import java.util.concurrent.CompletableFuture;
import org.eclipse.lsp4j.jsonrpc.Endpoint;
import org.eclipse.lsp4j.jsonrpc.ResponseErrorException;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseError;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseErrorCode;

/** Reads what the daemon sends of its own accord, and tells the listener. */
final class Incoming implements Endpoint {
    private static final System.Logger LOG = System.getLogger(Incoming.class.getName());

    private final ClientListener listener;
    private final Gson gson;

    Incoming(ClientListener listener, Gson gson) {
        this.listener = listener;
        this.gson = gson;
    }

    @Override
    public CompletableFuture<?> request(String method, Object params) {
        if (!method.equals(Methods.ELICIT)) {
            return CompletableFuture.failedFuture(new ResponseErrorException(
                    new ResponseError(ResponseErrorCode.MethodNotFound, "Method not found: " + method, null)));
        }
        try {
            return CompletableFuture.completedFuture(listener.elicit(read(params, ElicitParams.class)));
        } catch (JsonParseException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public void notify(String method, Object params) {
        try {
            switch (method) {
                case Methods.STATUS_CHANGED ->
                    listener.statusChanged(
                            read(params, StatusChangedParams.class).servers());
                case Methods.AUTH_REQUIRED ->
                    listener.authRequired(read(params, AuthRequiredParams.class).servers());
                case Methods.AUTH_COMPLETED -> listener.authCompleted(read(params, AuthCompletedParams.class));
                case Methods.CATALOG_CHANGED -> listener.catalogChanged(read(params, CatalogChangedParams.class));
                case Methods.PROGRESS -> listener.progress(read(params, ProgressParams.class));
                case Methods.LOG -> listener.log(read(params, LogParams.class).entry());
                case Methods.SERVER_NOTIFICATION ->
                    listener.serverNotification(read(params, ServerNotificationParams.class));
                default -> LOG.log(Level.DEBUG, "{0} is not for this client", method);
            }
        } catch (JsonParseException e) {
            LOG.log(Level.WARNING, "The daemon sent a " + method + " that does not fit the protocol", e);
        }
    }

    private <T> T read(Object params, Class<T> type) {
        return gson.fromJson((JsonElement) params, type);
    }
}
