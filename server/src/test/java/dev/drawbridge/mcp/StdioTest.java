package dev.drawbridge.mcp;

import static dev.drawbridge.mcp.Connecting.call;
import static dev.drawbridge.mcp.Connecting.connected;
import static dev.drawbridge.mcp.Connecting.failure;
import static dev.drawbridge.mcp.Connecting.result;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drawbridge.mcp.json.RawJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Local servers, played by small shell scripts (requirements 78 to 83, 88). */
@DisabledOnOs(OS.WINDOWS)
final class StdioTest {
    private static final String LEGACY =
            "{\"protocolVersion\":\"2025-06-18\",\"capabilities\":{},\"serverInfo\":{\"name\":\"s\",\"version\":\"1\"}}";

    /** Reads lines, puts each one's id into $id, and lets the test's cases answer. */
    private static final String LOOP = """
        answer() { printf '{"jsonrpc":"2.0","id":%s,"result":%s}\\n' "$id" "$1"; }
        refuse() { printf '{"jsonrpc":"2.0","id":%s,"error":{"code":-32601,"message":"no"}}\\n' "$id"; }
        while read -r line; do
          printf '%s\\n' "$line" >> log
          rest=${line#*\\"id\\":}; id=${rest%%[,\\}]*}
          case "$line" in
          CASES
          esac
        done
        """;

    @TempDir
    Path folder;

    private final RecordingListener listener = new RecordingListener();
    private final Connecting connecting = new Connecting();

    @RegisterExtension
    final PrintOnFailure print = new PrintOnFailure(() -> String.join("\n", listener.heard()) + "\n" + log());

    @AfterEach
    void close() {
        connecting.close();
    }

    private String log() {
        try {
            return Files.exists(folder.resolve("log")) ? Files.readString(folder.resolve("log")) : "";
        } catch (IOException e) {
            throw new AssertionError("the script's log cannot be read", e);
        }
    }

    private Endpoint script(String text) {
        return new Endpoint.Stdio(
                List.of("sh", "-c", text), Map.of("PATH", "/usr/bin:/bin", "GREETING", "hello"), folder);
    }

    private Endpoint server(String... cases) {
        return script(LOOP.replace("CASES", String.join("\n", cases)));
    }

    private static final String INITIALIZE = "*'\"initialize\"'*) answer '" + LEGACY + "' ;;";
    private static final String NO_DISCOVER = "*server/discover*) refuse ;;";

    private long started() {
        return log().lines().filter(line -> line.equals("start")).count();
    }

    @Test
    void initializesALegacyServerAfterTheProbe() {
        Connection connection = connecting.connect(
                server(NO_DISCOVER, INITIALIZE, "*tools/list*) answer '{\"z\":1e2,\"a\":\"'$GREETING'\"}' ;;"),
                listener);
        assertEquals("2025-06-18", connection.negotiated().protocolVersion());
        assertEquals("{\"z\":1e2,\"a\":\"hello\"}", result(call(connection, "tools/list", "{\n\"cursor\":\r\n\"\"}")));
        assertTrue(log().contains("{\"cursor\":\"\"}") || log().contains("\"cursor\":  \"\""), "one line a message");
        assertTrue(log().contains("notifications/initialized"));
    }

    @Test
    void staysWithAModernServer() {
        Connection connection = connecting.connect(
                server(
                        "*server/discover*) answer '{\"supportedVersions\":[\"2026-07-28\"],\"capabilities\":{}}' ;;",
                        "*tools/call*) answer '{\"ok\":1}' ;;"),
                listener);
        assertEquals(Era.STATELESS, connection.negotiated().era());
        assertEquals("{\"ok\":1}", result(call(connection, "tools/call", "{\"name\":\"t\"}")));
        assertFalse(log().contains("initialize"));
        assertTrue(log().lines()
                .filter(line -> line.contains("tools/call"))
                .allMatch(line -> line.contains("\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\"")));
    }

    @Test
    void aServerThatKeepsSilentAboutTheProbeIsInitialized() {
        Connection connection = connecting.connect(server("*server/discover*) ;;", INITIALIZE), listener);
        assertEquals(Era.INITIALIZE, connection.negotiated().era());
    }

    @Test
    void aServerThatDiesOverTheProbeIsStartedAnewAndOnlyInitialized() {
        Endpoint endpoint =
                script("echo start >> log\n" + LOOP.replace("CASES", "*server/discover*) exit 3 ;;\n" + INITIALIZE));
        Connection connection = connecting.connect(endpoint, listener);
        assertEquals(Era.INITIALIZE, connection.negotiated().era());
        assertEquals(2, started());
        assertEquals(0, listener.count("closed"));
    }

    @Test
    void aRememberedVersionSavesTheProbe() {
        connected(connecting.attempt(
                server("*server/discover*) exit 3 ;;", INITIALIZE), RequestAuthorizer.NONE, listener, "2025-06-18"));
        assertFalse(log().contains("discover"));
    }

    @Test
    void aModernServerThatIsSlowToStartIsStillRecognised() {
        Endpoint endpoint = server(
                "*server/discover*) first=$id ;;",
                "*'\"initialize\"'*) refuse; id=$first; answer"
                        + " '{\"supportedVersions\":[\"2026-07-28\"],\"capabilities\":{}}' ;;");
        assertEquals(
                Era.STATELESS,
                connecting.connect(endpoint, listener).negotiated().era());
    }

    @Test
    void linesThatAreNoMessagesAreSkipped() {
        Connection connection = connecting.connect(
                server(
                        NO_DISCOVER,
                        INITIALIZE,
                        "*tools/list*) echo Loading model...; echo '{oops'; echo; answer '{}' ;;"),
                listener);
        assertEquals("{}", result(call(connection, "tools/list", "{}")));
        listener.await("remark skipped what is no JSON-RPC message (expected '{' at byte 0): Loading model...");
        listener.await("remark skipped what is no JSON-RPC message (expected '\"' at byte 1): {oops");
    }

    @Test
    void anExitIsNoticedAtOnceWithItsLastWords() {
        Connection connection = connecting.connect(
                server(NO_DISCOVER, INITIALIZE, "*tools/call*) echo 'no API key' >&2; exit 7 ;;"), listener);
        long began = System.nanoTime();
        McpFailure failure = failure(call(connection, "tools/call", "{}"));
        assertEquals("mcp.processExited", failure.code());
        assertTrue(failure.message().contains("exit code 7; its last words: no API key"), failure.message());
        assertTrue(System.nanoTime() - began < Duration.ofSeconds(3).toNanos());
        listener.await("closed mcp.processExited");
        listener.await("stderr no API key");
        assertEquals(1, listener.count("closed"));
        assertEquals(
                "mcp.processExited",
                failure(call(connection, "tools/call", "{}")).code());
    }

    @Test
    void aTimeLimitTellsTheServer() {
        Connection connection =
                connecting.connect(server(NO_DISCOVER, INITIALIZE, "*cancelled*) echo \"$line\" >&2 ;;"), listener);
        CallOutcome outcome = connection.call(
                "tools/call", RawJson.EMPTY_OBJECT, Duration.ofMillis(100), ProgressListener.NONE, new Cancellation());
        assertEquals("mcp.timeout", failure(outcome).code());
        assertTrue(listener.await("stderr {").contains("\"requestId\":3"));
    }

    @Test
    void closingStopsAServerThatIgnoresTheEndOfItsInputAndItsChildren() {
        Endpoint endpoint = script("trap '' TERM\nsleep 60 &\necho $! > child\necho $$ > self\n"
                + LOOP.replace("CASES", NO_DISCOVER + "\n" + INITIALIZE) + "\nwhile :; do sleep 1; done");
        Connection connection = connecting.connect(endpoint, listener);
        long self = pid("self");
        long child = pid("child");
        long began = System.nanoTime();
        connection.close();
        assertTrue(System.nanoTime() - began < Duration.ofSeconds(6).toNanos());
        assertGone(self);
        assertGone(child);
        assertEquals(0, listener.count("closed"));
    }

    private long pid(String file) {
        try {
            return Long.parseLong(Files.readString(folder.resolve(file)).strip());
        } catch (IOException e) {
            throw new AssertionError("the script wrote no pid", e);
        }
    }

    private static void assertGone(long pid) {
        Optional<ProcessHandle> handle = ProcessHandle.of(pid);
        if (handle.isPresent()) {
            handle.get().onExit().orTimeout(5, TimeUnit.SECONDS).join();
        }
    }

    @Test
    void theEndOfTheProcessWaitsForTheProgramsItHasStarted() {
        Endpoint endpoint =
                script(LOOP.replace("CASES", NO_DISCOVER + "\n" + INITIALIZE) + "\nsleep 0.3; echo end > end");
        connecting.connect(endpoint, listener);
        connecting.endConnections();
        assertTrue(Files.exists(folder.resolve("end")), "it has done what it does at its end");
        assertEquals(
                "mcp.closed",
                failure(connecting.attempt(endpoint, listener, Connecting.LIMIT))
                        .code());
    }

    @Test
    void aProgramThatDoesNotExistIsSaid() {
        McpFailure failure = failure(connecting.attempt(
                new Endpoint.Stdio(List.of("no-such-program"), Map.of("PATH", "/usr/bin"), folder),
                RequestAuthorizer.NONE,
                listener,
                ""));
        assertEquals("mcp.notStarted", failure.code());
        McpFailure nowhere = failure(connecting.attempt(
                new Endpoint.Stdio(List.of("sh"), Map.of(), folder.resolve("nowhere")),
                RequestAuthorizer.NONE,
                listener,
                ""));
        assertTrue(nowhere.message().contains("does not exist"));
    }

    @Test
    void aServerOnItsOwnPathIsFoundThere() throws IOException {
        Path bin = Files.createDirectory(folder.resolve("bin"));
        Path program = Files.writeString(bin.resolve("own-server"), "#!/bin/sh\n" + LOOP.replace("CASES", INITIALIZE));
        assertTrue(program.toFile().setExecutable(true));
        connected(connecting.attempt(
                new Endpoint.Stdio(List.of("own-server"), Map.of("PATH", bin + ":/usr/bin:/bin"), folder),
                RequestAuthorizer.NONE,
                listener,
                "2025-11-25"));
    }

    @Test
    void aChildThatDoesNotReadDoesNotHoldUpItsCallers() {
        Connection connection =
                connecting.connect(server(NO_DISCOVER, INITIALIZE, "*tools/call*) sleep 30 ;;"), listener);
        String params = "{\"text\":\"" + "x".repeat(1 << 20) + "\"}";
        for (int i = 0; i < 3; i++) {
            CallOutcome outcome = connection.call(
                    "tools/call",
                    RawJson.of(params),
                    Duration.ofMillis(100),
                    ProgressListener.NONE,
                    new Cancellation());
            assertEquals("mcp.timeout", failure(outcome).code());
        }
    }

    @Test
    void nothingSecretIsInTheEndpointsText() {
        String text = new Endpoint.Stdio(List.of("p", "--key=SECRET"), Map.of("TOKEN", "SECRET"), folder).toString();
        assertFalse(text.contains("SECRET"));
        assertTrue(text.contains("TOKEN"));
    }
}
