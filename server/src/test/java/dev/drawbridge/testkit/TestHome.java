package dev.drawbridge.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A user's home that belongs to one test: HOME and every XDG folder under one short path (a Unix socket's name has to
 * fit into about 107 bytes), with the environment that leads a process there and nowhere else.
 */
public final class TestHome implements AutoCloseable {
    private final Path root;
    private final Map<String, String> environment = new TreeMap<>();

    public TestHome() {
        try {
            root = Files.createTempDirectory("dbh");
            environment.put("PATH", System.getenv().getOrDefault("PATH", "/usr/bin:/bin"));
            environment.put("LANG", "C.UTF-8");
            environment.put("HOME", folder("home"));
            environment.put("XDG_CONFIG_HOME", folder("home/.config"));
            environment.put("XDG_DATA_HOME", folder("home/.local/share"));
            environment.put("XDG_STATE_HOME", folder("home/.local/state"));
            environment.put("XDG_CACHE_HOME", folder("home/.cache"));
            environment.put("XDG_RUNTIME_DIR", folder("run"));
            environment.put("TMPDIR", folder("tmp"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path root() {
        return root;
    }

    public Path home() {
        return root.resolve("home");
    }

    public Path config() {
        return root.resolve("home/.config");
    }

    public Path state() {
        return root.resolve("home/.local/state");
    }

    public Path runtime() {
        return root.resolve("run");
    }

    /** Adds a variable to what processes get. */
    public TestHome with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** The environment for a process that lives in this home. */
    public Map<String, String> environment() {
        return Map.copyOf(environment);
    }

    /** Writes a file below the home's root, with its folders. */
    public Path write(String path, String content) throws IOException {
        Path file = root.resolve(path);
        Path folder = file.getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        return Files.writeString(file, content);
    }

    /** The files, wherever under this home, in which one of these texts stands. */
    public List<Path> filesWith(List<String> texts) throws IOException {
        List<Path> found = new ArrayList<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (attributes.isRegularFile()) {
                    String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                    if (texts.stream().anyMatch(content::contains)) {
                        found.add(file);
                    }
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException gone) throws IOException {
                if (gone instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw gone;
            }
        });
        return found;
    }

    @Override
    public void close() {
        try {
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
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String folder(String name) throws IOException {
        Path folder = root.resolve(name);
        Files.createDirectories(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        return folder.toString();
    }
}
