package dev.drawbridge.lsp;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.drawbridge.hub.AccessTokenView;
import dev.drawbridge.hub.CatalogKind;
import dev.drawbridge.hub.Failure;
import dev.drawbridge.hub.FlowId;
import dev.drawbridge.hub.HubSession;
import dev.drawbridge.hub.HubSession.SignInMethod;
import dev.drawbridge.hub.Outcome;
import dev.drawbridge.hub.SecretName;
import dev.drawbridge.hub.ServerName;
import dev.drawbridge.mcp.Cancellation;
import dev.drawbridge.mcp.json.RawJson;
import dev.drawbridge.oauth.Secret;
import dev.drawbridge.protocol.AccessTokenResult;
import dev.drawbridge.protocol.AddServerParams;
import dev.drawbridge.protocol.ApproveParams;
import dev.drawbridge.protocol.AuthenticateParams;
import dev.drawbridge.protocol.CancelAuthenticationParams;
import dev.drawbridge.protocol.CompleteAuthenticationParams;
import dev.drawbridge.protocol.ConfigScope;
import dev.drawbridge.protocol.EmptyResult;
import dev.drawbridge.protocol.ListServersParams;
import dev.drawbridge.protocol.ListServersResult;
import dev.drawbridge.protocol.LogsParams;
import dev.drawbridge.protocol.LogsResult;
import dev.drawbridge.protocol.Methods;
import dev.drawbridge.protocol.ServerParams;
import dev.drawbridge.protocol.SetEnabledParams;
import dev.drawbridge.protocol.SignOutResult;
import dev.drawbridge.protocol.StoreSecretParams;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;

/** The {@code mcp/*} requests that an editor may send, apart from those that pass MCP itself through. */
final class McpEndpoint {
    private static final int DEFAULT_LOG_LINES = 200;
    private static final int MAX_LOG_LINES = 10_000;

    private final Workers workers;
    private final HubSession hub;
    private final McpPassThrough passThrough;
    private final BrowserWay browser;
    private final Gson gson = WireGson.gson();

    McpEndpoint(EditorClient client, Workers workers, HubSession hub) {
        this.workers = workers;
        this.hub = hub;
        this.passThrough = new McpPassThrough(client, hub);
        this.browser = new BrowserWay(client);
    }

    void register(MethodRouter router) {
        on(
                router,
                Methods.LIST_SERVERS,
                ListServersParams.class,
                (params, cancel) -> new ListServersResult(WireServer.of(hub.servers())));
        on(router, Methods.AUTHENTICATE, AuthenticateParams.class, (params, cancel) -> authenticate(params));
        on(
                router,
                Methods.COMPLETE_AUTHENTICATION,
                CompleteAuthenticationParams.class,
                (params, cancel) ->
                        done(hub.completeAuthentication(new FlowId(params.flowId()), address(params.callbackUrl()))));
        on(
                router,
                Methods.CANCEL_AUTHENTICATION,
                CancelAuthenticationParams.class,
                (params, cancel) -> done(hub.cancelAuthentication(new FlowId(params.flowId()))));
        on(
                router,
                Methods.SIGN_OUT,
                ServerParams.class,
                (params, cancel) -> new SignOutResult(value(hub.signOut(name(params.server())))));
        on(router, Methods.CONNECT, ServerParams.class, (params, cancel) -> done(hub.connect(name(params.server()))));
        on(
                router,
                Methods.DISCONNECT,
                ServerParams.class,
                (params, cancel) -> done(hub.disconnect(name(params.server()))));
        on(
                router,
                Methods.SET_ENABLED,
                SetEnabledParams.class,
                (params, cancel) -> done(hub.setEnabled(name(params.server()), params.enabled())));
        on(
                router,
                Methods.APPROVE,
                ApproveParams.class,
                (params, cancel) -> done(hub.approve(name(params.server()), params.definitionDigest())));
        on(
                router,
                Methods.ADD_SERVER,
                AddServerParams.class,
                (params, cancel) -> done(hub.addServer(
                        name(params.server()),
                        RawJson.of(params.definition()),
                        params.scope() == ConfigScope.WORKSPACE)));
        on(
                router,
                Methods.REMOVE_SERVER,
                ServerParams.class,
                (params, cancel) -> done(hub.removeServer(name(params.server()))));
        on(
                router,
                Methods.STORE_SECRET,
                StoreSecretParams.class,
                (params, cancel) -> done(hub.storeSecret(
                        switch (params.kind()) {
                            case KEYRING -> new SecretName.Keyring(params.name());
                            case INPUT -> new SecretName.Input(params.name());
                        },
                        params.value().map(Secret::new))));
        on(router, Methods.LIST_TOOLS, ServerParams.class, (params, cancel) -> lists(params, CatalogKind.TOOLS));
        on(
                router,
                Methods.LIST_RESOURCES,
                ServerParams.class,
                (params, cancel) -> lists(params, CatalogKind.RESOURCES, CatalogKind.RESOURCE_TEMPLATES));
        on(router, Methods.LIST_PROMPTS, ServerParams.class, (params, cancel) -> lists(params, CatalogKind.PROMPTS));
        on(router, Methods.LOGS, LogsParams.class, (params, cancel) -> logs(params));
        on(
                router,
                Methods.ACCESS_TOKEN,
                ServerParams.class,
                (params, cancel) -> token(value(hub.accessToken(name(params.server())))));
        passThrough.register(this, router);
    }

    /** Binds a method: the parameters are read on the loop, so that a mistake is answered; the work is a worker's. */
    <P> void on(MethodRouter router, String method, Class<P> type, BiFunction<P, Cancellation, Object> work) {
        router.onRequest(method, params -> {
            // Left-out parameters are read as an empty object: for methods without required members that is the same.
            JsonElement json = params.json().isJsonNull() ? new JsonObject() : params.json();
            P read = gson.fromJson(json, type);
            CompletableFuture<Object> answer = workers.start(cancellation -> work.apply(read, cancellation));
            return answer;
        });
    }

    static <T> T value(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Success<T>(T result) -> result;
            case Outcome.Failed<T>(Failure failure) -> throw FailureErrors.of(failure);
        };
    }

    /** A name that cannot be one is simply unknown, and an error like any other unknown name. */
    static ServerName name(String name) {
        if (name.isBlank()) {
            throw Params.invalid("server must name a server");
        }
        return new ServerName(name);
    }

    private static EmptyResult done(Outcome<Outcome.Done> outcome) {
        value(outcome);
        return new EmptyResult();
    }

    private Object authenticate(AuthenticateParams params) {
        SignInMethod method = params.method()
                .map(wanted -> switch (wanted) {
                    case BROWSER -> SignInMethod.BROWSER;
                    case DEVICE_CODE -> SignInMethod.DEVICE_CODE;
                })
                .orElse(SignInMethod.BROWSER);
        ServerName server = name(params.server());
        return WireValues.flow(value(hub.authenticate(server, method, browser.to(server))));
    }

    private RawJson lists(ServerParams params, CatalogKind... kinds) {
        StringBuilder result = new StringBuilder("{");
        for (CatalogKind kind : kinds) {
            RawJson items = value(hub.catalog(name(params.server()), kind));
            result.append(result.length() > 1 ? "," : "")
                    .append('"')
                    .append(kind.member())
                    .append("\":")
                    .append(items.text());
        }
        return RawJson.of(result.append('}').toString());
    }

    private LogsResult logs(LogsParams params) {
        int limit = Math.min(params.limit().orElse(DEFAULT_LOG_LINES), MAX_LOG_LINES);
        return new LogsResult(hub.logs(params.server().map(McpEndpoint::name), limit).stream()
                .map(WireValues::entry)
                .toList());
    }

    private static AccessTokenResult token(AccessTokenView token) {
        return new AccessTokenResult(token.value(), token.expiresAt());
    }

    private static URI address(String pasted) {
        try {
            return new URI(pasted.strip());
        } catch (URISyntaxException e) {
            // The text is not repeated: it may hold an authorization code.
            throw Params.invalid("callbackUrl must be the address the browser was sent to");
        }
    }
}
