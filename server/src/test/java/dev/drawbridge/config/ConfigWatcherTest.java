package dev.drawbridge.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

final class ConfigWatcherTest {
    private final BlockingQueue<Path> changes = new LinkedBlockingQueue<>();

    @TempDir
    Path folder;

    private ConfigWatcher watcher;

    @BeforeEach
    void start() throws Exception {
        folder = folder.toRealPath();
        watcher = new ConfigWatcher(changes::add);
    }

    @AfterEach
    void stop() {
        watcher.close();
    }

    @Test
    void seesAFileAppearChangeAndVanish() throws Exception {
        Path file = folder.resolve("mcp.json");
        watcher.watch(file);
        Files.writeString(file, "{}");
        expect(file);
        Files.writeString(file, "{ }");
        expect(file);
        Files.delete(file);
        expect(file);
    }

    @Test
    void seesASaveByRenaming() throws Exception {
        Path file = folder.resolve("mcp.json");
        Files.writeString(file, "{}");
        watcher.watch(file);
        for (int i = 0; i < 3; i++) {
            Path temporary = Files.writeString(folder.resolve("new.tmp"), "[" + i + "]");
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            expect(file);
        }
    }

    @Test
    void seesAFileInFoldersThatComeLaterAndGoAndComeAgain() throws Exception {
        Path file = folder.resolve("a/b/mcp.json");
        watcher.watch(file);
        for (int i = 0; i < 2; i++) {
            Files.createDirectories(folder.resolve("a/b"));
            Files.writeString(file, "{}");
            expect(file);
            Files.delete(file);
            Files.delete(folder.resolve("a/b"));
            Files.delete(folder.resolve("a"));
            expect(file);
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void seesALinksTargetChange() throws Exception {
        Path elsewhere = Files.createDirectory(folder.resolve("dotfiles"));
        Path target = Files.writeString(elsewhere.resolve("real.json"), "{}");
        Path link = Files.createSymbolicLink(
                Files.createDirectory(folder.resolve("home")).resolve("mcp.json"), Path.of("../dotfiles/real.json"));
        watcher.watch(link);
        Files.writeString(target, "{ }");
        expect(link);
        Path other = Files.writeString(elsewhere.resolve("other.json"), "[]");
        Files.delete(link);
        Files.createSymbolicLink(link, other);
        expect(link);
    }

    @Test
    void makesOneOfABurstAndIsSilentAboutOthers() throws Exception {
        Path file = folder.resolve("mcp.json");
        Path last = folder.resolve("last.json");
        watcher.watch(file);
        watcher.watch(last);
        Files.writeString(folder.resolve("other.json"), "{}");
        for (int i = 0; i < 20; i++) {
            Files.writeString(file, "{\"n\": " + i + "}");
        }
        expect(file);
        Files.writeString(last, "{}");
        assertEquals(last, changes.poll(10, TimeUnit.SECONDS), "nothing more was told of the burst");
    }

    @Test
    void isSilentAfterUnwatch() throws Exception {
        Path file = folder.resolve("mcp.json");
        Path other = folder.resolve("other.json");
        watcher.watch(file);
        watcher.watch(other);
        watcher.unwatch(file);
        Files.writeString(file, "{}");
        Files.writeString(other, "{}");
        expect(other);
        assertNull(changes.poll(), "nothing is told of a file that is no longer watched");
    }

    @Test
    void aFailingListenerDoesNotEndTheWatch() throws Exception {
        watcher.close();
        watcher = new ConfigWatcher(path -> {
            changes.add(path);
            throw new IllegalStateException("a listener of the test that fails");
        });
        Path file = folder.resolve("mcp.json");
        watcher.watch(file);
        Files.writeString(file, "{}");
        expect(file);
        Files.writeString(file, "{ }");
        expect(file);
    }

    /** One or more reports of this file and no other, the later ones of the same burst taken away. */
    private void expect(Path file) throws InterruptedException {
        Path told = changes.poll(10, TimeUnit.SECONDS);
        assertNotNull(told, "nothing was told in 10 s");
        assertEquals(file, told);
        for (Path more = changes.poll(300, TimeUnit.MILLISECONDS); more != null; ) {
            assertEquals(file, more);
            more = changes.poll(300, TimeUnit.MILLISECONDS);
        }
    }
}
