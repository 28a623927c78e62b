package dev.drawbridge.cli.demo;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The demo's own little world: a folder that is removed at the end, with an environment that leads Drawbridge's processes
 * to it and never to the user's configuration, socket or keyring.
 */
final class DemoHome implements AutoCloseable {
    private static final List<String> KEPT = List.of("PATH", "LANG", "LC_ALL", "SystemRoot", "TEMP", "TMP", "TMPDIR");

    private final Path root;

    DemoHome() throws IOException {
        root = Files.createTempDirectory("drawbridge-demo");
    }

    /** A folder for whoever needs one. */
    Path folder(String name) throws IOException {
        return Files.createDirectories(root.resolve(name));
    }

    Path configuration() {
        return root.resolve("mcp.json");
    }

    /** What the daemon had to say. */
    Path log() {
        return root.resolve("daemon.out");
    }

    /** What the editor's end had to say. */
    Path editorLog() {
        return root.resolve("lsp.out");
    }

    /** Whether the daemon can be reached. */
    boolean hasSocket() throws IOException {
        Path run = root.resolve("run");
        if (!Files.isDirectory(run)) {
            return false;
        }
        try (Stream<Path> files = Files.list(run)) {
            return files.anyMatch(file -> file.toString().endsWith(".sock"));
        }
    }

    void configure(String json) throws IOException {
        Files.writeString(configuration(), json);
    }

    /** Prepares a process of Drawbridge that lives here. */
    ProcessBuilder process(List<String> words) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(DemoProcess.command(root, words));
        Map<String, String> kept = new TreeMap<>(builder.environment());
        kept.keySet().retainAll(KEPT);
        builder.environment().clear();
        builder.environment().putAll(kept);
        builder.environment().putAll(environment());
        return builder.directory(root.toFile());
    }

    private Map<String, String> environment() throws IOException {
        return Map.of(
                "HOME", root.toString(),
                "APPDATA", folder("config").toString(),
                "LOCALAPPDATA", folder("state").toString(),
                "XDG_CONFIG_HOME", folder("config").toString(),
                "XDG_STATE_HOME", folder("state").toString(),
                "DRAWBRIDGE_CONFIG", configuration().toString(),
                "DRAWBRIDGE_RUNTIME_DIR", root.resolve("run").toString(),
                "DRAWBRIDGE_TOKEN_STORE", "memory");
    }

    @Override
    public void close() throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException gone) {
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException failure) throws IOException {
                Files.deleteIfExists(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
