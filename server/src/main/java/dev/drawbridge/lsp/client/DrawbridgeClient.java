package dev.drawbridge.lsp.client;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import dev.drawbridge.hub.Failure;
import dev.drawbridge.hub.Outcome;
import dev.drawbridge.lsp.FrameReader;
import dev.drawbridge.protocol.AccessTokenResult;
import dev.drawbridge.protocol.ApproveParams;
import dev.drawbridge.protocol.AuthenticateParams;
import dev.drawbridge.protocol.CallToolParams;
import dev.drawbridge.protocol.CancelAuthenticationParams;
import dev.drawbridge.protocol.CompleteAuthenticationParams;
import dev.drawbridge.protocol.ElicitCapability;
import dev.drawbridge.protocol.EmptyResult;
import dev.drawbridge.protocol.ListServersParams;
import dev.drawbridge.protocol.ListServersResult;
import dev.drawbridge.protocol.ListToolsResult;
import dev.drawbridge.protocol.McpClientCapabilities;
import dev.drawbridge.protocol.McpResult;
import dev.drawbridge.protocol.Methods;
import dev.drawbridge.protocol.SecretKind;
import dev.drawbridge.protocol.ServerParams;
import dev.drawbridge.protocol.SignInFlow;
import dev.drawbridge.protocol.SignInMethod;
import dev.drawbridge.protocol.SignOutResult;
import dev.drawbridge.protocol.StoreSecretParams;
import dev.drawbridge.protocol.json.ProtocolAdapters;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.lsp4j.jsonrpc.JsonRpcException;
import org.eclipse.lsp4j.jsonrpc.RemoteEndpoint;
import org.eclipse.lsp4j.jsonrpc.json.JsonRpcMethod;
import org.eclipse.lsp4j.jsonrpc.json.MessageJsonHandler;
import org.eclipse.lsp4j.jsonrpc.json.StreamMessageConsumer;

/**
 * A client of our own daemon that knows every {@code mcp/*} message, for commands in a terminal and for the demo. Every
 * method answers with a future that never fails: what went wrong is the outcome. Cancelling the future cancels the
 * request.
 */
public final class DrawbridgeClient implements AutoCloseable {
    private static final Failure CONNECTION_LOST =
            new Failure("daemon.connectionLost", "The connection to the daemon was lost.", "Try again.");

    private final RemoteEndpoint remote;
    private final Gson gson;
    private final CompletableFuture<Failure> lost = new CompletableFuture<>();

    private DrawbridgeClient(InputStream in, OutputStream out, ClientListener listener) {
        MessageJsonHandler json = new MessageJsonHandler(
                methods(), builder -> builder.disableHtmlEscaping().registerTypeAdapterFactory(new ProtocolAdapters()));
        this.gson = json.getGson();
        StreamMessageConsumer outgoing = new StreamMessageConsumer(out, json);
        this.remote = new RemoteEndpoint(outgoing, new Incoming(listener, gson));
        json.setMethodProvider(remote);
        remote.setJsonHandler(json);
        FrameReader reader = new FrameReader(in, json, outgoing);
        Thread.ofVirtual().name("drawbridge-client").start(() -> {
            try {
                reader.listen(remote);
            } finally {
                lost.complete(CONNECTION_LOST);
            }
        });
    }

    /**
     * Says hello over a connection whose handshake is done; the streams stay the caller's to close.
     *
     * @param folders the workspace, whose own configuration files count too
     */
    public static DrawbridgeClient connect(
            InputStream in,
            OutputStream out,
            String name,
            String version,
            List<Path> folders,
            ClientListener listener) {
        DrawbridgeClient client = new DrawbridgeClient(in, out, listener);
        client.request("initialize", client.hello(name, version, folders), JsonObject.class);
        client.remote.notify("initialized", new JsonObject());
        return client;
    }

    public CompletableFuture<Outcome<ListServersResult>> listServers() {
        return request(Methods.LIST_SERVERS, new ListServersParams(), ListServersResult.class);
    }

    public CompletableFuture<Outcome<SignInFlow>> authenticate(String server, SignInMethod method) {
        return request(Methods.AUTHENTICATE, new AuthenticateParams(server, Optional.of(method)), SignInFlow.class);
    }

    public CompletableFuture<Outcome<EmptyResult>> approve(String server, String definitionDigest) {
        return request(Methods.APPROVE, new ApproveParams(server, definitionDigest), EmptyResult.class);
    }

    public CompletableFuture<Outcome<EmptyResult>> storeSecret(SecretKind kind, String name, Optional<String> value) {
        return request(Methods.STORE_SECRET, new StoreSecretParams(kind, name, value), EmptyResult.class);
    }

    public CompletableFuture<Outcome<EmptyResult>> completeAuthentication(String flowId, String callbackUrl) {
        return request(
                Methods.COMPLETE_AUTHENTICATION,
                new CompleteAuthenticationParams(flowId, callbackUrl),
                EmptyResult.class);
    }

    public CompletableFuture<Outcome<EmptyResult>> cancelAuthentication(String flowId) {
        return request(Methods.CANCEL_AUTHENTICATION, new CancelAuthenticationParams(flowId), EmptyResult.class);
    }

    public CompletableFuture<Outcome<SignOutResult>> signOut(String server) {
        return request(Methods.SIGN_OUT, new ServerParams(server), SignOutResult.class);
    }

    public CompletableFuture<Outcome<EmptyResult>> connectServer(String server) {
        return request(Methods.CONNECT, new ServerParams(server), EmptyResult.class);
    }

    public CompletableFuture<Outcome<ListToolsResult>> listTools(String server) {
        return request(Methods.LIST_TOOLS, new ServerParams(server), ListToolsResult.class);
    }

    public CompletableFuture<Outcome<McpResult>> callTool(CallToolParams params) {
        return request(Methods.CALL_TOOL, params, McpResult.class);
    }

    public CompletableFuture<Outcome<AccessTokenResult>> accessToken(String server) {
        return request(Methods.ACCESS_TOKEN, new ServerParams(server), AccessTokenResult.class);
    }

    /** Any request of the protocol; {@link Methods} and {@code MessageType} say what belongs to which. */
    public <R> CompletableFuture<Outcome<R>> request(String method, Object params, Class<R> type) {
        CompletableFuture<Outcome<R>> answer = new CompletableFuture<>();
        CompletableFuture<Object> sent;
        try {
            sent = remote.request(method, params);
        } catch (JsonRpcException e) {
            return CompletableFuture.completedFuture(Outcome.failed(CONNECTION_LOST));
        }
        sent.whenComplete((result, failure) -> answer.complete(
                failure != null ? Outcome.failed(ErrorFailures.of(failure, gson)) : read(method, result, type)));
        lost.thenAccept(failure -> answer.complete(Outcome.failed(failure)));
        answer.whenComplete((outcome, failure) -> {
            if (answer.isCancelled()) {
                sent.cancel(true);
            }
        });
        return answer;
    }

    /** Leaves politely; does not wait for the daemon. */
    @Override
    public void close() {
        if (!lost.isDone()) {
            request("shutdown", new JsonObject(), JsonObject.class);
            try {
                remote.notify("exit", new JsonObject());
            } catch (JsonRpcException e) {
                lost.complete(CONNECTION_LOST);
            }
        }
    }

    private <R> Outcome<R> read(String method, Object result, Class<R> type) {
        try {
            return Outcome.success(gson.fromJson((JsonElement) result, type));
        } catch (JsonParseException e) {
            return Outcome.failed(new Failure(
                    "daemon.badAnswer",
                    "The daemon's answer to " + method + " does not fit the protocol: " + e.getMessage() + ".",
                    "Run drawbridge stop, so that a daemon of this version starts."));
        }
    }

    private JsonObject hello(String name, String version, List<Path> folders) {
        JsonObject info = new JsonObject();
        info.addProperty("name", name);
        info.addProperty("version", version);
        JsonObject experimental = new JsonObject();
        Optional<Boolean> yes = Optional.of(true);
        experimental.add(
                "mcp",
                gson.toJsonTree(new McpClientCapabilities(
                        Methods.VERSION,
                        yes,
                        yes,
                        yes,
                        yes,
                        yes,
                        yes,
                        yes,
                        Optional.of(new ElicitCapability(yes, yes)),
                        Optional.empty(),
                        Optional.empty())));
        JsonObject capabilities = new JsonObject();
        capabilities.add("experimental", experimental);
        JsonObject hello = new JsonObject();
        hello.add("clientInfo", info);
        hello.add("capabilities", capabilities);
        JsonArray workspace = new JsonArray();
        for (Path folder : folders) {
            JsonObject entry = new JsonObject();
            entry.addProperty("uri", folder.toUri().toString());
            entry.addProperty("name", String.valueOf(folder.getFileName()));
            workspace.add(entry);
        }
        hello.add("workspaceFolders", workspace);
        return hello;
    }

    /** LSP4J gives the result of a method it does not know as null. */
    private static Map<String, JsonRpcMethod> methods() {
        return Stream.concat(Methods.CLIENT_REQUESTS.stream(), Stream.of("initialize", "shutdown"))
                .collect(Collectors.toMap(
                        method -> method,
                        method -> JsonRpcMethod.request(method, JsonElement.class, JsonElement.class)));
    }
}
