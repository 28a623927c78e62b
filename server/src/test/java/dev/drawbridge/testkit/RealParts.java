package dev.drawbridge.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The programs of {@code src/test/real-parts}, which need Node and some packages: installed under {@code target} at the
 * first use, exactly as the lock file says, and started from there.
 */
public final class RealParts {
    private static final Path SOURCE = Path.of("src/test/real-parts").toAbsolutePath();
    private static final Path INSTALLED = Path.of("target/real-parts").toAbsolutePath();
    private static final Duration INSTALL_DEADLINE = Duration.ofMinutes(5);
    private static final Object ONE_AT_A_TIME = new Object();

    private RealParts() {}

    /** The folder in which scripts and packages are, installed by now. */
    public static Path folder() {
        synchronized (ONE_AT_A_TIME) {
            try {
                Files.createDirectories(INSTALLED);
                try (FileChannel channel = FileChannel.open(
                                INSTALLED.resolve("install.lock"),
                                StandardOpenOption.CREATE,
                                StandardOpenOption.WRITE);
                        FileLock lock = channel.lock()) {
                    if (lock.isValid()) {
                        install();
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return INSTALLED;
    }

    /** Starts one of the scripts; its first line on stdout tells that it listens, and where. */
    public static ChildProcess node(String name, Map<String, String> environment, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of("node"));
        command.addAll(arguments);
        return ChildProcess.start(name, folder(), environment(environment), command);
    }

    /** A path inside an installed package. */
    public static Path packaged(String path) {
        return folder().resolve("node_modules").resolve(path);
    }

    private static Map<String, String> environment(Map<String, String> more) {
        Map<String, String> environment = new TreeMap<>();
        for (String kept : List.of("PATH", "HOME", "LANG", "TMPDIR")) {
            Optional.ofNullable(System.getenv(kept)).ifPresent(value -> environment.put(kept, value));
        }
        environment.putAll(more);
        return environment;
    }

    private static void install() throws IOException {
        String lock = Files.readString(SOURCE.resolve("package-lock.json"));
        Path done = INSTALLED.resolve("installed-lock.json");
        if (!Files.exists(done) || !Files.readString(done).equals(lock)) {
            Files.deleteIfExists(done);
            copy();
            npmCi();
            Files.writeString(done, lock);
        }
        copy();
    }

    private static void copy() throws IOException {
        try (Stream<Path> files = Files.list(SOURCE)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, INSTALLED.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static void npmCi() {
        List<String> command = List.of("npm", "ci", "--ignore-scripts", "--omit=optional", "--no-audit", "--no-fund");
        try (ChildProcess npm = ChildProcess.start("npm ci", INSTALLED, System.getenv(), command)) {
            if (npm.exitCode(INSTALL_DEADLINE) != 0) {
                throw new AssertionError("The packages of src/test/real-parts could not be installed.\n" + npm.log());
            }
        } catch (UncheckedIOException absent) {
            throw new AssertionError(
                    "The end-to-end tests need Node 20 or newer with npm on the PATH; install it and try again.",
                    absent);
        }
    }
}
