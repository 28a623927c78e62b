package dev.drawbridge.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import dev.drawbridge.hub.HubSession;
import dev.drawbridge.hub.LiveHub;
import dev.drawbridge.hub.Outcome;
import dev.drawbridge.hub.ServerName;
import dev.drawbridge.hub.SessionContext;
import dev.drawbridge.mcp.ScriptedServer;
import dev.drawbridge.mcp.ScriptedServer.Ask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a host sees of a server that an earlier daemon knew, before this one has heard from it. */
final class RestartedDaemonTest {
    private static final String CAPABILITIES = "{\"tools\":{\"listChanged\":true},\"x-own\":1e2}";
    private static final String TOOLS = "[{\"name\":\"echo\",\"x\":1e2}]";
    private static final String OTHER_TOOLS = "[{\"name\":\"echo\",\"x\":1e3}]";

    @TempDir
    Path folder;

    private final List<LiveHub> hubs = new ArrayList<>();
    private final List<AutoCloseable> open = new ArrayList<>();
    private volatile Mood mood = Mood.WELL;
    private volatile String tools = TOOLS;
    private final CountDownLatch awake = new CountDownLatch(1);

    /** How the server does. */
    private enum Mood {
        WELL,
        DOWN,
        ASLEEP,
        SIGN_IN_WANTED,
        MODERN,
        ODD
    }

    @AfterEach
    void stop() throws Exception {
        awake.countDown();
        hubs.forEach(LiveHub::close);
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    private void answer(Ask ask) throws IOException, InterruptedException {
        switch (mood) {
            case WELL -> initializeFamily(ask);
            case DOWN -> ask.status(503);
            case ASLEEP -> {
                awake.await();
                initializeFamily(ask);
            }
            case SIGN_IN_WANTED ->
                ask.responseHeader("WWW-Authenticate", "Bearer").status(401);
            case MODERN -> stateless(ask);
            case ODD -> {
                if (ask.method().equals("initialize")) {
                    ask.status(500);
                } else {
                    stateless(ask);
                }
            }
        }
    }

    private void initializeFamily(Ask ask) throws IOException {
        switch (ask.method()) {
            case "initialize" ->
                ask.result("{\"protocolVersion\":\"2025-11-25\",\"capabilities\":" + CAPABILITIES
                        + ",\"serverInfo\":{\"name\":\"scripted\",\"version\":\"7\"},\"instructions\":\"Be kind.\"}");
            case "tools/list" -> ask.result("{\"tools\":" + tools + "}");
            case "tools/call" -> ask.result("{\"content\":[]}");
            case "server/discover" -> ask.error(400, -32601, "");
            default -> ask.status(ask.title().startsWith("GET") ? 405 : 202);
        }
    }

    private void stateless(Ask ask) throws IOException {
        switch (ask.method()) {
            case "server/discover" ->
                ask.result("{\"resultType\":\"complete\",\"supportedVersions\":[\"2026-07-28\"],\"capabilities\":"
                        + "{\"tools\":{}},\"ttlMs\":600000,\"cacheScope\":\"public\"}");
            case "tools/list" ->
                ask.result("{\"resultType\":\"complete\",\"tools\":" + tools
                        + ",\"ttlMs\":600000,\"cacheScope\":\"public\"}");
            case "tools/call" -> ask.result("{\"resultType\":\"complete\",\"content\":[]}");
            case "initialize" -> ask.error(400, -32601, "");
            default -> ask.status(405);
        }
    }

    // --- a server that is away -----------------------------------------------------------------------------------

    @Test
    void aServerThatIsDownIsSpokenForInItsOwnWords() throws Exception {
        ScriptedServer server = serverThatWasKnown();
        mood = Mood.DOWN;
        HostAtFace host = host(daemon(), server);
        JsonObject introduction = host.initialize("2025-06-18", "{}");
        assertEquals(CAPABILITIES, introduction.get("capabilities").toString());
        assertEquals(
                "{\"name\":\"scripted\",\"version\":\"7\"}",
                introduction.get("serverInfo").toString());
        assertEquals("Be kind.", introduction.get("instructions").getAsString());
        assertTools(TOOLS, host);
        JsonObject error = host.error("tools/call", "{\"name\":\"echo\"}");
        assertFalse(
                error.getAsJsonObject("data").get("action").getAsString().isBlank(), "it says what to do: " + error);

        mood = Mood.WELL;
        assertEquals(
                "{\"content\":[]}",
                host.result("tools/call", "{\"name\":\"echo\"}").toString());
    }

    @Test
    void whoGotTheListBeforeIsToldWhenItIsAnotherNow() throws Exception {
        ScriptedServer server = serverThatWasKnown();
        HostAtFace host = hostThatLooksWhileItIsDown(server);
        tools = OTHER_TOOLS;
        mood = Mood.WELL;
        host.hear("notifications/tools/list_changed");
        assertTools(OTHER_TOOLS, host);
    }

    @Test
    void whoGotTheListThatStillHoldsIsToldNothing() throws Exception {
        ScriptedServer server = serverThatWasKnown();
        HostAtFace host = hostThatLooksWhileItIsDown(server);
        mood = Mood.WELL;
        server.await("POST tools/list", 2);
        host.result("tools/call", "{\"name\":\"echo\"}");
        assertFalse(host.toString().contains("list_changed"), host::toString);
    }

    @Test
    void aServerThatIsSlowToComeKeepsNobodyWaitingForItsList() throws Exception {
        ScriptedServer server = serverThatWasKnown();
        mood = Mood.ASLEEP;
        int before = server.asks().size();
        HostAtFace host = host(daemon(), server);
        host.initialize("2025-11-25", "{}");
        long asked = System.nanoTime();
        assertTools(TOOLS, host);
        // A list that nobody knows is waited for, five seconds long.
        assertTrue(Duration.ofNanos(System.nanoTime() - asked).toSeconds() < 4, "it came at once");
        assertEquals(List.of(), answered(server, before), "nothing had come from the server");
        tools = OTHER_TOOLS;
        awake.countDown();
        host.hear("notifications/tools/list_changed");
        assertTools(OTHER_TOOLS, host);
    }

    @Test
    void allServersTogetherAreSpokenForToo() throws Exception {
        ScriptedServer server = serverThatWasKnown();
        configure("\"scripted\":{\"url\":\"" + server.url() + "\"}");
        mood = Mood.ASLEEP;
        HostAtFace host = HostAtFace.ofAll(daemon(), HostOptions.DEFAULT);
        open.add(host);
        host.initialize("2025-11-25", "{}");
        JsonObject listed = host.result("tools/list", "{}");
        assertTrue(listed.toString().contains("\"scripted__echo\""), listed::toString);
    }

    // --- sign-ins ------------------------------------------------------------------------------------------------

    @Test
    void whileASignInIsNeededTheToolsAreThoseLastKnown() throws Exception {
        ScriptedServer server = serverThatWasKnown();
        mood = Mood.SIGN_IN_WANTED;
        HostAtFace host = host(daemon(), server);
        assertEquals(
                CAPABILITIES,
                host.initialize("2025-11-25", "{}").get("capabilities").toString());
        assertTools(TOOLS, host);
        assertTrue(
                host.result("tools/call", "{\"name\":\"echo\"}").get("isError").getAsBoolean(), host::toString);
    }

    @Test
    void afterSigningOutNothingIsLeftOfWhatOnlyThatUserSaw() throws Exception {
        ScriptedServer server = serverThatWasKnown();
        configure("\"scripted\":{\"url\":\"" + server.url() + "\"}");
        LiveHub before = daemon();
        HubSession session = before.attach(new SessionContext("test", Map.of(), List.of()), new HubEar());
        HostAtFace host = HostAtFace.of(before, "scripted");
        open.add(host);
        host.initialize("2025-11-25", "{}");
        assertTools(TOOLS, host);
        mood = Mood.SIGN_IN_WANTED;
        assertInstanceOf(Outcome.Success.class, session.signOut(new ServerName("scripted")));
        assertEquals(List.of("authenticate"), names(host.result("tools/list", "{}")), host::toString);
        before.close();
        assertEquals(List.of(), kept());

        HostAtFace next = HostAtFace.of(daemon(), "scripted");
        open.add(next);
        assertFalse(next.initialize("2025-11-25", "{}").has("instructions"), next::toString);
        assertEquals(List.of("authenticate"), names(next.result("tools/list", "{}")), next::toString);
    }

    @Test
    void anotherAccountOrAnotherDefinitionInheritsNothing() throws Exception {
        ScriptedServer server = serverThatWasKnown();
        String url = "\"url\":\"" + server.url() + "\"";
        configure("\"same\":{" + url + "},\"account\":{" + url + ",\"oauth\":{\"account\":\"work\"}},\"definition\":{"
                + url + ",\"headers\":{\"X-Tenant\":\"2\"}}");
        mood = Mood.DOWN;
        LiveHub daemon = daemon();
        for (String name : List.of("same", "account", "definition")) {
            HostAtFace host = HostAtFace.of(daemon, name);
            open.add(host);
            host.initialize("2025-11-25", "{}");
            assertEquals(
                    name.equals("same") ? List.of("echo") : List.of(),
                    names(host.result("tools/list", "{}")),
                    name + "\n" + host);
        }
    }

    // --- the era -------------------------------------------------------------------------------------------------

    @Test
    void whatWasFoundOutIsNotAskedAgain() throws Exception {
        ScriptedServer server = serverThatWasKnown();
        int before = server.asks().size();
        HostAtFace host = host(daemon(), server);
        host.initialize("2025-11-25", "{}");
        host.result("tools/list", "{}");
        server.await("POST tools/list", 2);
        List<String> asked = server.asks().stream()
                .skip(before)
                .map(Ask::title)
                .filter(title -> title.startsWith("POST"))
                .toList();
        assertEquals(
                List.of("POST initialize", "POST notifications/initialized", "POST tools/list"),
                asked,
                server.transcript());
    }

    @Test
    void aServerThatHasMovedToTheOtherEraIsFoundThere() throws Exception {
        ScriptedServer server = serverThatWasKnown();
        mood = Mood.MODERN;
        HostAtFace host = host(daemon(), server);
        host.initialize("2025-11-25", "{}");
        assertEquals(
                "{\"content\":[]}",
                host.result("tools/call", "{\"name\":\"echo\"}").toString(),
                server::transcript);
    }

    @Test
    void aMemoryThatMisleadsIsNotFollowedTwice() throws Exception {
        ScriptedServer server = serverThatWasKnown();
        mood = Mood.ODD;
        HostAtFace host = host(daemon(), server);
        host.initialize("2025-11-25", "{}");
        server.await("POST server/discover", 2);
        assertEquals(
                "{\"content\":[]}",
                host.result("tools/call", "{\"name\":\"echo\"}").toString(),
                server::transcript);
    }

    /** How long the server said its list would hold counts from when it said so. */
    @Test
    void whatComesFromTheDiskIsNotCalledFresh() throws Exception {
        mood = Mood.MODERN;
        ScriptedServer server = serverThatWasKnown();
        mood = Mood.DOWN;
        HostAtFace host = host(daemon(), server);
        JsonObject listed = host.result("tools/list", "{" + HostAtFace.STATELESS + "}");
        assertEquals(List.of("echo"), names(listed), host::toString);
        assertEquals(0, listed.get("ttlMs").getAsLong());
        assertEquals("private", listed.get("cacheScope").getAsString());
    }

    // --- what the tests share ------------------------------------------------------------------------------------

    /** A server that a daemon knew, which has ended since. */
    private ScriptedServer serverThatWasKnown() throws Exception {
        ScriptedServer server = new ScriptedServer(this::answer);
        open.add(server);
        LiveHub daemon = daemon();
        HostAtFace host = host(daemon, server);
        host.initialize("2025-11-25", "{}");
        assertTools(TOOLS, host);
        for (int i = 0; kept().isEmpty() && i < 500; i++) {
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
        host.close();
        daemon.close();
        assertEquals(1, kept().size());
        return server;
    }

    private HostAtFace hostThatLooksWhileItIsDown(ScriptedServer server) throws Exception {
        mood = Mood.DOWN;
        HostAtFace host = host(daemon(), server);
        host.initialize("2025-11-25", "{}");
        assertTools(TOOLS, host);
        return host;
    }

    private static void assertTools(String expected, HostAtFace host) throws Exception {
        assertEquals(
                "{\"tools\":" + expected + "}", host.result("tools/list", "{}").toString(), host::toString);
    }

    private LiveHub daemon() {
        LiveHub hub = TestHub.in(folder);
        hubs.add(hub);
        return hub;
    }

    private HostAtFace host(LiveHub daemon, ScriptedServer server) throws IOException {
        HostAtFace host = HostAtFace.of(daemon, server);
        open.add(host);
        return host;
    }

    private void configure(String servers) throws IOException {
        Files.writeString(folder.resolve("mcp.json"), "{\"servers\":{" + servers + "}}");
    }

    /** The names of the files that are kept, finished ones alone. */
    private List<String> kept() throws IOException {
        Path cache = folder.resolve("cache");
        if (!Files.isDirectory(cache)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(cache)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith("."))
                    .toList();
        }
    }

    private static List<String> answered(ScriptedServer server, int from) {
        return server.asks().stream()
                .skip(from)
                .map(Ask::story)
                .filter(story -> story.contains("←"))
                .toList();
    }

    private static List<String> names(JsonObject listed) {
        return listed.getAsJsonArray("tools").asList().stream()
                .map(tool -> tool.getAsJsonObject().get("name").getAsString())
                .toList();
    }
}
