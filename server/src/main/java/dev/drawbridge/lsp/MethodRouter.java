package dev.drawbridge.lsp;

import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.eclipse.lsp4j.jsonrpc.ResponseErrorException;

/** Which handler takes which method. Filled while a session is built, only read afterwards. */
final class MethodRouter {
    private static final System.Logger LOG = System.getLogger(MethodRouter.class.getName());

    private final Map<String, Function<Params, CompletableFuture<?>>> requests = new HashMap<>();
    private final Map<String, Consumer<Params>> notifications = new HashMap<>();

    void onRequest(String method, Function<Params, CompletableFuture<?>> handler) {
        requests.put(method, handler);
    }

    void onNotification(String method, Consumer<Params> handler) {
        notifications.put(method, handler);
    }

    boolean hasRequest(String method) {
        return requests.containsKey(method);
    }

    /** Hands a request to its handler, which answers at once or returns a future; a handler's exception is the answer. */
    CompletableFuture<?> request(String method, Params params) {
        Function<Params, CompletableFuture<?>> handler = requests.get(method);
        if (handler == null) {
            return CompletableFuture.failedFuture(RpcErrors.methodNotFound(method));
        }
        try {
            return handler.apply(params);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Hands a notification on; one that nobody knows is ignored, as LSP asks for {@code $/} and JSON-RPC for all. */
    void notify(String method, Params params) {
        Consumer<Params> handler = notifications.get(method);
        if (handler != null) {
            try {
                handler.accept(params);
            } catch (ResponseErrorException e) {
                // A notification has no answer to put this in.
                LOG.log(Level.DEBUG, "{0} is ignored: {1}", method, e.getMessage());
            }
        }
    }
}
