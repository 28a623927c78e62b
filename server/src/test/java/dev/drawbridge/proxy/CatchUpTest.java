package dev.drawbridge.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.drawbridge.hub.LiveHub;
import dev.drawbridge.mcp.ScriptedServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A host is told to look again once for each change of what it would see, and for each. */
final class CatchUpTest {
    private static final String CHANGED = "notifications/tools/list_changed";
    private static final Duration SILENCE = Duration.ofMillis(500);
    private static final String ONE = "[{\"name\":\"echo\",\"inputSchema\":{\"type\":\"object\"}}]";
    private static final String TWO = ONE.replace("]", ",{\"name\":\"more\",\"inputSchema\":{\"type\":\"object\"}}]");

    private final AtomicBoolean up = new AtomicBoolean();
    private final CountDownLatch resources = new CountDownLatch(1);
    private final CountDownLatch growth = new CountDownLatch(1);
    private volatile String tools = ONE;

    @TempDir
    Path folder;

    /** The resources are still being read when the tools are there, so that the end of the reading comes as news of its own. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aServerThatIsBackIsToldOnceAndALaterChangeToo(boolean looksAtOnce) throws Exception {
        try (ScriptedServer server = new ScriptedServer(this::answer);
                LiveHub hub = TestHub.in(folder);
                HostAtFace host = HostAtFace.of(hub, server)) {
            host.initialize("2025-11-25", "{}");
            assertEquals("{\"tools\":[]}", host.result("tools/list", "{}").toString());
            up.set(true);
            host.hear(CHANGED);
            if (looksAtOnce) {
                assertEquals(listing(ONE), host.result("tools/list", "{}").toString());
            }
            resources.countDown();
            host.hear("notifications/resources/list_changed");
            host.hearNothing(SILENCE);
            tools = TWO;
            growth.countDown();
            host.hear(CHANGED);
            assertEquals(listing(TWO), host.result("tools/list", "{}").toString());
            host.hearNothing(SILENCE);
        }
    }

    /** The list it was told is not the server's, which says nothing about what its own session lists. */
    @Test
    void aCallBeforeTheHostHasLookedAgainTellsItNothingMore() throws Exception {
        try (ScriptedServer server = new ScriptedServer(this::answer);
                LiveHub hub = TestHub.in(folder);
                HostAtFace host = HostAtFace.of(hub, server)) {
            resources.countDown();
            host.initialize("2025-11-25", "{}");
            host.result("tools/list", "{}");
            up.set(true);
            host.hear("notifications/resources/list_changed");
            host.result("tools/call", "{\"name\":\"echo\",\"arguments\":{}}");
            server.await("POST tools/list", 2);
            host.hearNothing(SILENCE);
            tools = TWO;
            growth.countDown();
            host.hear(CHANGED);
        }
    }

    /** A server of the stateless era may show others other lists, of which only the shared connection hears that they change. */
    @Test
    void aListThatIsSaidToHaveChangedIsToldOfEachTimeAlthoughDrawbridgeSeesTheSame() throws Exception {
        Semaphore changes = new Semaphore(0);
        try (ScriptedServer server = new ScriptedServer(ask -> {
                    switch (ask.method()) {
                        case "server/discover" ->
                            ask.result("{\"resultType\":\"complete\",\"supportedVersions\":[\"2026-07-28\"],"
                                    + "\"capabilities\":{\"tools\":{\"listChanged\":true}}}");
                        case "tools/list" -> ask.result("{\"resultType\":\"complete\",\"tools\":" + ONE + "}");
                        case "tools/call" -> ask.result("{\"resultType\":\"complete\",\"content\":[]}");
                        case "subscriptions/listen" -> {
                            String mark = "\"_meta\":{\"io.modelcontextprotocol/subscriptionId\":" + ask.id() + "}";
                            ask.message("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/subscriptions/acknowledged\","
                                    + "\"params\":{\"notifications\":{\"toolsListChanged\":true}," + mark + "}}");
                            while (true) {
                                changes.acquire();
                                ask.message("{\"jsonrpc\":\"2.0\",\"method\":\"" + CHANGED + "\",\"params\":{" + mark
                                        + "}}");
                            }
                        }
                        default -> ask.status(202);
                    }
                });
                LiveHub hub = TestHub.in(folder);
                HostAtFace host = HostAtFace.of(hub, server)) {
            host.initialize("2025-11-25", "{}");
            host.result("tools/call", "{\"name\":\"echo\"}");
            for (int i = 0; i < 3; i++) {
                changes.release();
                host.hear(CHANGED);
                host.hearNothing(SILENCE);
            }
        }
    }

    private static String listing(String tools) {
        return "{\"tools\":" + tools + "}";
    }

    private void answer(ScriptedServer.Ask ask) throws IOException, InterruptedException {
        if (!up.get()) {
            ask.status(503);
            return;
        }
        switch (ask.title()) {
            case "POST server/discover" -> ask.status(400);
            case "POST initialize" ->
                ask.result("{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{\"tools\":{\"listChanged\":true},"
                        + "\"resources\":{\"listChanged\":true}},\"serverInfo\":{\"name\":\"s\",\"version\":\"1\"}}");
            case "POST tools/list" -> ask.result("{\"tools\":" + tools + "}");
            case "POST resources/list" -> {
                resources.await();
                ask.result("{\"resources\":[{\"uri\":\"a://b\",\"name\":\"b\"}]}");
            }
            case "POST resources/templates/list" -> ask.result("{\"resourceTemplates\":[]}");
            case "POST tools/call" -> ask.result("{\"content\":[]}");
            case "GET" -> {
                ask.event(": open");
                growth.await();
                ask.message("{\"jsonrpc\":\"2.0\",\"method\":\"" + CHANGED + "\"}")
                        .hold();
            }
            default -> ask.status(202);
        }
    }
}
