package dev.drawbridge.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs a command by {@code sh -c}, or {@code cmd /c} on Windows, because users write pipes and quotes. It gets no standard
 * input and a time limit, and at most 1 MiB of its output is read. Of standard error only the first line is shown.
 */
public final class ShellCommandRunner implements CommandRunner {
    private static final int MAX_OUTPUT = 1024 * 1024;
    private static final long READER_STACK = 128 << 10;
    private static final int MAX_COMPLAINT = 200;

    private final OperatingSystem os;
    private final Duration limit;

    public ShellCommandRunner() {
        this(OperatingSystem.current(), Duration.ofSeconds(30));
    }

    ShellCommandRunner(OperatingSystem os, Duration limit) {
        this.os = os;
        this.limit = limit;
    }

    @Override
    public CommandResult run(String command, Map<String, String> environment, Path directory) {
        List<String> words = os == OperatingSystem.WINDOWS
                ? List.of("cmd.exe", "/d", "/c", command)
                : List.of("/bin/sh", "-c", command);
        ProcessBuilder builder = new ProcessBuilder(words).directory(directory.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            try {
                return await(process);
            } finally {
                end(process);
            }
        } catch (IOException e) {
            return new CommandResult.Failed("it could not be started: " + FileFailures.sentence(e) + ".");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new CommandResult.Failed("waiting for it was given up.");
        }
    }

    private CommandResult await(Process process) throws IOException, InterruptedException {
        process.getOutputStream().close();
        CompletableFuture<byte[]> output = read(process.getInputStream(), MAX_OUTPUT + 1);
        CompletableFuture<byte[]> complaint = read(process.getErrorStream(), MAX_OUTPUT);
        long deadline = System.nanoTime() + limit.toNanos();
        try {
            byte[] text = output.get(limit.toNanos(), TimeUnit.NANOSECONDS);
            if (text.length > MAX_OUTPUT) {
                return new CommandResult.Failed("it printed more than 1 MiB.");
            }
            if (!process.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                return tooSlow();
            }
            if (process.exitValue() == 0) {
                return new CommandResult.Output(new String(text, StandardCharsets.UTF_8));
            }
            String line = firstLine(complaint.get(1, TimeUnit.SECONDS));
            return new CommandResult.Failed(
                    "it ended with status " + process.exitValue() + (line.isEmpty() ? "." : ": " + line));
        } catch (TimeoutException e) {
            return tooSlow();
        } catch (ExecutionException e) {
            return new CommandResult.Failed("its output could not be read.");
        }
    }

    private CommandResult tooSlow() {
        return new CommandResult.Failed("it took longer than " + limit.toSeconds() + " seconds.");
    }

    private static CompletableFuture<byte[]> read(InputStream stream, int limit) {
        CompletableFuture<byte[]> result = new CompletableFuture<>();
        // Reading a pipe does not let go of the carrier that a virtual thread runs on, and this may take long.
        Thread.ofPlatform()
                .daemon()
                .name("command output")
                .stackSize(READER_STACK)
                .start(() -> {
                    try (stream) {
                        result.complete(stream.readNBytes(limit));
                    } catch (IOException e) {
                        result.completeExceptionally(e);
                    }
                });
        return result;
    }

    private static String firstLine(byte[] bytes) {
        Optional<String> line = new String(bytes, StandardCharsets.UTF_8)
                .lines()
                .map(text -> text.replaceAll("\\p{Cntrl}", " ").strip())
                .filter(text -> !text.isEmpty())
                .findFirst();
        return line.map(text -> text.length() <= MAX_COMPLAINT ? text : text.substring(0, MAX_COMPLAINT) + "…")
                .orElse("");
    }

    /** Children too, so that a pipe's other end does not live on. */
    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
