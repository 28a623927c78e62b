package dev.drawbridge.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

final class CacheFolderTest {
    @TempDir
    Path parent;

    private Path folder;
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private CacheFolder cache;

    @BeforeEach
    void open() {
        folder = parent.resolve("cache");
        cache = new CacheFolder(folder, new CacheFolder.Limits(10, 30, 4), () -> now);
    }

    @Test
    void whatIsWrittenIsReadAgainAndReplacedAsAWhole() throws IOException {
        assertEquals("nothing", read("a"));
        cache.write("a", bytes("0123456789"));
        cache.write("a", bytes("xy"));
        assertEquals("xy", read("a"));
        assertEquals(
                "xy",
                new CacheFolder(folder).read("a").map(CacheFolderTest::text).orElse("nothing"));
        assertEquals(Set.of("a"), names());
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void nobodyElseCanLookIn() throws IOException {
        cache.write("a", bytes("x"));
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("a"))));
        Path elsewhere = Files.writeString(parent.resolve("elsewhere"), "z");
        Files.createSymbolicLink(folder.resolve("link"), elsewhere);
        assertEquals("nothing", read("link"));
    }

    @Test
    void anEntryThatIsTooLargeIsNeitherWrittenNorRead() throws IOException {
        cache.write("a", bytes("x"));
        assertThrows(IllegalArgumentException.class, () -> cache.write("a", bytes("01234567890")));
        assertEquals("x", read("a"));
        Files.writeString(folder.resolve("b"), "01234567890");
        assertEquals("nothing", read("b"));
    }

    @Test
    void whatWasNotUsedForLongestGoesFirst() throws IOException {
        for (String name : new String[] {"a", "b", "c"}) {
            cache.write(name, bytes("0123456789"));
            later();
        }
        read("a");
        later();
        cache.write("d", bytes("01234"));
        assertEquals(Set.of("a", "c", "d"), names());
    }

    @Test
    void thereAreNoMoreFilesThanAllowed() throws IOException {
        for (String name : new String[] {"a", "b", "c", "d", "e", "f"}) {
            cache.write(name, bytes("x"));
            later();
        }
        assertEquals(Set.of("c", "d", "e", "f"), names());
    }

    @Test
    void anEntryStaysThoughItFillsEverythingByItself() throws IOException {
        CacheFolder small = new CacheFolder(folder, new CacheFolder.Limits(10, 5, 4), () -> now);
        small.write("a", bytes("0123456789"));
        assertEquals("0123456789", read("a"));
    }

    @Test
    void aBeginningTakesAllThatBeginSo() throws IOException {
        cache.removeAll("a");
        cache.write("ab-1", bytes("x"));
        cache.write("ab-2", bytes("x"));
        cache.write("a-1", bytes("x"));
        cache.removeAll("ab-");
        assertEquals(Set.of("a-1"), names());
    }

    /** A daemon that was killed while it wrote leaves a file that nobody knows. */
    @Test
    void whatWasLeftUnfinishedIsSweptAwayOnceItIsOld() throws IOException {
        cache.write("a", bytes("x"));
        Path old = Files.writeString(folder.resolve(".a.0011223344556677.tmp"), "half");
        Path fresh = Files.writeString(folder.resolve(".b.0011223344556677.tmp"), "half");
        Files.setLastModifiedTime(old, FileTime.from(now.minus(Duration.ofHours(1))));
        Files.setLastModifiedTime(fresh, FileTime.from(now));
        cache.write("b", bytes("x"));
        assertEquals(Set.of("a", "b", fresh.getFileName().toString()), names());
    }

    @Test
    void aNameLeadsNowhereElse() {
        assertThrows(IllegalArgumentException.class, () -> cache.write("../a", bytes("x")));
        assertThrows(IllegalArgumentException.class, () -> cache.read(""));
    }

    @Test
    void aHashTellsNothingAndIsAlwaysTheSame() {
        assertEquals(64, CacheFolder.hash("https://x/?key=1").length());
        assertEquals(CacheFolder.hash("a"), CacheFolder.hash("a"));
    }

    @Test
    void aFolderThatCannotBeWrittenSaysSo() throws IOException {
        Files.writeString(folder, "a file");
        assertThrows(IOException.class, () -> cache.write("a", bytes("x")));
        assertEquals("nothing", read("a"));
    }

    private void later() {
        now = now.plus(Duration.ofHours(2));
    }

    private String read(String name) {
        return cache.read(name).map(CacheFolderTest::text).orElse("nothing");
    }

    private Set<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
