package dev.drawbridge.mcp.stdio;

import dev.drawbridge.mcp.CallOutcome;
import dev.drawbridge.mcp.ConnectionListener;
import dev.drawbridge.mcp.Endpoint;
import dev.drawbridge.mcp.McpFailure;
import dev.drawbridge.mcp.json.RawJson;
import dev.drawbridge.mcp.rpc.Failures;
import dev.drawbridge.mcp.rpc.Inbox;
import dev.drawbridge.mcp.rpc.OwedEnds;
import dev.drawbridge.mcp.rpc.PendingCall;
import dev.drawbridge.mcp.rpc.RpcText;
import dev.drawbridge.mcp.rpc.Transport;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * MCP over a child process's stdin and stdout (requirements 78 to 83). Two small platform threads read stdout and stderr:
 * a pipe's blocking read would hold a virtual thread's carrier anyway.
 */
public final class StdioTransport implements Transport {
    private static final int LONGEST_LINE =
            (int) Math.min(64 << 20, Runtime.getRuntime().maxMemory() / 4);
    private static final int LONGEST_STDERR_LINE = 8 << 10;
    private static final long READER_STACK = 512 << 10;
    private static final Duration LAST_OUTPUT = Duration.ofMillis(500);

    private final Endpoint.Stdio endpoint;
    private final ConnectionListener listener;
    private final OwedEnds ends;
    private final Runnable end = this::close;
    private volatile Optional<Running> running = Optional.empty();
    private volatile Optional<String> lastWords = Optional.empty();
    private volatile boolean spoke;
    private volatile boolean closed;

    private record Running(Process process, ChildInput input, Thread output) {}

    public StdioTransport(Endpoint.Stdio endpoint, ConnectionListener listener, OwedEnds ends) {
        this.endpoint = endpoint;
        this.listener = listener;
        this.ends = ends;
    }

    /** Whether the child has written any line yet: one that has not may still be starting. */
    public boolean hasSpoken() {
        return spoke;
    }

    @Override
    public Optional<McpFailure> open(Inbox inbox, Consumer<McpFailure> lost) {
        String program = endpoint.command().getFirst();
        Path directory = endpoint.directory();
        if (!Files.isDirectory(directory)) {
            return Optional.of(Failures.notStarted(program, "the folder " + directory + " does not exist"));
        }
        boolean windows = File.separatorChar == '\\';
        Optional<String> path = ProgramPath.find(program, endpoint.environment(), directory, windows);
        if (path.isEmpty()) {
            return Optional.of(Failures.notStarted(program, "no such program was found"));
        }
        List<String> command = new ArrayList<>(endpoint.command());
        command.set(0, path.get());
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().clear();
        builder.environment().putAll(endpoint.environment());
        if (!ends.owe(end)) {
            return Optional.of(Failures.closed());
        }
        Process process;
        try {
            process = builder.start();
        } catch (IOException | IllegalArgumentException e) {
            ends.paid(end);
            return Optional.of(Failures.notStarted(program, Failures.shortened(String.valueOf(e.getMessage()))));
        }
        Thread output = reader("stdout of " + program, () -> readOutput(process, inbox, lost));
        running = Optional.of(new Running(process, new ChildInput(process.getOutputStream(), LONGEST_LINE), output));
        output.start();
        Thread errors = reader("stderr of " + program, () -> readErrors(process));
        errors.start();
        process.onExit().thenAccept(ended -> Thread.startVirtualThread(() -> exited(ended, output, errors, lost)));
        if (closed) {
            // Meanwhile, when there was nothing to end yet.
            close();
            return Optional.of(Failures.closed());
        }
        return Optional.empty();
    }

    private static Thread reader(String name, Runnable work) {
        Thread thread = new Thread(null, work, name, READER_STACK);
        thread.setDaemon(true);
        return thread;
    }

    private void readOutput(Process process, Inbox inbox, Consumer<McpFailure> lost) {
        LineReader lines = new LineReader(process.getInputStream(), LONGEST_LINE);
        try {
            Optional<LineReader.Line> line = lines.next();
            while (line.isPresent()) {
                spoke = true;
                if (line.get().cut()) {
                    inbox.remark("skipped a line of more than " + (LONGEST_LINE >> 20) + " MiB");
                } else if (line.get().text().length > 0) {
                    inbox.accept(line.get().text());
                }
                line = lines.next();
            }
        } catch (IOException e) {
            // The pipe breaks when the process is killed; its exit is reported below or by onExit.
        }
        if (!closed && !exitsWithin(process, Duration.ofSeconds(2))) {
            lost.accept(Failures.outputClosed(endpoint.command().getFirst()));
        }
    }

    private void readErrors(Process process) {
        LineReader lines = new LineReader(process.getErrorStream(), LONGEST_STDERR_LINE);
        try {
            Optional<LineReader.Line> line = lines.next();
            while (line.isPresent()) {
                String text = new String(line.get().text(), StandardCharsets.UTF_8);
                if (!text.isBlank()) {
                    lastWords = Optional.of(text);
                }
                listener.onStderr(text);
                line = lines.next();
            }
        } catch (IOException e) {
            // Nothing more to hear.
        }
    }

    /** What the child wrote just before its end is heard first, unless a grandchild keeps the pipe open. */
    private void exited(Process process, Thread output, Thread errors, Consumer<McpFailure> lost) {
        try {
            output.join(LAST_OUTPUT);
            errors.join(LAST_OUTPUT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!closed) {
            lost.accept(Failures.processExited(endpoint.command().getFirst(), process.exitValue(), lastWords));
        }
    }

    @Override
    public boolean cancelsByAbandoning() {
        return false;
    }

    @Override
    public void start(PendingCall call, RawJson params) {
        write(RpcText.request(call.id(), call.method(), params))
                .ifPresent(failure -> call.end(new CallOutcome.Failed(failure)));
    }

    @Override
    public void abandon(PendingCall call) {
        // The answer, should it come, is ignored.
    }

    @Override
    public Optional<McpFailure> send(byte[] message, String operation, Duration timeout) {
        return write(message);
    }

    private Optional<McpFailure> write(byte[] message) {
        byte[] line = Arrays.copyOf(message, message.length + 1);
        for (int i = 0; i < message.length; i++) {
            // Line ends between the tokens of a caller's JSON would split the message; inside strings there are none.
            if (line[i] == '\n' || line[i] == '\r') {
                line[i] = ' ';
            }
        }
        line[message.length] = '\n';
        String program = endpoint.command().getFirst();
        return switch (running.map(child -> child.input().send(line)).orElse(ChildInput.Taken.CLOSED)) {
            case TAKEN -> Optional.empty();
            case FULL -> Optional.of(Failures.notReading(program));
            case CLOSED -> Optional.of(Failures.closed());
        };
    }

    /** Requirement 82: stdin is closed, then the process and its descendants are asked, then made, to end. */
    @Override
    public void close() {
        closed = true;
        running.ifPresent(this::end);
    }

    private void end(Running child) {
        try {
            endFamily(child);
        } finally {
            ends.paid(end);
        }
    }

    private static void endFamily(Running program) {
        Process process = program.process();
        List<ProcessHandle> family = new ArrayList<>(process.descendants().toList());
        program.input().close();
        if (!exitsWithin(process, Duration.ofSeconds(2))) {
            process.descendants().filter(child -> !family.contains(child)).forEach(family::add);
            family.forEach(ProcessHandle::destroy);
            process.destroy();
            exitsWithin(process, Duration.ofSeconds(2));
        } else {
            family.forEach(ProcessHandle::destroy);
        }
        family.forEach(StdioTransport::killAfterGrace);
        process.destroyForcibly();
    }

    private static void killAfterGrace(ProcessHandle child) {
        child.onExit().completeOnTimeout(child, 2, TimeUnit.SECONDS).thenAccept(late -> {
            if (late.isAlive()) {
                late.destroyForcibly();
            }
        });
    }

    private static boolean exitsWithin(Process process, Duration limit) {
        try {
            return process.waitFor(limit);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
