package dev.drawbridge.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drawbridge.hub.Outcome;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where daemon and clients meet, and what they say first. */
final class MeetingPlaceTest {
    private static final Path HOME = Path.of("/home/u");

    @TempDir
    private Path temp;

    @Test
    void theFolderIsFoundInEachSystemsOwnPlace() {
        assertEquals(
                Path.of("/run/user/1/drawbridge"),
                UserFolders.of(Map.of("XDG_RUNTIME_DIR", "/run/user/1", "TMPDIR", "/x"), "Linux", HOME)
                        .runtime());
        assertEquals(
                Path.of("/home/u/.cache/drawbridge/run"),
                UserFolders.of(Map.of("XDG_RUNTIME_DIR", "relative"), "Linux", HOME)
                        .runtime());
        assertEquals(
                Path.of("/home/u/Library/Caches/drawbridge/run"),
                UserFolders.of(Map.of(), "Mac OS X", HOME).runtime());
        assertEquals(
                Path.of("/own"),
                UserFolders.of(Map.of("DRAWBRIDGE_RUNTIME_DIR", "/own"), "Linux", HOME)
                        .runtime());
    }

    @Test
    void theFolderIsPrivateOrRefused() throws Exception {
        Path folder = temp.resolve("a").resolve("run");
        TestDaemon.folder(folder);
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-x---"));
        assertRefused("daemon.unsafeFolder", folder);
        Path link = Files.createSymbolicLink(temp.resolve("link"), temp.resolve("a"));
        assertRefused("daemon.unsafeFolder", link);
        assertRefused("daemon.unsafeFolder", Files.createFile(temp.resolve("file")));
        assertRefused("daemon.pathTooLong", temp.resolve("x".repeat(100)));
    }

    private static void assertRefused(String code, Path folder) {
        assertEquals(
                code,
                assertInstanceOf(Outcome.Failed.class, RuntimeFolder.open(folder))
                        .failure()
                        .code());
    }

    @Test
    void aGreetingSurvivesTheWire() throws Exception {
        Hello hello = new Hello(
                Role.PROXY, "1", "b", 5, "/a b", "Ünï \"q\"", Map.of("A", "x\ny", "B", ""), List.of("--all", "ü\\"));
        assertEquals(hello, HelloReader.read(hello.toJson().getBytes(StandardCharsets.UTF_8)));
        assertFalse(hello.toString().contains("x\ny"), "environment values can be secrets");
    }

    @Test
    void aHugeEnvironmentIsCutToTheBound() throws Exception {
        Hello hello = new Hello(Role.LSP, "1", "b", 5, "/", "", Map.of("BIG", "x".repeat(2_000_000)), List.of());
        byte[] line = hello.toJson().getBytes(StandardCharsets.UTF_8);
        assertTrue(line.length < Hello.MAX_LINE);
        assertEquals(Map.of(), HelloReader.read(line).environment());
    }

    @Test
    void versionsAreComparedAsNumbers() {
        BuildInfo build = new BuildInfo("1.9.0", "a");
        assertTrue(build.isSupersededBy("1.10.0", "a"));
        assertTrue(build.isSupersededBy("1.9.0", "b"));
        assertFalse(build.isSupersededBy("1.9.0", "a"));
        assertFalse(build.isSupersededBy("1.8.9", "b"));
    }
}
