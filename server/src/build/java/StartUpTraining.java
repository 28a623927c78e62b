import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Makes the AOT caches (JEP 514) by leading the life that each role usually leads: an editor that opens a configuration
 * file, a host that calls a tool of a remote server, a terminal that asks for the status, and the daemon that serves them.
 * What a role loads here starts faster and is shared by all processes of that role; what it does not is merely slower.
 *
 * <p>It meets neither the daemon, nor the keyring, nor the servers of the person who builds. A cache that cannot be made
 * costs speed, never the build.
 */
final class StartUpTraining {
    private static final int SECONDS = 90;

    private final Path lib;
    private final Path log;
    private final Path javaCommand = Path.of(System.getProperty("java.home"), "bin", "java");

    StartUpTraining(Path lib, Path log) {
        this.lib = lib;
        this.log = log;
    }

    void train() throws Exception {
        Path work = Files.createTempDirectory("drawbridge-training");
        Files.deleteIfExists(log);
        try (TrainingServer server = new TrainingServer()) {
            // Without a daemon: the relay learns to start one.
            edit(making("lsp"), work);
            call(making("proxy", server.url()), work);
            finish(start(making("status"), work));
            finish(start(using("stop"), work));
            Process daemon = start(making("daemon"), work);
            Path socket = work.resolve("run").resolve("daemon-1.sock");
            for (int i = 0; i < 500 && daemon.isAlive() && !Files.exists(socket); i++) {
                Thread.sleep(20);
            }
            for (int i = 0; i < 3; i++) {
                edit(using("lsp"), work);
                call(using("proxy", server.url()), work);
            }
            finish(start(using("status"), work));
            finish(start(using("stop"), work));
            finish(daemon);
        } catch (IOException e) {
            System.err.println("The start-up caches could not be made (" + e + "); Drawbridge works without them.");
        } finally {
            delete(work);
        }
        for (String cache : List.of("lsp", "proxy", "cli", "daemon")) {
            if (!Files.isRegularFile(lib.resolve(cache + ".aot"))) {
                System.err.println("The start-up cache of " + cache + " was not made; see " + log
                        + ". Drawbridge works without it, and starts more slowly.");
            }
        }
    }

    /** One editor's short life, ended only after everything was answered. */
    private void edit(List<String> command, Path work) throws IOException, InterruptedException {
        String uri = "file:///training/mcp.json";
        String place = "\"textDocument\":{\"uri\":\"" + uri + "\"}";
        converse(command, work, StartUpTraining::frame, relay -> {
            relay.ask(
                    "initialize",
                    "{\"processId\":null,\"rootUri\":null,\"clientInfo\":{\"name\":\"Training\",\"version\":\"1\"},"
                            + "\"capabilities\":{}}");
            relay.tell("initialized", "{}");
            relay.tell(
                    "textDocument/didOpen",
                    "{\"textDocument\":{\"uri\":\"" + uri
                            + "\",\"languageId\":\"jsonc\",\"version\":1,\"text\":\"{\\\"mcpServers\\\":{}}\"}}");
            for (String method : List.of(
                    "mcp/listServers",
                    "textDocument/codeLens",
                    "textDocument/documentSymbol",
                    "textDocument/codeAction")) {
                relay.ask(
                        method,
                        "{" + place
                                + ",\"range\":{\"start\":{\"line\":0,\"character\":0},\"end\":{\"line\":0,\"character\":0}},"
                                + "\"context\":{\"diagnostics\":[]}}");
            }
            relay.ask("shutdown", "{}");
            relay.tell("exit", "{}");
        });
    }

    /** One AI host's short life with a remote server. */
    private void call(List<String> command, Path work) throws IOException, InterruptedException {
        converse(command, work, body -> (body + "\n").getBytes(StandardCharsets.UTF_8), relay -> {
            relay.ask(
                    "initialize",
                    "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},"
                            + "\"clientInfo\":{\"name\":\"training\",\"version\":\"1\"}}");
            relay.tell("notifications/initialized", "{}");
            relay.ask("tools/list", "{}");
            for (int call = 0; call < 20; call++) {
                relay.ask("tools/call", "{\"name\":\"echo\",\"arguments\":{}}");
            }
        });
    }

    private interface Life {
        void live(Wire relay) throws IOException;
    }

    private interface Framing {
        byte[] of(String body);
    }

    /** Runs a relay, lives this life through it, closes its input and waits for its end. */
    private void converse(List<String> command, Path work, Framing framing, Life life)
            throws IOException, InterruptedException {
        Process relay = isolated(command, work)
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        Thread killer = Thread.ofPlatform().daemon().start(() -> {
            try {
                finish(relay);
            } catch (InterruptedException _) {
                relay.destroyForcibly();
            }
        });
        try (OutputStream out = relay.getOutputStream();
                InputStream in = relay.getInputStream()) {
            life.live(new Wire(out, in, framing));
        } catch (IOException e) {
            Files.writeString(log, "Training conversation ended: " + e + "\n", StandardOpenOption.APPEND);
        }
        relay.waitFor();
        killer.join();
    }

    /** Requests one after the other, over either framing; an answer is told by its id alone. */
    private static final class Wire {
        private final OutputStream out;
        private final InputStream in;
        private final Framing framing;
        private int lastId = 100;

        private Wire(OutputStream out, InputStream in, Framing framing) {
            this.out = out;
            this.in = in;
            this.framing = framing;
        }

        void tell(String method, String params) throws IOException {
            out.write(framing.of("{\"jsonrpc\":\"2.0\",\"method\":\"" + method + "\",\"params\":" + params + "}"));
            out.flush();
        }

        void ask(String method, String params) throws IOException {
            int id = ++lastId;
            out.write(framing.of(
                    "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":" + params + "}"));
            out.flush();
            String wanted = "\"id\":" + id;
            StringBuilder seen = new StringBuilder();
            while (seen.indexOf(wanted + ",") < 0 && seen.indexOf(wanted + "}") < 0) {
                int next = in.read();
                if (next < 0) {
                    throw new IOException("the relay ended before it answered " + method);
                }
                seen.append((char) next);
            }
        }
    }

    private static byte[] frame(String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return ("Content-Length: " + bytes.length + "\r\n\r\n" + body).getBytes(StandardCharsets.UTF_8);
    }

    /** The command of a role that leaves its cache behind. */
    private List<String> making(String... words) {
        return command("-XX:AOTCacheOutput=", words);
    }

    private List<String> using(String... words) {
        return command("-XX:AOTCache=", words);
    }

    private List<String> command(String cacheOption, String... words) {
        String first = words[0];
        boolean relay = first.equals("lsp") || first.equals("proxy");
        String role = relay ? "relay" : first.equals("daemon") ? "daemon" : "cli";
        List<String> command = new ArrayList<>();
        command.add(javaCommand.toString());
        command.add("@" + lib.resolve(role + ".jvmargs"));
        command.add(cacheOption + lib.resolve((relay ? first : role) + ".aot"));
        command.add("-Ddrawbridge.home=" + lib.getParent());
        command.add("-cp");
        command.add(lib.resolve(relay ? "drawbridge.jar" : "drawbridge-" + role + ".jar")
                .toString());
        command.add("dev.drawbridge.Main");
        command.addAll(Arrays.asList(words));
        return command;
    }

    private Process start(List<String> command, Path work) throws IOException {
        return isolated(command, work)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    private static ProcessBuilder isolated(List<String> command, Path work) {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("DRAWBRIDGE_RUNTIME_DIR", work.resolve("run").toString());
        builder.environment().put("DRAWBRIDGE_IDLE_SECONDS", "30");
        for (String variable : List.of("XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME")) {
            builder.environment().put(variable, work.resolve(variable).toString());
        }
        builder.environment().remove("DBUS_SESSION_BUS_ADDRESS");
        return builder;
    }

    private static void finish(Process process) throws InterruptedException {
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
