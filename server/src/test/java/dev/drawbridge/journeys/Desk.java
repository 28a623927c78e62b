package dev.drawbridge.journeys;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.drawbridge.testkit.ChildProcess;
import dev.drawbridge.testkit.Conversation;
import dev.drawbridge.testkit.SecretServiceSession;
import dev.drawbridge.testkit.TestHome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * One user at one machine: a home of their own, a desktop's keyring, and the assembled distribution. Whatever would open
 * a browser window on this machine is replaced by a program that notes it, because Drawbridge must never do so by
 * itself. Closing ends every process that was started from here, the daemon included.
 */
public final class Desk implements AutoCloseable {
    private static final Path INSTALLED = Path.of("target", "drawbridge").toAbsolutePath();
    private static final Path EXAMPLES =
            Path.of("../clients/plain").toAbsolutePath().normalize();
    private static final Duration INSTALL_DEADLINE = Duration.ofMinutes(5);
    private static final Duration DEADLINE = Duration.ofSeconds(40);
    private static final List<String> OPENERS = List.of(
            "xdg-open", "open", "sensible-browser", "x-www-browser", "gnome-open", "kde-open", "gio", "firefox");

    private final TestHome home = new TestHome();
    private final List<Editor> editors = new ArrayList<>();
    private final List<SecretServiceSession> keyrings = new ArrayList<>();
    private boolean closed;
    private String lastLog = "";

    /** With an unlocked keyring, as after signing in to a desktop. */
    public static Desk withKeyring() {
        Desk desk = new Desk();
        try {
            desk.keyrings.add(new SecretServiceSession(desk.home));
            return desk;
        } catch (Throwable failed) {
            desk.close();
            throw failed;
        }
    }

    /** For journeys without a sign-in. */
    public Desk() {
        home.with("DRAWBRIDGE_RUNTIME_DIR", home.runtime().resolve("db").toString())
                .with("DRAWBRIDGE_IDLE_SECONDS", "60")
                .with("BROWSER", "xdg-open")
                .with("DISPLAY", ":99")
                .with(
                        "PATH",
                        home.root().resolve("openers") + ":" + INSTALLED.resolve("bin") + ":"
                                + home.environment().get("PATH"));
        try {
            for (String opener : OPENERS) {
                Path file =
                        home.write("openers/" + opener, "#!/bin/sh\necho \"$0 $*\" >>'" + home.root() + "/opened'\n");
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Conversation.add(this::log);
    }

    public TestHome home() {
        return home;
    }

    public Path userFile() {
        return home.config().resolve("drawbridge").resolve("mcp.json");
    }

    /** Writes the user's configuration, as an editor saves a file: whole, and at once. */
    public void configure(String json) throws IOException {
        save(userFile(), json);
    }

    /** Replaces a file in one step. */
    public static void save(Path file, String content) throws IOException {
        Path folder = Objects.requireNonNull(file.getParent());
        Files.createDirectories(folder);
        Path fresh = Files.writeString(Files.createTempFile(folder, "fresh", ".new"), content);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** An entry for a server at an address. */
    public static String remote(String name, URI url) {
        return "\"" + name + "\":{\"url\":\"" + url + "\"}";
    }

    /** An entry for a server that is a program. */
    public static String local(String name, List<String> command) {
        JsonObject definition = new JsonObject();
        definition.addProperty("command", command.getFirst());
        JsonArray arguments = new JsonArray();
        command.stream().skip(1).forEach(arguments::add);
        definition.add("args", arguments);
        return "\"" + name + "\":" + definition;
    }

    public static String servers(String... entries) {
        return "{\"mcpServers\":{" + String.join(",", entries) + "}}";
    }

    /** Starts an editor without a workspace and says hello. */
    public Editor editor(String name, String capabilities) {
        return editor(name, capabilities, Optional.empty());
    }

    public Editor editor(String name, String capabilities, Optional<Path> workspace) {
        ProcessBuilder builder =
                new ProcessBuilder(launcher(), "lsp").directory(home.root().toFile());
        builder.environment().clear();
        builder.environment().putAll(home.environment());
        try {
            Editor editor = new Editor(name, builder.start());
            editors.add(editor);
            return editor.initialize(
                    capabilities, workspace.map(folder -> folder.toUri().toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file of the workspace {@code project} in the user's home, which is made for it. */
    Path workspaceFile(String path, String content) throws IOException {
        return home.write("home/project/" + path, content);
    }

    /** Copies one of the configurations that the documentation shows to where an editor reads it. */
    void install(String example, String path) throws IOException {
        home.write("home/" + path, Files.readString(EXAMPLES.resolve(example)));
    }

    /** Runs one of the scripts that bring an editor, and gives the path it prints. */
    static String installed(String script, String... words) {
        List<String> command =
                new ArrayList<>(List.of(EXAMPLES.resolve("test").resolve(script).toString()));
        command.addAll(List.of(words));
        try (ChildProcess process = ChildProcess.start(script, EXAMPLES, System.getenv(), command)) {
            return process.await("a path", INSTALL_DEADLINE, line -> line.startsWith("/"));
        }
    }

    /** What the daemon says of a server, to one who asks in this folder; nothing when it knows none of that name. */
    Optional<JsonObject> server(String name, Path folder) {
        String printed = run(folder, "status", "--json");
        JsonObject status =
                JsonParser.parseString(printed.substring(printed.indexOf('{'))).getAsJsonObject();
        return status.getAsJsonArray("servers").asList().stream()
                .map(JsonElement::getAsJsonObject)
                .filter(server -> server.get("name").getAsString().equals(name))
                .findFirst();
    }

    /** The kind of the server's state, or nothing. */
    String state(String name, Path folder) {
        return server(name, folder)
                .map(server -> server.getAsJsonObject("state").get("kind").getAsString())
                .orElse("");
    }

    /** Waits until the daemon says that a server is in this state. */
    void awaitState(String name, Path folder, String state) {
        until(
                "the state " + state + " of " + name,
                Duration.ofSeconds(60),
                () -> state(name, folder).equals(state));
    }

    /** Waits until a daemon serves that is not this one, which was killed. */
    void awaitAnotherDaemon(ProcessHandle killed) {
        until(
                "another daemon",
                Duration.ofSeconds(60),
                () -> daemon().filter(next -> next.pid() != killed.pid()).isPresent());
    }

    /** Runs a command to its end and gives what it printed; any exit code but 0 fails the test. */
    public String run(String... words) {
        return run(home.root(), words);
    }

    /** The same in a folder, whose workspace files then count. */
    String run(Path folder, String... words) {
        List<String> command = new ArrayList<>(List.of(launcher()));
        command.addAll(List.of(words));
        try (ChildProcess process = ChildProcess.start("drawbridge " + words[0], folder, home.environment(), command)) {
            if (process.exitCode(DEADLINE) != 0) {
                throw new AssertionError("drawbridge " + words[0] + " failed\n" + process.log());
            }
            return process.log();
        }
    }

    /** Our own processes that live in this home, whoever started them. */
    public List<ProcessHandle> processes() {
        String ours = "HOME=" + home.home() + "\0";
        return ProcessHandle.allProcesses()
                .filter(process -> contentOf(process, "environ").contains(ours)
                        && contentOf(process, "cmdline").contains("dev.drawbridge.Main"))
                .toList();
    }

    /** The daemon of this home, when one runs. */
    public Optional<ProcessHandle> daemon() {
        return processes().stream()
                .filter(process -> contentOf(process, "cmdline").contains("dev.drawbridge.Main\0daemon"))
                .findFirst();
    }

    /** What Linux tells of a process; empty when it is gone or not ours to see. */
    public static String contentOf(ProcessHandle process, String file) {
        try {
            return Files.readString(Path.of("/proc", String.valueOf(process.pid()), file), StandardCharsets.ISO_8859_1);
        } catch (IOException gone) {
            return "";
        }
    }

    /** The browser windows that something tried to open by itself. */
    public List<String> opened() throws IOException {
        Path notes = home.root().resolve("opened");
        return Files.exists(notes) ? Files.readAllLines(notes) : List.of();
    }

    /** Waits until something opens a page, and gives its address. */
    String awaitOpened() throws IOException {
        Path notes = home.root().resolve("opened");
        until(
                "a page that is opened",
                Duration.ofSeconds(60),
                () -> notes.toFile().length() > 0);
        String note = opened().getLast();
        return note.substring(note.indexOf("http"));
    }

    /** Everything the keyring holds for Drawbridge, as the desktop's own tool prints it. */
    public String keyringContent() {
        try (ChildProcess tool = ChildProcess.start(
                "secret-tool",
                home.root(),
                home.environment(),
                List.of("secret-tool", "search", "--all", "service", "dev.drawbridge"))) {
            tool.exitCode(DEADLINE);
            return tool.log();
        }
    }

    public static void until(String what, BooleanSupplier condition) {
        until(what, DEADLINE, condition);
    }

    /** Waits on a condition that nothing tells of. */
    public static void until(String what, Duration deadline, BooleanSupplier condition) {
        long end = System.nanoTime() + deadline.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("waited " + deadline + " in vain for " + what);
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    /** Tests silence: the condition has to hold for all of this time. */
    public static void stays(String what, Duration time, BooleanSupplier condition) {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            if (!condition.getAsBoolean()) {
                throw new AssertionError("it did not stay true that " + what);
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    /** What the daemon logged; after the end, what it had logged until then. */
    public String log() {
        return closed ? lastLog : readLogs();
    }

    private String readLogs() {
        StringBuilder text = new StringBuilder();
        try (Stream<Path> logs = Files.list(home.state().resolve("drawbridge"))) {
            for (Path log :
                    logs.filter(file -> file.toString().endsWith(".log")).toList()) {
                text.append("--- ").append(log.getFileName()).append('\n').append(Files.readString(log));
            }
        } catch (IOException none) {
            text.append("(no daemon.log: ").append(none.getMessage()).append(")");
        }
        return text.toString();
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        lastLog = readLogs();
        closed = true;
        editors.forEach(editor -> editor.process().destroyForcibly());
        List<ProcessHandle> left = processes();
        left.forEach(ProcessHandle::destroy);
        try {
            until("the daemon's end", Duration.ofSeconds(12), () -> processes().isEmpty());
        } finally {
            left.forEach(ProcessHandle::destroyForcibly);
            keyrings.forEach(SecretServiceSession::close);
            home.close();
        }
    }

    /** The installed program. */
    public static String launcher() {
        return INSTALLED.resolve("bin").resolve("drawbridge").toString();
    }
}
