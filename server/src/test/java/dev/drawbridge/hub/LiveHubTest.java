package dev.drawbridge.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drawbridge.config.CacheFolder;
import dev.drawbridge.config.ConfigLocations;
import dev.drawbridge.config.ShellCommandRunner;
import dev.drawbridge.mcp.Connector;
import dev.drawbridge.mcp.ScriptedServer;
import dev.drawbridge.mcp.json.RawJson;
import dev.drawbridge.oauth.Secret;
import dev.drawbridge.oauth.token.MemoryTokenStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The hub with real files and real connections to servers whose answers the test writes. */
final class LiveHubTest {
    private static final String INITIALIZED = "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{\"tools\":{}},"
            + "\"serverInfo\":{\"name\":\"scripted\",\"version\":\"1\"}}";
    private static final ServerName ONE = new ServerName("one");
    private static final ServerName TWO = new ServerName("two");

    @TempDir
    Path folder;

    private final List<AutoCloseable> open = new ArrayList<>();
    private Path userFile;
    private Path workspace;
    private LiveHub hub;

    @BeforeEach
    void start() throws IOException {
        userFile = folder.resolve("config/mcp.json");
        workspace = Files.createDirectories(folder.resolve("workspace"));
        Files.createDirectories(userFile.getParent());
        hub = LiveHub.create(
                new Connector(),
                new MemoryTokenStore(),
                ConfigLocations.of(
                        dev.drawbridge.config.OperatingSystem.LINUX,
                        Map.of(ConfigLocations.OVERRIDE, userFile.toString()),
                        folder),
                folder.resolve("state"),
                Optional.of(new CacheFolder(folder.resolve("cache"))),
                folder,
                new ShellCommandRunner(),
                InstantSource.system());
    }

    @AfterEach
    void stop() throws Exception {
        hub.close();
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    @Test
    void twoSessionsShareOneConnection() throws IOException {
        ScriptedServer server = serving("[{\"name\":\"echo\"}]");
        configure("\"one\": {\"url\": \"" + server.url() + "\"}");
        RecordingListener first = new RecordingListener();
        RecordingListener second = new RecordingListener();
        HubSession a = attach(first, List.of());
        first.awaitState(ONE, state -> state instanceof ServerState.Connected);
        HubSession b = attach(second, List.of());
        second.awaitState(ONE, state -> state instanceof ServerState.Connected);
        assertEquals("[{\"name\":\"echo\"}]", text(a.catalog(ONE, CatalogKind.TOOLS)));
        assertEquals("[{\"name\":\"echo\"}]", text(b.catalog(ONE, CatalogKind.TOOLS)));
        assertEquals(1, server.asks("POST initialize").size(), server.transcript());
    }

    /** A one-shot client may ask before the files have been read. */
    @Test
    void aRequestRightAfterAttachingWaitsForTheServer() throws IOException {
        ScriptedServer server = serving("[{\"name\":\"echo\"}]");
        configure("\"one\": {\"url\": \"" + server.url() + "\"}");
        HubSession session = attach(new RecordingListener(), List.of());
        assertEquals(
                List.of(ONE), session.servers().stream().map(ServerView::name).toList());
        CallResult result = session.call(ONE, "tools/call", RawJson.of("{\"name\":\"echo\"}"), CallOptions.plain());
        assertEquals(new CallResult.Answered(RawJson.of("{\"content\":[]}")), result, server.transcript());
        Outcome<RawJson> unknown = session.catalog(TWO, CatalogKind.TOOLS);
        assertEquals("hub.unknownServer", failure(unknown).code());
    }

    @Test
    void aServerThatComesBackIsConnectedAgain() throws IOException {
        AtomicBoolean up = new AtomicBoolean();
        ScriptedServer server = serve(ask -> {
            if (up.get()) {
                answer(ask, "[]");
            } else {
                ask.status(503);
            }
        });
        configure("\"one\": {\"url\": \"" + server.url() + "\"}");
        RecordingListener listener = new RecordingListener();
        attach(listener, List.of());
        ServerState.Retrying retrying = assertInstanceOf(
                ServerState.Retrying.class, listener.awaitState(ONE, state -> state instanceof ServerState.Retrying));
        assertFalse(retrying.failure().action().isBlank());
        up.set(true);
        listener.awaitState(ONE, state -> state instanceof ServerState.Connected);
    }

    /** Nothing is called and no stream is open, so only the pings can tell. */
    @Test
    void aServerThatDiesUnusedIsNoticedByItsPings() throws IOException {
        ScriptedServer server = serving("[]");
        configure("\"one\": {\"url\": \"" + server.url() + "\", \"pingInterval\": \"1s\"}");
        RecordingListener listener = new RecordingListener();
        attach(listener, List.of());
        listener.awaitState(ONE, state -> state instanceof ServerState.Connected);
        server.await("POST ping", 1);
        server.close();
        ServerState.Retrying retrying = assertInstanceOf(
                ServerState.Retrying.class, listener.awaitState(ONE, state -> state instanceof ServerState.Retrying));
        assertEquals("mcp.unreachable", retrying.failure().code());
    }

    @Test
    void theFilesTimeLimitsHoldForCalls() throws IOException {
        ScriptedServer server = serve(ask -> {
            if (ask.method().equals("tools/call")) {
                ask.pause(Duration.ofSeconds(20));
            } else {
                answer(ask, "[]");
            }
        });
        configure("\"one\": {\"url\": \"" + server.url() + "\", \"headersTimeout\": \"700ms\"}");
        HubSession session = attach(new RecordingListener(), List.of());
        CallResult result = session.call(ONE, "tools/call", RawJson.of("{\"name\":\"slow\"}"), CallOptions.plain());
        Failure failure = assertInstanceOf(CallResult.NotAnswered.class, result).failure();
        assertEquals("mcp.timeout", failure.code());
        assertTrue(failure.message().contains("700 ms"), failure::message);
    }

    @Test
    void aChangedFileTouchesOnlyTheServersThatChanged() throws IOException {
        ScriptedServer steady = serving("[]");
        ScriptedServer changing = serving("[]");
        configure("\"one\": {\"url\": \"" + steady.url() + "\"}, \"two\": {\"url\": \"" + changing.url() + "\"}");
        RecordingListener listener = new RecordingListener();
        attach(listener, List.of());
        listener.awaitState(ONE, state -> state instanceof ServerState.Connected);
        listener.awaitState(TWO, state -> state instanceof ServerState.Connected);
        configure("\"one\": {\"url\": \"" + steady.url() + "\"}, \"two\": {\"url\": \"" + changing.url()
                + "\", \"headers\": {\"X-New\": \"1\"}}");
        changing.await("POST initialize", 2);
        listener.awaitState(TWO, state -> state instanceof ServerState.Connected);
        assertEquals(1, steady.asks("POST initialize").size(), steady.transcript());
    }

    /** The connection arrives at an instance that has ended; nobody else could close it. */
    @Test
    void aServerThatIsRemovedWhileItIsConnectedToIsLeft() throws IOException {
        CountDownLatch removed = new CountDownLatch(1);
        ScriptedServer server = serve(ask -> {
            if (ask.title().equals("POST notifications/initialized")) {
                removed.await();
            }
            if (ask.method().equals("initialize")) {
                ask.responseHeader("Mcp-Session-Id", "s1");
            }
            answer(ask, "[]");
        });
        ScriptedServer other = serving("[]");
        configure("\"one\": {\"url\": \"" + server.url() + "\"}");
        RecordingListener listener = new RecordingListener();
        attach(listener, List.of());
        server.await("POST notifications/initialized", 1);
        configure("\"two\": {\"url\": \"" + other.url() + "\"}");
        listener.awaitState(TWO, state -> state instanceof ServerState.Connected);
        removed.countDown();
        assertEquals("s1", server.await("DELETE", 1).header("Mcp-Session-Id"));
    }

    @Test
    void aBrokenFileIsReportedAndTheLastGoodOneStays() throws IOException {
        ScriptedServer server = serving("[]");
        configure("\"one\": {\"url\": \"" + server.url() + "\"}");
        RecordingListener listener = new RecordingListener();
        HubSession session = attach(listener, List.of());
        listener.awaitState(ONE, state -> state instanceof ServerState.Connected);
        Files.writeString(userFile, "{\n  \"servers\": {\n    \"one\": {\"url\": }\n  }\n}\n");
        listener.await("problems", 1);
        assertTrue(listener.conversation().contains("startLine=2"), listener.conversation());
        assertInstanceOf(
                ServerState.Connected.class, session.servers().getFirst().state());
        assertEquals(1, server.asks("POST initialize").size(), server.transcript());
    }

    @Test
    void aWorkspaceServerStartsOnlyAfterExactlyItsDefinitionWasApproved() throws IOException {
        ScriptedServer server = serving("[]");
        Path file = Files.createDirectories(workspace.resolve(".drawbridge")).resolve("mcp.json");
        Files.writeString(file, "{\"servers\": {\"one\": {\"url\": \"" + server.url() + "\"}}}");
        RecordingListener listener = new RecordingListener();
        HubSession session = attach(listener, List.of(workspace));
        ServerState.Untrusted untrusted = assertInstanceOf(
                ServerState.Untrusted.class, listener.awaitState(ONE, state -> state instanceof ServerState.Untrusted));
        assertEquals("hub.untrusted", failure(session.connect(ONE)).code());
        assertEquals(
                "hub.definitionChanged",
                failure(session.approve(ONE, "another")).code());
        assertEquals(List.of(), server.asks(), "nothing was sent before the approval: " + server.transcript());

        assertInstanceOf(Outcome.Success.class, session.approve(ONE, untrusted.definitionDigest()));
        listener.awaitState(ONE, state -> state instanceof ServerState.Connected);

        Files.writeString(
                file, "{\"servers\": {\"one\": {\"url\": \"" + server.url() + "\", \"headers\": {\"X\": \"y\"}}}}");
        listener.awaitState(ONE, state -> state instanceof ServerState.Untrusted);
    }

    @Test
    void aServerThatWaitsForASecretStartsWhenItIsKept() throws IOException {
        ScriptedServer server = serving("[]");
        configure("\"one\": {\"url\": \"" + server.url() + "\", \"headers\": {\"X-Key\": \"${keyring:key}\"}}");
        RecordingListener listener = new RecordingListener();
        HubSession session = attach(listener, List.of());
        ServerState.Failed failed = assertInstanceOf(
                ServerState.Failed.class, listener.awaitState(ONE, state -> state instanceof ServerState.Failed));
        assertTrue(failed.failure().message().contains("key"), failed.toString());
        session.storeSecret(new SecretName.Keyring("key"), Optional.of(new Secret("not-a-real-one")));
        listener.awaitState(ONE, state -> state instanceof ServerState.Connected);
        assertEquals("not-a-real-one", server.asks("POST initialize").getFirst().header("X-Key"));
        session.storeSecret(new SecretName.Keyring("key"), Optional.empty());
        listener.awaitState(ONE, state -> state instanceof ServerState.Failed);
    }

    @Test
    void aServerThatRefusesSaysWhatASignInWouldAskFor() throws IOException {
        ScriptedServer server = serve(ask -> ask.responseHeader("WWW-Authenticate", "Bearer scope=\"read write\"")
                .status(401));
        configure("\"one\": {\"url\": \"" + server.url() + "\"}");
        RecordingListener listener = new RecordingListener();
        HubSession session = attach(listener, List.of());
        listener.await("authRequired", 1);
        ServerState.AuthRequired needed = assertInstanceOf(
                ServerState.AuthRequired.class, session.servers().getFirst().state());
        assertEquals(Set.of("read", "write"), needed.reason().scopes());
        assertEquals("auth.signInNeeded", failure(session.accessToken(ONE)).code());
    }

    /** A workspace cannot stand in for a server the user trusts. */
    @Test
    void theUsersOwnServerKeepsItsName() throws IOException {
        ScriptedServer own = serving("[]");
        configure("\"one\": {\"url\": \"" + own.url() + "\"}");
        Files.writeString(workspace.resolve(".mcp.json"), "{\"mcpServers\": {\"one\": {\"command\": \"evil\"}}}");
        RecordingListener listener = new RecordingListener();
        attach(listener, List.of(workspace));
        listener.awaitState(ONE, state -> state instanceof ServerState.Connected);
        listener.awaitState(new ServerName("one@workspace"), state -> state instanceof ServerState.Untrusted);
    }

    @Test
    void disabledServersAndToolsStayAway() throws IOException {
        ScriptedServer server = serving("[{\"name\":\"good\"},{\"name\":\"bad\"}]");
        configure("\"one\": {\"url\": \"" + server.url() + "\", \"disabledTools\": [\"bad\"]}, \"two\": {\"url\": \""
                + server.url() + "\", \"disabled\": true}");
        HubSession session = attach(new RecordingListener(), List.of());
        assertEquals("[{\"name\":\"good\"}]", text(session.catalog(ONE, CatalogKind.TOOLS)));
        CallResult refused = session.call(ONE, "tools/call", RawJson.of("{\"name\":\"bad\"}"), CallOptions.plain());
        assertEquals(
                "hub.toolDisabled",
                assertInstanceOf(CallResult.NotAnswered.class, refused)
                        .failure()
                        .code());
        assertEquals(
                "hub.disabled", failure(session.catalog(TWO, CatalogKind.TOOLS)).code());
        assertInstanceOf(Outcome.Success.class, session.setEnabled(TWO, true));
        assertEquals("[{\"name\":\"good\"},{\"name\":\"bad\"}]", text(session.catalog(TWO, CatalogKind.TOOLS)));
        assertEquals(0, server.asks("POST tools/call").size(), server.transcript());
    }

    /** A header from a command is fetched again, once, when the server refuses it; OAuth is never tried. */
    @Test
    void aRefusedDynamicHeaderIsFetchedAgain() throws IOException {
        Path counter = folder.resolve("counter");
        ScriptedServer server = serve(ask -> {
            if (ask.header("Authorization").equals("Bearer 1")) {
                ask.responseHeader("WWW-Authenticate", "Bearer error=\"invalid_token\"")
                        .status(401);
            } else {
                answer(ask, "[]");
            }
        });
        configure("\"one\": {\"url\": \"" + server.url() + "\", \"headers\": {\"Authorization\": "
                + "\"Bearer ${cmd:echo x >> '" + counter + "'; wc -l < '" + counter + "' | tr -d ' '}\"}}");
        RecordingListener listener = new RecordingListener();
        HubSession session = attach(listener, List.of());
        listener.awaitState(ONE, state -> state instanceof ServerState.Connected);
        assertEquals("2", Files.readString(counter).lines().count() + "", server.transcript());
        assertEquals(
                "auth.notUsed",
                failure(session.authenticate(ONE, HubSession.SignInMethod.BROWSER))
                        .code());
        assertEquals(0, listener.count("authRequired"), listener.conversation());
    }

    /** The hub closes the connection when one call finds the sign-in void; the others should not wonder why. */
    @Test
    void aCallThatEndsBecauseAnotherFoundTheSignInVoidSaysTheSame() throws Exception {
        CountDownLatch finished = new CountDownLatch(1);
        open.add(finished::countDown);
        ScriptedServer server = serve(ask -> {
            if (ask.body().contains("slow")) {
                finished.await();
            } else if (ask.body().contains("refused")) {
                ask.responseHeader("WWW-Authenticate", "Bearer").status(401);
            } else {
                answer(ask, "[]");
            }
        });
        configure("\"one\": {\"url\": \"" + server.url() + "\"}");
        RecordingListener listener = new RecordingListener();
        HubSession session = attach(listener, List.of());
        listener.awaitState(ONE, state -> state instanceof ServerState.Connected);
        FutureTask<CallResult> slow = new FutureTask<>(() -> call(session, "slow"));
        Thread.ofVirtual().start(slow);
        server.await("POST tools/call", 1);
        CallResult refused = call(session, "refused");
        assertEquals(refused, slow.get(10, TimeUnit.SECONDS), server.transcript());
        assertTrue(
                refused instanceof CallResult.NotAnswered(Failure failure)
                        && failure.equals(Remedies.signInNeeded(ONE)),
                refused::toString);
    }

    private static CallResult call(HubSession session, String tool) {
        return session.call(ONE, "tools/call", RawJson.of("{\"name\":\"" + tool + "\"}"), CallOptions.plain());
    }

    private void configure(String servers) throws IOException {
        Files.writeString(userFile, "{\"servers\": {" + servers + "}}");
    }

    private HubSession attach(RecordingListener listener, List<Path> folders) {
        return hub.attach(new SessionContext("test", Map.of("PATH", System.getenv("PATH")), folders), listener);
    }

    private ScriptedServer serving(String tools) {
        return serve(ask -> answer(ask, tools));
    }

    private ScriptedServer serve(ScriptedServer.Script script) {
        ScriptedServer server = new ScriptedServer(script);
        open.add(server);
        return server;
    }

    /** A server of the initialize family with the given tools. */
    private static void answer(ScriptedServer.Ask ask, String tools) throws IOException {
        switch (ask.method()) {
            case "server/discover" -> ask.send(400, "text/plain", "Bad Request");
            case "initialize" -> ask.result(INITIALIZED);
            case "tools/list" -> ask.result("{\"tools\":" + tools + "}");
            case "tools/call" -> ask.result("{\"content\":[]}");
            case "" -> ask.status(405);
            default -> ask.status(202);
        }
    }

    private static String text(Outcome<RawJson> outcome) {
        return switch (outcome) {
            case Outcome.Success<RawJson>(RawJson value) -> value.text();
            case Outcome.Failed<RawJson>(Failure failure) -> throw new AssertionError(failure);
        };
    }

    private static <T> Failure failure(Outcome<T> outcome) {
        if (outcome instanceof Outcome.Failed<T>(Failure failure)) {
            return failure;
        }
        throw new AssertionError("not failed: " + outcome);
    }
}
