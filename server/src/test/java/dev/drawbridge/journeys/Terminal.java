package dev.drawbridge.journeys;

import dev.drawbridge.testkit.ChildProcess;
import dev.drawbridge.testkit.Conversation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/**
 * A text terminal with one program in it: a tmux server of its own, in a home of its own, which ends with it. What is on
 * the screen can be read and waited for, and keys be pressed.
 */
final class Terminal implements AutoCloseable {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);
    private static final int COLUMNS = 160;
    private static final int LINES = 45;

    private final Path folder;
    private final Map<String, String> environment;
    private final ChildProcess server;
    private boolean closed;
    private String lastScreen = "(nothing was ever shown)";

    /** Starts the program in this folder with exactly this environment. */
    Terminal(Path folder, Map<String, String> environment, List<String> program) {
        this.folder = folder;
        this.environment = environment;
        // In the foreground, so that it is a child like any other and ends with the test.
        server =
                ChildProcess.start("tmux", folder, environment, List.of("tmux", "-D", "-L", "test", "-f", "/dev/null"));
        try {
            Desk.until(
                    "tmux",
                    DEADLINE,
                    () -> tmux("set-option", "-g", "default-terminal", "screen-256color").exitCode == 0);
            List<String> start =
                    new ArrayList<>(List.of("new-session", "-d", "-x", "" + COLUMNS, "-y", "" + LINES, "--"));
            start.addAll(program);
            Answer started = tmux(start.toArray(String[]::new));
            if (started.exitCode != 0) {
                throw new AssertionError("tmux could not start " + program + "\n" + started.output);
            }
            Conversation.add(() -> "--- the screen\n" + screen());
        } catch (Throwable failed) {
            server.close();
            throw failed;
        }
    }

    private record Answer(int exitCode, String output) {}

    /** What can be read on the screen now; after the program's end, what could be read before. */
    String screen() {
        if (closed) {
            return lastScreen;
        }
        Answer captured = tmux("capture-pane", "-p");
        if (captured.exitCode == 0) {
            lastScreen = captured.output.strip();
        }
        return lastScreen;
    }

    /** Keeps what is on the screen, for people to look at after the test. */
    void keep(String name) throws IOException {
        Path screens = Files.createDirectories(Path.of("target", "screens"));
        Files.writeString(screens.resolve(name + ".txt"), screen() + "\n");
    }

    /** Presses keys by their names in tmux: {@code Enter}, {@code Space}, {@code Escape}, {@code C-c}, or single characters. */
    void press(String... keys) {
        List<String> words = new ArrayList<>(List.of("send-keys", "--"));
        words.addAll(List.of(keys));
        tmux(words.toArray(String[]::new));
    }

    /** Types a text as it is. */
    void type(String text) {
        tmux("send-keys", "-l", "--", text);
    }

    /** Waits until the screen shows a text; line ends inside it do not count. */
    void await(String text) {
        await("“" + text + "” on the screen", screen -> flat(screen).contains(flat(text)));
    }

    /** Waits until the screen shows none of it any more. */
    void awaitGone(String text) {
        await("the end of “" + text + "” on the screen", screen -> !flat(screen).contains(flat(text)));
    }

    void await(String what, Predicate<String> shown) {
        long end = System.nanoTime() + DEADLINE.toNanos();
        while (!shown.test(screen())) {
            if (System.nanoTime() > end) {
                throw new AssertionError("waited " + DEADLINE + " in vain for " + what + "\n" + lastScreen);
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    boolean shows(String text) {
        return flat(screen()).contains(flat(text));
    }

    private static String flat(String text) {
        return text.replaceAll("[\\s│┃┊↪]+", "");
    }

    /** Not among the conversation's programs: asking for the screen is nothing that anybody did. */
    private Answer tmux(String... words) {
        List<String> command = new ArrayList<>(List.of("tmux", "-L", "test"));
        command.addAll(List.of(words));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Answer(process.waitFor(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    @Override
    public void close() {
        screen();
        closed = true;
        tmux("kill-server");
        server.close();
    }
}
