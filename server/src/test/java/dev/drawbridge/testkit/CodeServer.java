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
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * VS Code as a program in a browser (code-server), with an extension installed, in a {@link TestHome}. What an extension's
 * host does there it does on any machine; what differs is that the browser is told addresses of code-server's own for
 * ports of this machine, as it is by VS Code's port forwarding.
 */
public final class CodeServer implements AutoCloseable {
    private static final Path INSTALL = Path.of("../clients/vscode/test/install-code-server")
            .toAbsolutePath()
            .normalize();
    /** Its native parts are compiled, on two busy cores. */
    private static final Duration INSTALL_DEADLINE = Duration.ofMinutes(20);

    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final Pattern LISTENING = Pattern.compile("listening on (http://127\\.0\\.0\\.1:\\d+)/");

    private static final String SETTINGS = """
        {
          "workbench.startupEditor": "none",
          "workbench.colorTheme": "Default Dark Modern",
          "workbench.tips.enabled": false,
          "workbench.welcomePage.walkthroughs.openOnInstall": false,
          "workbench.secondarySideBar.defaultVisibility": "hidden",
          "workbench.layoutControl.enabled": false,
          "chat.commandCenter.enabled": false,
          "security.workspace.trust.enabled": false,
          "telemetry.telemetryLevel": "off",
          "extensions.autoUpdate": false,
          "extensions.autoCheckUpdates": false,
          "update.mode": "none",
          "git.enabled": false
        }
        """;

    private final Path folder;
    private final Map<String, String> environment;
    private final ChildProcess process;
    private final URI address;
    private boolean closed;
    private String lastLog = "";

    /** Installs the extension and starts; {@code settings} are those of the machine. */
    public CodeServer(TestHome home, Path extension, JsonObject settings) {
        folder = home.root().resolve("code-server");
        environment = new TreeMap<>(home.environment());
        // The network is loopback alone: nothing is looked for in a gallery.
        environment.put("EXTENSIONS_GALLERY", "{\"serviceUrl\":\"\"}");
        Path program = program();
        Conversation.add(() -> closed ? lastLog : extensionLog());
        try {
            home.write("code-server/data/User/settings.json", SETTINGS);
            configure(settings);
            home.write("code-server/config.yaml", "auth: none\n");
            try (ChildProcess install = run(program, "--install-extension", extension.toString())) {
                if (install.exitCode(DEADLINE) != 0) {
                    throw new AssertionError("The extension could not be installed.\n" + install.log());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        process = run(
                program,
                "--auth",
                "none",
                "--bind-addr",
                "127.0.0.1:0",
                "--disable-workspace-trust",
                "--disable-getting-started-override");
        try {
            Matcher line = LISTENING.matcher(process.await(
                    "its address", DEADLINE, text -> LISTENING.matcher(text).find()));
            if (!line.find()) {
                throw new AssertionError(process.log());
            }
            address = URI.create(line.group(1));
        } catch (Throwable failed) {
            process.close();
            throw failed;
        }
    }

    /** Replaces the machine's settings, as an administrator's or a person's edit does; windows notice. */
    public void configure(JsonObject settings) throws IOException {
        Path file = folder.resolve("data/Machine/settings.json");
        Files.createDirectories(folder.resolve("data/Machine"));
        Files.writeString(file, settings.toString());
    }

    /** The address of a window on a folder. */
    public URI window(Path workspace) {
        return address.resolve("/?folder=" + workspace);
    }

    public URI address() {
        return address;
    }

    /** What the extension wrote into its own log, in every window. */
    private String extensionLog() {
        StringBuilder text = new StringBuilder();
        try (Stream<Path> files = Files.walk(folder.resolve("data/logs"))) {
            for (Path log :
                    files.filter(file -> file.endsWith("Drawbridge.log")).toList()) {
                text.append("--- ").append(folder.relativize(log)).append('\n').append(Files.readString(log));
            }
        } catch (IOException | UncheckedIOException e) {
            text.append("(no log of the extension: ").append(e.getMessage()).append(")");
        }
        return text.toString();
    }

    @Override
    public void close() {
        lastLog = extensionLog();
        closed = true;
        process.close();
    }

    private ChildProcess run(Path program, String... words) {
        List<String> command = new ArrayList<>(List.of(
                program.toString(),
                "--config",
                folder.resolve("config.yaml").toString(),
                "--user-data-dir",
                folder.resolve("data").toString(),
                "--extensions-dir",
                folder.resolve("extensions").toString(),
                "--disable-telemetry",
                "--disable-update-check"));
        command.addAll(List.of(words));
        return ChildProcess.start("code-server", folder, environment, command);
    }

    private static Path program() {
        Map<String, String> own = new TreeMap<>(System.getenv());
        try (ChildProcess install = ChildProcess.start(
                "install-code-server", Path.of("").toAbsolutePath(), own, List.of(INSTALL.toString()))) {
            return Path.of(install.await("code-server's path", INSTALL_DEADLINE, line -> line.startsWith("/")));
        }
    }
}
