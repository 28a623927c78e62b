package dev.drawbridge.cli.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The demo's own daemon and editor's end, as processes; closing ends both of them for certain. */
final class DemoDaemon implements AutoCloseable {
    private static final Duration START_DEADLINE = Duration.ofSeconds(20);
    private static final Duration STOP_DEADLINE = Duration.ofSeconds(8);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    private final DemoHome home;
    private final Process process;

    private DemoDaemon(DemoHome home, Process process) {
        this.home = home;
        this.process = process;
    }

    static DemoDaemon start(DemoHome home) throws IOException {
        ProcessBuilder builder = home.process(List.of("daemon"));
        builder.redirectErrorStream(true).redirectOutput(home.log().toFile());
        Process process = builder.start();
        process.getOutputStream().close();
        return new DemoDaemon(home, process);
    }

    long pid() {
        return process.pid();
    }

    /** Waits until its socket is there. */
    void awaitSocket() throws DemoFailed, IOException, InterruptedException {
        long end = System.nanoTime() + START_DEADLINE.toNanos();
        while (!home.hasSocket()) {
            if (process.waitFor(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new DemoFailed("The daemon ended as it started: "
                        + Files.readString(home.log()).strip());
            }
            if (System.nanoTime() > end) {
                throw new DemoFailed("The daemon did not open its socket within 20 seconds.");
            }
        }
    }

    /** Attaches an editor: a {@code drawbridge lsp} of its own. */
    Process attach() throws IOException {
        return home.process(List.of("lsp", "--stdio", "--client", "demo editor"))
                .redirectError(home.editorLog().toFile())
                .start();
    }

    @Override
    public void close() {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroy();
        try {
            if (!process.waitFor(STOP_DEADLINE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
        children.forEach(ProcessHandle::destroyForcibly);
    }
}
