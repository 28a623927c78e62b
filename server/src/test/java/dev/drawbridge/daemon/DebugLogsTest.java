package dev.drawbridge.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drawbridge.hub.HostTarget;
import dev.drawbridge.hub.ServerName;
import dev.drawbridge.mcp.Trace;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of {@code drawbridge proxy --debug}: who writes to them, and when nobody does. */
final class DebugLogsTest {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream proxy = new ByteArrayOutputStream();

    private static Optional<HostTarget> server(String name) {
        return Optional.of(new HostTarget.Configured(new ServerName(name)));
    }

    private Path logs() {
        return folder.resolve("debug");
    }

    private String log(String server) throws IOException {
        return Files.readString(logs().resolve(Trace.stem(server) + ".log"));
    }

    @Test
    void aServersRecordIsWrittenWhileSomebodyWantsIt() throws IOException {
        DebugLogs debug = new DebugLogs(logs());
        Trace one = Trace.of("api.one/mcp");
        Trace other = Trace.of("api_one/mcp");
        assertFalse(one.isOn());
        DebugLogs.Wish first = debug.begin(server("api.one/mcp"), proxy);
        DebugLogs.Wish second = debug.begin(server("api.one/mcp"), proxy);
        assertFalse(other.isOn(), "names that look alike are different servers");
        one.note("a line\nthat forges another");
        first.close();
        one.note("the second still reads");
        second.close();
        assertFalse(one.isOn());
        one.note("nobody reads");
        List<String> lines = log("api.one/mcp").lines().toList();
        assertEquals(2, lines.size(), lines::toString);
        assertTrue(lines.getFirst().endsWith("FINE a line that forges another"), lines::toString);
        assertTrue(lines.getLast().endsWith("FINE the second still reads"), lines::toString);
        assertEquals(
                ("{\"jsonrpc\":\"2.0\",\"method\":\"$/drawbridge/say\",\"params\":{\"text\":\"the debug log is "
                                + logs().resolve(Trace.stem("api.one/mcp") + ".log") + "\"}}\n")
                        .repeat(2),
                proxy.toString(StandardCharsets.UTF_8));
    }

    @Test
    void whoSeesAllServersReadsOfAll() throws IOException {
        DebugLogs debug = new DebugLogs(logs());
        try (DebugLogs.Wish _ = debug.begin(Optional.empty(), proxy)) {
            Trace.of("one").note("of one");
            Trace.ofAll().note("of none");
        }
        Trace.of("one").note("later");
        String log = Files.readString(logs().resolve("all-servers.log"));
        assertTrue(log.contains("of one") && log.contains("of none") && !log.contains("later"), log);
    }

    @Test
    void onlyItsUserCanReadIt() throws IOException {
        DebugLogs debug = new DebugLogs(logs());
        try (DebugLogs.Wish _ = debug.begin(server("mine"), proxy);
                Stream<Path> files = Files.list(logs())) {
            for (Path file : files.toList()) {
                assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
            }
            assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(logs())));
        }
    }

    /** Nobody's work depends on it. */
    @Test
    void aFolderThatCannotBeMadeIsSaid() throws IOException {
        Files.writeString(folder.resolve("debug"), "a file in its place");
        new DebugLogs(logs()).begin(server("one"), proxy).close();
        assertTrue(proxy.toString(StandardCharsets.UTF_8).contains("no debug log: "), proxy::toString);
    }
}
