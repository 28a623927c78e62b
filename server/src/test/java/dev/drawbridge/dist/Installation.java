package dev.drawbridge.dist;

import dev.drawbridge.daemon.Eventually;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One user of the assembled distribution, with folders of their own; closing ends every process that was started. */
final class Installation implements AutoCloseable {
    static final Path HOME = Path.of("target", "drawbridge").toAbsolutePath();
    private static final Pattern PID = Pattern.compile("\"pid\": (\\d+)");

    private final Path work;
    private final List<Process> started = new ArrayList<>();
    private final List<Long> daemons = new ArrayList<>();
    private int outputs;

    Installation() throws IOException {
        // Not JUnit's folder: a socket's path must be short, and the daemon may still be leaving when the test ends.
        work = Files.createTempDirectory("drawbridge-it");
    }

    Path work() {
        return work;
    }

    Path runtime() {
        return work.resolve("run");
    }

    Path log() {
        return work.resolve("state").resolve("drawbridge").resolve("daemon.log");
    }

    /** What a command printed, and how it ended. */
    record Result(int exit, String out, String err) {}

    ProcessBuilder command(String... words) {
        List<String> all = new ArrayList<>();
        all.add(HOME.resolve("bin").resolve("drawbridge").toString());
        all.addAll(List.of(words));
        return isolated(new ProcessBuilder(all));
    }

    ProcessBuilder isolated(ProcessBuilder builder) {
        builder.environment().put("DRAWBRIDGE_RUNTIME_DIR", runtime().toString());
        builder.environment().put("XDG_STATE_HOME", work.resolve("state").toString());
        builder.environment().put("XDG_CONFIG_HOME", work.resolve("config").toString());
        builder.environment().put("XDG_DATA_HOME", work.resolve("data").toString());
        builder.environment().putIfAbsent("DRAWBRIDGE_IDLE_SECONDS", "60");
        builder.environment().remove("DBUS_SESSION_BUS_ADDRESS");
        return builder;
    }

    Process start(ProcessBuilder builder) throws IOException {
        Process process = builder.start();
        started.add(process);
        return process;
    }

    Result run(String... words) throws Exception {
        Path out = work.resolve("out" + outputs);
        Path err = work.resolve("err" + outputs++);
        Process process = start(command(words).redirectOutput(out.toFile()).redirectError(err.toFile()));
        process.getOutputStream().close();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("still running: " + List.of(words));
        }
        return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    Editor editor(ProcessBuilder builder) throws IOException {
        Path err = work.resolve("relay-err" + outputs++);
        return new Editor(start(builder.redirectError(err.toFile())), err);
    }

    /** The daemon's process, when one runs; it is ended with this installation. */
    Optional<Long> daemonPid() throws Exception {
        Matcher pid = PID.matcher(run("status", "--json").out());
        if (!pid.find()) {
            return Optional.empty();
        }
        long found = Long.parseLong(pid.group(1));
        daemons.add(found);
        return Optional.of(found);
    }

    String logText() throws IOException {
        return Files.exists(log()) ? Files.readString(log()) : "";
    }

    /** An editor's end of {@code drawbridge lsp}. */
    record Editor(Process process, Path err) {
        private static final String INITIALIZE = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":"
                + "{\"processId\":null,\"rootUri\":null,\"capabilities\":{},\"clientInfo\":{\"name\":\"IT\"}}}";

        void send(String body) throws IOException {
            OutputStream out = process.getOutputStream();
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            out.write(("Content-Length: " + bytes.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            out.write(bytes);
            out.flush();
        }

        void sendInitialize() throws IOException {
            send(INITIALIZE);
            send("{\"jsonrpc\":\"2.0\",\"method\":\"initialized\",\"params\":{}}");
        }

        /** The next message; any byte before it that is not the wire's fails the test. */
        String receive() throws IOException {
            InputStream in = process.getInputStream();
            StringBuilder header = new StringBuilder();
            while (header.indexOf("\r\n\r\n") < 0) {
                int next = in.read();
                if (next < 0) {
                    throw new AssertionError("end of output after '" + header + "'; stderr: " + Files.readString(err));
                }
                header.append((char) next);
            }
            Matcher length = Pattern.compile("Content-Length: (\\d+)\r\n\r\n").matcher(header);
            if (!length.matches()) {
                throw new AssertionError("something else than the wire on stdout: '" + header + "'");
            }
            return new String(in.readNBytes(Integer.parseInt(length.group(1))), StandardCharsets.UTF_8);
        }

        String awaitAnswer(int id) throws IOException {
            while (true) {
                String message = receive();
                if (message.contains("\"id\":" + id + ",")) {
                    return message;
                }
            }
        }
    }

    @Override
    public void close() {
        try {
            endEverything();
        } catch (Exception e) {
            throw new AssertionError("a process or file could not be cleared away", e);
        }
    }

    private void endEverything() throws Exception {
        for (Process process : started) {
            process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
        daemonPid();
        run("stop");
        for (long pid : daemons) {
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
            Eventually.holds(() -> ProcessHandle.of(pid)
                    .map(process ->
                            !process.isAlive() || process.info().command().isEmpty())
                    .orElse(true));
        }
        try (Stream<Path> files = Files.walk(work)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
