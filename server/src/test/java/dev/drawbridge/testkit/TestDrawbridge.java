package dev.drawbridge.testkit;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A whole Drawbridge in a {@link TestHome}: a configuration, a daemon in a process of its own, and editors. */
public final class TestDrawbridge implements AutoCloseable {
    private static final Duration START_DEADLINE = Duration.ofSeconds(30);

    private final TestHome home;
    private final List<TestEditor> editors = new ArrayList<>();
    private ChildProcess daemon;

    /** Starts a daemon that is configured with these servers. */
    public TestDrawbridge(TestHome home, Map<String, URI> servers) {
        this.home = home;
        configure(servers);
        daemon = startDaemon();
    }

    /** Starts a daemon with this configuration file. */
    public TestDrawbridge(TestHome home, JsonObject file) {
        this.home = home;
        configure(file);
        daemon = startDaemon();
    }

    /** Writes the user's configuration file anew. */
    public void configure(Map<String, URI> servers) {
        JsonObject entries = new JsonObject();
        servers.forEach((name, url) -> {
            JsonObject entry = new JsonObject();
            entry.addProperty("type", "http");
            entry.addProperty("url", url.toString());
            entries.add(name, entry);
        });
        JsonObject file = new JsonObject();
        file.add("mcpServers", entries);
        configure(file);
    }

    /** Writes the user's configuration file anew, as it is given. */
    public void configure(JsonObject file) {
        try {
            home.write("home/.config/drawbridge/mcp.json", file.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Attaches one more editor. */
    public TestEditor editor(String name) {
        ProcessBuilder builder = new ProcessBuilder(
                        JavaProcess.command("dev.drawbridge.Main", List.of("lsp", "--stdio")))
                .directory(home.home().toFile());
        builder.environment().clear();
        builder.environment().putAll(home.environment());
        try {
            TestEditor editor = new TestEditor(name, builder.start());
            editors.add(editor);
            return editor;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the daemon without a word, as {@code kill -9} does. */
    public void killDaemon() {
        daemon.process().destroyForcibly();
        daemon.exitCode(Duration.ofSeconds(10));
    }

    /** Ends the daemon politely and starts it again. */
    public void restartDaemon() {
        daemon.close();
        daemon = startDaemon();
    }

    /** Starts the daemon again after it was killed. */
    public void startDaemonAgain() {
        daemon = startDaemon();
    }

    public ChildProcess daemon() {
        return daemon;
    }

    @Override
    public void close() {
        editors.forEach(TestEditor::close);
        if (!daemon.process().isAlive()) {
            stopSuccessor();
        }
        daemon.close();
    }

    /** After the daemon was killed an editor's end has started another one, which belongs to nobody. */
    private void stopSuccessor() {
        try (ChildProcess stop = JavaProcess.start(
                "drawbridge stop", home.home(), home.environment(), "dev.drawbridge.Main", List.of("stop"))) {
            stop.exitCode(START_DEADLINE);
        }
    }

    private ChildProcess startDaemon() {
        ChildProcess started = JavaProcess.start(
                "drawbridge daemon", home.home(), home.environment(), "dev.drawbridge.Main", List.of("daemon"));
        try {
            long end = System.nanoTime() + START_DEADLINE.toNanos();
            while (!answers()) {
                if (!started.process().isAlive() || System.nanoTime() > end) {
                    throw new AssertionError("The daemon did not start.\n" + started.log());
                }
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            }
            return started;
        } catch (Throwable failed) {
            started.close();
            throw failed;
        }
    }

    /** Whether the socket is there; editors that come a moment too early wait by themselves. */
    private boolean answers() {
        Path folder = home.runtime().resolve("drawbridge");
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.anyMatch(file -> file.toString().endsWith(".sock"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
