package dev.drawbridge.journeys;

import dev.drawbridge.testkit.ChildProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A graphical screen that nobody sees, with the one program that a test starts on it: keys can be pressed, windows waited
 * for, and pictures taken, which stay under {@code target/screenshots}. Its processes end with it.
 */
final class XDisplay implements AutoCloseable {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final Path PICTURES = Path.of("target", "screenshots").toAbsolutePath();

    private final Path folder;
    private final Map<String, String> environment;
    private final ChildProcess server;
    private final List<ChildProcess> programs = new ArrayList<>();

    XDisplay(Path folder, Map<String, String> environment) {
        this.folder = folder;
        this.environment = new TreeMap<>(environment);
        server = ChildProcess.start(
                "Xvfb",
                folder,
                environment,
                List.of("Xvfb", "-displayfd", "1", "-screen", "0", "1280x900x24", "-nolisten", "tcp"));
        try {
            String number = server.await("its number", DEADLINE, line -> line.matches("\\d+"));
            this.environment.put("DISPLAY", ":" + number);
        } catch (Throwable failed) {
            server.close();
            throw failed;
        }
    }

    void start(String... command) {
        programs.add(ChildProcess.start(command[0], folder, environment, List.of(command)));
    }

    void press(String... keys) {
        List<String> command = new ArrayList<>(List.of("xdotool", "key", "--delay", "100"));
        command.addAll(List.of(keys));
        run(command);
    }

    /** Waits for a window with this in its title. */
    void awaitWindow(String title) {
        Desk.until("the window " + title, DEADLINE, () -> run(List.of("xdotool", "search", "--name", title)) == 0);
    }

    /** Clicks this far from the left and the top, which also gives the window the keys: there is no window manager. */
    void click(int x, int y) {
        run(List.of("xdotool", "mousemove", "" + x, "" + y, "click", "1"));
    }

    /** Keeps what the screen shows now under this name. */
    void picture(String name) {
        try {
            Files.createDirectories(PICTURES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        run(List.of("import", "-window", "root", PICTURES.resolve(name + ".png").toString()));
    }

    private int run(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().putAll(environment);
        try {
            return builder.start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    @Override
    public void close() {
        programs.forEach(ChildProcess::close);
        server.close();
    }
}
