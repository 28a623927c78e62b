package dev.drawbridge.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/**
 * A program that a test runs beside itself. What it prints is kept, for waiting on and for the report of a failing test;
 * closing it ends it and every process that it started, and no other.
 */
public final class ChildProcess implements AutoCloseable {
    private static final int KEPT_LINES = 2_000;

    private final String name;
    private final Process process;
    private final List<String> lines = new ArrayList<>();
    private boolean ended;

    private ChildProcess(String name, Process process) {
        this.name = name;
        this.process = process;
        Conversation.add(this);
        read("", new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        read("! ", new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
    }

    /** Starts a program with exactly this environment. */
    public static ChildProcess start(String name, Path folder, Map<String, String> environment, List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        try {
            return new ChildProcess(name, builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException("could not start " + command.getFirst() + " as " + name, e);
        }
    }

    /** Waits until a line it printed fits; lines on its standard error begin with {@code "! "}. */
    public String await(String what, Duration deadline, Predicate<String> wanted) {
        return awaitFrom(0, what, deadline, wanted);
    }

    /** The same, from the line of this number on. */
    public synchronized String awaitFrom(int first, String what, Duration deadline, Predicate<String> wanted) {
        long end = System.nanoTime() + deadline.toNanos();
        int next = first;
        while (true) {
            for (; next < lines.size(); next++) {
                if (wanted.test(lines.get(next))) {
                    return lines.get(next);
                }
            }
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0 || ended) {
                throw new AssertionError(
                        name + (ended ? " ended" : " went on for " + deadline) + " without " + what + "\n" + log());
            }
            try {
                wait(Math.min(left, 200));
                ended = !process.isAlive() && next == lines.size();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted while waiting for " + what, e);
            }
        }
    }

    /** How many lines it has printed so far. */
    public synchronized int lineCount() {
        return lines.size();
    }

    /** Sends it one line. */
    public void send(String line) {
        sendPart(line + "\n");
    }

    /** Sends it a text as it is. */
    public void sendPart(String text) {
        try {
            OutputStream input = process.getOutputStream();
            input.write(text.getBytes(StandardCharsets.UTF_8));
            input.flush();
        } catch (IOException e) {
            throw new AssertionError(name + " takes no input any more\n" + log(), e);
        }
    }

    /** Tells it that there is no more input. */
    public void closeInput() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            throw new AssertionError(name + " takes no input any more\n" + log(), e);
        }
    }

    /** Waits for its end and gives its exit code. */
    public int exitCode(Duration deadline) {
        try {
            if (!process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError(name + " still runs after " + deadline + "\n" + log());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    public Process process() {
        return process;
    }

    /** Everything it printed, with its name before it. */
    public synchronized String log() {
        StringBuilder text = new StringBuilder("--- " + name + " (process " + process.pid() + ")\n");
        int same = 0;
        for (int i = 0; i < lines.size(); i++) {
            boolean again = i > 0 && lines.get(i).equals(lines.get(i - 1));
            same = again ? same + 1 : 0;
            if (!again) {
                text.append(lines.get(i)).append('\n');
            } else if (same == 1) {
                text.append("(and again)\n");
            }
        }
        return text.toString();
    }

    @Override
    public void close() {
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        all.add(process.toHandle());
        all.forEach(ProcessHandle::destroy);
        long end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
        for (ProcessHandle handle : all) {
            try {
                handle.onExit().get(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                handle.destroyForcibly();
            } catch (ExecutionException | TimeoutException e) {
                handle.destroyForcibly();
            }
        }
    }

    private void read(String prefix, InputStreamReader stream) {
        Thread.ofPlatform().daemon().start(() -> {
            try (BufferedReader reader = new BufferedReader(stream)) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    keep(prefix + line);
                }
            } catch (IOException closed) {
                keep(prefix + "(its output ended: " + closed.getMessage() + ")");
            }
        });
    }

    private synchronized void keep(String line) {
        if (lines.size() < KEPT_LINES) {
            lines.add(line);
        }
        notifyAll();
    }
}
