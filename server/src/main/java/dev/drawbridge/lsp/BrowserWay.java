package dev.drawbridge.lsp;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import dev.drawbridge.hub.ServerName;
import dev.drawbridge.protocol.ExternalUriParams;
import dev.drawbridge.protocol.ExternalUriResult;
import dev.drawbridge.protocol.Methods;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.function.UnaryOperator;

/**
 * {@code mcp/externalUri}: the way from the editor's browser, which may run on another machine, to the callback listener on
 * this one, for an editor that declared it knows one. Waits as long as an editor has for what needs no person.
 */
final class BrowserWay {
    private static final Logger LOG = System.getLogger(BrowserWay.class.getName());

    private final EditorClient client;
    private final Gson gson = WireGson.gson();

    BrowserWay(EditorClient client) {
        this.client = client;
    }

    UnaryOperator<URI> to(ServerName server) {
        boolean declared = client.features()
                .mcp()
                .filter(ClientFeatures.McpFeatures::externalUri)
                .isPresent();
        return declared ? listener -> ask(server, listener) : UnaryOperator.identity();
    }

    private URI ask(ServerName server, URI listener) {
        try {
            JsonElement answer = client.request(
                            Methods.EXTERNAL_URI, new ExternalUriParams(server.value(), listener), EditorClient.EDITOR)
                    .join();
            return Optional.ofNullable(gson.fromJson(answer, ExternalUriResult.class))
                    .map(ExternalUriResult::uri)
                    .orElse(listener);
        } catch (CompletionException | CancellationException | JsonParseException e) {
            // Without an answer the sign-in still works for a browser here, and by pasting for any other.
            LOG.log(Level.WARNING, "The editor does not say where its browser finds {0}: {1}", listener, e);
            return listener;
        }
    }
}
