package dev.drawbridge.lsp;

import dev.drawbridge.hub.AccessTokenView;
import dev.drawbridge.hub.CallOptions;
import dev.drawbridge.hub.CallResult;
import dev.drawbridge.hub.CatalogKind;
import dev.drawbridge.hub.Failure;
import dev.drawbridge.hub.FlowId;
import dev.drawbridge.hub.HostSession;
import dev.drawbridge.hub.HostTarget;
import dev.drawbridge.hub.Hub;
import dev.drawbridge.hub.HubSession;
import dev.drawbridge.hub.LogEntry;
import dev.drawbridge.hub.Outcome;
import dev.drawbridge.hub.SecretName;
import dev.drawbridge.hub.ServerName;
import dev.drawbridge.hub.ServerView;
import dev.drawbridge.hub.SessionContext;
import dev.drawbridge.hub.SessionListener;
import dev.drawbridge.hub.SignInFlow;
import dev.drawbridge.mcp.json.RawJson;
import dev.drawbridge.oauth.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** A hub that does what a test tells it, for faults and states that a real one cannot be brought to at will. */
final class ScriptedHub implements Hub, HubSession {
    static final URI LISTENER = URI.create("http://127.0.0.1:48801/callback");
    static final Instant SOON = Instant.parse("2026-11-23T18:04:05Z");

    /** What the session asked of the hub, in order, such as {@code authenticate github BROWSER}. */
    final List<String> asked = new ArrayList<>();

    volatile List<ServerView> servers = List.of();
    volatile CallResult callResult = new CallResult.Answered(RawJson.EMPTY_OBJECT);
    volatile Optional<Failure> failure = Optional.empty();

    /** While unfinished, a call waits for it or for its cancellation. */
    volatile CompletableFuture<Void> mayAnswer = CompletableFuture.completedFuture(null);

    private final CompletableFuture<SessionListener> listener = new CompletableFuture<>();
    private final CompletableFuture<SessionContext> context = new CompletableFuture<>();
    private final CompletableFuture<CallOptions> callOptions = new CompletableFuture<>();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();

    static Failure someFailure() {
        return new Failure(
                "oauth.issuerMismatch", "The issuer does not match.", "Tell the server's operator.", Optional.empty());
    }

    SessionListener listener() throws Exception {
        return listener.get(10, TimeUnit.SECONDS);
    }

    SessionContext context() throws Exception {
        return context.get(10, TimeUnit.SECONDS);
    }

    CallOptions callOptions() throws Exception {
        return callOptions.get(10, TimeUnit.SECONDS);
    }

    void awaitClosed() throws Exception {
        closed.get(10, TimeUnit.SECONDS);
    }

    /** Changes the servers and tells the session, as a hub does. */
    void becomes(ServerView... now) throws Exception {
        servers = List.of(now);
        listener().onStatusChanged(servers);
    }

    synchronized List<String> asked() {
        return List.copyOf(asked);
    }

    @Override
    public HostSession attachHost(SessionContext host, HostTarget target, SessionListener ears) {
        throw new AssertionError("an editor attaches no host");
    }

    @Override
    public HubSession attach(SessionContext context, SessionListener listener) {
        this.context.complete(context);
        this.listener.complete(listener);
        return this;
    }

    @Override
    public List<ServerView> servers() {
        return servers;
    }

    @Override
    public Outcome<SignInFlow> authenticate(ServerName server, SignInMethod method, UnaryOperator<URI> elsewhere) {
        URI seen = elsewhere.apply(LISTENER);
        String by = seen.equals(LISTENER) ? "" : " by " + seen;
        return answer("authenticate " + server + " " + method + by, flow(server));
    }

    static SignInFlow flow(ServerName server) {
        return new SignInFlow(
                new FlowId("flow-" + server),
                server,
                URI.create("https://idp.example/authorize?client_id=" + server),
                SOON,
                Optional.empty());
    }

    @Override
    public Outcome<Outcome.Done> completeAuthentication(FlowId flow, URI callbackUrl) {
        return answer("completeAuthentication " + flow + " " + callbackUrl, new Outcome.Done());
    }

    @Override
    public Outcome<Outcome.Done> cancelAuthentication(FlowId flow) {
        return answer("cancelAuthentication " + flow, new Outcome.Done());
    }

    @Override
    public Outcome<Boolean> signOut(ServerName server) {
        return answer("signOut " + server, true);
    }

    @Override
    public Outcome<Outcome.Done> connect(ServerName server) {
        return answer("connect " + server, new Outcome.Done());
    }

    @Override
    public Outcome<Outcome.Done> disconnect(ServerName server) {
        return answer("disconnect " + server, new Outcome.Done());
    }

    @Override
    public Outcome<Outcome.Done> setEnabled(ServerName server, boolean enabled) {
        return answer("setEnabled " + server + " " + enabled, new Outcome.Done());
    }

    @Override
    public Outcome<Outcome.Done> approve(ServerName server, String definitionDigest) {
        return answer("approve " + server + " " + definitionDigest, new Outcome.Done());
    }

    @Override
    public Outcome<Outcome.Done> addServer(ServerName server, RawJson definition, boolean toWorkspace) {
        return answer("addServer " + server + " " + definition.text() + " " + toWorkspace, new Outcome.Done());
    }

    @Override
    public Outcome<Outcome.Done> storeSecret(SecretName secret, Optional<Secret> value) {
        return answer("storeSecret " + secret + (value.isPresent() ? " kept" : " forgotten"), new Outcome.Done());
    }

    @Override
    public Outcome<Outcome.Done> removeServer(ServerName server) {
        return answer("removeServer " + server, new Outcome.Done());
    }

    @Override
    public Outcome<RawJson> catalog(ServerName server, CatalogKind kind) {
        return answer(
                "catalog " + server + " " + kind, RawJson.of("[{\"name\":\"" + kind.member() + "-1\",\"size\":1e2}]"));
    }

    @Override
    public CallResult call(ServerName server, String method, RawJson params, CallOptions options) {
        note("call " + server + " " + method + " " + params.text());
        CompletableFuture<CallResult> answer = mayAnswer.thenApply(nothing -> callResult);
        options.cancellation().onCancel(() -> answer.complete(new CallResult.Cancelled()));
        callOptions.complete(options);
        CallResult result = answer.join();
        note("call ended " + result.getClass().getSimpleName());
        return result;
    }

    @Override
    public List<LogEntry> logs(Optional<ServerName> server, int limit) {
        note("logs " + server.map(ServerName::value).orElse("all") + " " + limit);
        return List.of(new LogEntry(SOON, server, "notice", "hello"));
    }

    @Override
    public void foldersChanged(List<Path> folders) {
        note("foldersChanged " + folders);
    }

    @Override
    public Outcome<AccessTokenView> accessToken(ServerName server) {
        return answer("accessToken " + server, new AccessTokenView("secret-token", Optional.of(SOON)));
    }

    @Override
    public boolean signInsRunning() {
        return false;
    }

    @Override
    public void close() {
        closed.complete(null);
    }

    private <T> Outcome<T> answer(String question, T success) {
        note(question);
        return failure.<Outcome<T>>map(Outcome::failed).orElseGet(() -> Outcome.success(success));
    }

    private synchronized void note(String question) {
        asked.add(question);
        notifyAll();
    }

    /** Waits until the session has asked this. */
    synchronized void awaitAsked(String question, WireEditor editor) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!asked.contains(question)) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                throw new AssertionError(
                        "the hub was not asked to " + question + ", but " + asked + "\n" + editor.conversation());
            }
            wait(left / 1_000_000 + 1);
        }
    }
}
