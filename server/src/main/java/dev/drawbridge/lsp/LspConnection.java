package dev.drawbridge.lsp;

import dev.drawbridge.hub.Hub;
import dev.drawbridge.hub.SessionContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.util.concurrent.CompletableFuture;
import org.eclipse.lsp4j.jsonrpc.Endpoint;
import org.eclipse.lsp4j.jsonrpc.RemoteEndpoint;
import org.eclipse.lsp4j.jsonrpc.json.MessageJsonHandler;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseErrorCode;

/**
 * One editor's connection: framing, JSON-RPC, and the life cycle of LSP 3.17 ({@code initialize} … {@code exit}). What
 * comes between is the {@link EditorSession}'s. Handlers run on the reader thread and only enqueue.
 */
final class LspConnection implements Endpoint {
    private static final System.Logger LOG = System.getLogger(LspConnection.class.getName());

    /** Where the connection is in its life. */
    private sealed interface Phase {
        record Fresh() implements Phase {}

        record Running(EditorSession session) implements Phase {}

        /** After {@code shutdown}: only {@code exit} is left. */
        record ShutDown(EditorSession session) implements Phase {}

        record Closed() implements Phase {}
    }

    private final Hub hub;
    private final InputStream in;
    private final SessionContext context;
    private final OutboundQueue outbound;
    private final RemoteEndpoint remote;
    private final FrameReader reader;

    /** Changed by the reader thread only. */
    private volatile Phase phase = new Phase.Fresh();

    LspConnection(Hub hub, InputStream in, OutputStream out, SessionContext context) {
        this.hub = hub;
        this.in = in;
        this.context = context;
        // No incoming method is declared to LSP4J: it then hands over parameters as JSON trees, and what they hold is
        // read where a mistake in them can be answered.
        MessageJsonHandler json = new MessageJsonHandler(EditorClient.requests(), WireGson::configure);
        this.outbound = new OutboundQueue(out, json, this::leave);
        this.remote = new RemoteEndpoint(outbound, this, RpcErrors::of);
        json.setMethodProvider(remote);
        this.remote.setJsonHandler(json);
        this.reader = new FrameReader(in, json, outbound);
    }

    void serve() {
        try {
            reader.listen(remote);
        } finally {
            Phase last = phase;
            phase = new Phase.Closed();
            switch (last) {
                case Phase.Running(EditorSession session) -> session.close();
                case Phase.ShutDown(EditorSession session) -> session.close();
                case Phase.Fresh() -> {}
                case Phase.Closed() -> {}
            }
            outbound.close();
        }
    }

    @Override
    public CompletableFuture<?> request(String method, Object parameter) {
        Params params = Params.of(parameter);
        return switch (phase) {
            case Phase.Fresh() when method.equals("initialize") -> initialize(params);
            case Phase.Fresh() ->
                CompletableFuture.failedFuture(RpcErrors.error(
                        ResponseErrorCode.ServerNotInitialized, "The first request must be initialize."));
            case Phase.Running running
            when method.equals("initialize") ->
                CompletableFuture.failedFuture(
                        RpcErrors.error(ResponseErrorCode.InvalidRequest, "initialize was already sent."));
            case Phase.Running(EditorSession session)
            when method.equals("shutdown") -> {
                phase = new Phase.ShutDown(session);
                yield CompletableFuture.completedFuture(null);
            }
            case Phase.Running(EditorSession session) -> session.request(method, params);
            case Phase.ShutDown shutDown ->
                CompletableFuture.failedFuture(
                        RpcErrors.error(ResponseErrorCode.InvalidRequest, "After shutdown only exit is left."));
            case Phase.Closed() ->
                CompletableFuture.failedFuture(
                        RpcErrors.error(ResponseErrorCode.InvalidRequest, "The session has ended."));
        };
    }

    @Override
    public void notify(String method, Object parameter) {
        if (method.equals("exit")) {
            reader.stop();
        } else if (phase instanceof Phase.Running(EditorSession session)) {
            session.notify(method, Params.of(parameter));
        }
    }

    private CompletableFuture<?> initialize(Params params) {
        EditorClient client = new EditorClient(remote, ClientFeatures.of(params));
        EditorSession session = new EditorSession(hub, client, InitializeContext.of(params, context), this::leave);
        phase = new Phase.Running(session);
        return CompletableFuture.completedFuture(InitializeResult.read());
    }

    /** Ends the connection from any thread, by ending what the reader reads. */
    private void leave() {
        reader.stop();
        try {
            in.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "The editor''s stream was already closed: {0}", e.getMessage());
        }
    }
}
