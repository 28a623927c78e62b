package dev.drawbridge.journeys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drawbridge.testkit.Browser;
import dev.drawbridge.testkit.Conversation;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Real editors with our clients at the real daemon: what a person types, sees, and is told, and nothing besides. */
@ExtendWith(Conversation.class)
final class ClientsIT {
    private static Village village;

    @BeforeAll
    static void start() {
        village = new Village();
    }

    @AfterAll
    static void end() {
        village.close();
    }

    @ParameterizedTest
    @EnumSource
    void aPersonSignsInAndUsesTheToolsAndTheKilledDaemonComesBack(RealEditor.Kind kind) throws Exception {
        try (Desk desk = Desk.withKeyring();
                RealEditor editor = new RealEditor(kind, desk)) {
            desk.configure(village.configuration());
            int visits = village.issuer().authorizeRequests();
            Words words = Words.of(kind);

            editor.run(words.list());
            editor.awaitText("the server", text -> text.contains("notes") && text.contains("needs sign-in"));
            editor.awaitSaid(words.all().getFirst());
            assertEquals(List.of(), desk.opened(), "nobody has asked yet");

            editor.run(words.authenticate());
            String address = desk.awaitOpened();
            editor.awaitText("the sign-in", text -> text.contains("signing in"));
            signIn(address);
            editor.awaitText("the tools", text -> text.contains("connected") && text.contains("4"));
            editor.awaitSaid(words.all().getLast());
            assertEquals(words.status(), editor.status());
            assertEquals("Echo: hello", editor.call("notes", "echo", Village.message("hello")));
            editor.run(words.tools());
            editor.awaitText("the tools", text -> text.contains("whoami") && text.contains("Says who is signed in"));
            editor.keys("q");
            editor.awaitText("the list again", text -> text.contains("connected"));

            ProcessHandle daemon = desk.daemon().orElseThrow();
            daemon.destroyForcibly();
            daemon.onExit().join();
            assertEquals("Echo: back", editor.call("notes", "echo", Village.message("back")));
            editor.awaitText("the list after the daemon's end", text -> text.contains("connected"));
            assertNotEquals(daemon.pid(), desk.daemon().orElseThrow().pid());

            assertEquals(1, desk.opened().size(), "one browser window, and only when asked");
            assertEquals(visits + 1, village.issuer().authorizeRequests());
            assertEquals(words.all(), editor.said(), "the person was told something else");
            if (kind == RealEditor.Kind.NEOVIM) {
                isHealthy(editor);
            }
        }
    }

    @Test
    void aNeovimAndAnEmacsShareOneSignIn() throws Exception {
        try (Desk desk = Desk.withKeyring();
                RealEditor neovim = new RealEditor(RealEditor.Kind.NEOVIM, desk);
                RealEditor emacs = new RealEditor(RealEditor.Kind.EMACS, desk)) {
            desk.configure(village.configuration());
            int visits = village.issuer().authorizeRequests();
            int sessions = village.server().initializes();
            List<RealEditor> both = List.of(neovim, emacs);
            for (RealEditor editor : both) {
                editor.run(Words.of(editor.kind()).list());
                editor.awaitText("the server", text -> text.contains("needs sign-in"));
            }

            neovim.keys("a");
            String address = desk.awaitOpened();
            emacs.awaitText("the other's sign-in", text -> text.contains("signing in"));
            signIn(address);
            for (RealEditor editor : both) {
                editor.awaitText("the connection", text -> text.contains("connected"));
                editor.awaitSaid(Words.of(editor.kind()).all().getLast());
                assertEquals("Echo: both", editor.call("notes", "echo", Village.message("both")));
            }
            assertEquals(1, desk.opened().size(), "one browser window for both");
            assertEquals(visits + 1, village.issuer().authorizeRequests());
            assertEquals(sessions + 1, village.server().initializes(), "the editors share one connection");
        }
    }

    @ParameterizedTest
    @EnumSource
    void withoutTheProgramTheClientSaysWhatToDo(RealEditor.Kind kind) throws Exception {
        try (Desk desk = new Desk();
                RealEditor editor = RealEditor.installedAlone(kind, desk, emptyPath(desk))) {
            editor.run(Words.of(kind).list());
            String told = switch (kind) {
                case NEOVIM ->
                    "Drawbridge: the program drawbridge was not found. Put it on PATH or name it in"
                            + " vim.g.drawbridge.cmd.";
                case EMACS ->
                    "The program drawbridge was not found; install Drawbridge or customize ‘drawbridge-program’";
            };
            editor.awaitSaid(told);
            assertEquals(List.of(told), editor.said());
        }
    }

    @ParameterizedTest
    @EnumSource
    void withoutJavaTheLaunchersWordsAreShown(RealEditor.Kind kind) throws Exception {
        try (Desk desk = new Desk();
                RealEditor editor = RealEditor.installedAlone(kind, desk, pathWithoutJava(desk))) {
            editor.run(Words.of(kind).list());
            editor.await(
                    "the launcher's words",
                    () -> String.join("\n", editor.said()).contains("no Java 25 or newer was found"));
            assertTrue(
                    editor.said().stream().anyMatch(line -> line.contains("sudo apt install openjdk-25-jdk")),
                    "the advice is missing: " + editor.said());
            assertEquals(List.of(), desk.processes());
        }
    }

    private static Path emptyPath(Desk desk) throws IOException {
        return Files.createDirectories(desk.home().root().resolve("bin"));
    }

    /** A path with the real launcher, which is kept from looking for a JDK at the usual places of this machine. */
    private static Path pathWithoutJava(Desk desk) throws IOException {
        Path bin = emptyPath(desk);
        for (String tool : List.of("readlink", "cat")) {
            Path real = Stream.of("/usr/bin", "/bin")
                    .map(folder -> Path.of(folder, tool))
                    .filter(Files::isExecutable)
                    .findFirst()
                    .orElseThrow();
            Files.createSymbolicLink(bin.resolve(tool), real);
        }
        String launcher = Files.readString(Path.of("..", "drawbridge"));
        String lost = launcher.replaceFirst("(?s)for java_home in /usr/lib/jvm.*?; do", "for java_home in; do");
        assertNotEquals(launcher, lost, "the launcher looks for a JDK in another way");
        Files.writeString(bin.resolve("drawbridge"), lost);
        Files.setPosixFilePermissions(bin.resolve("drawbridge"), PosixFilePermissions.fromString("rwx------"));
        desk.home().write("lib/drawbridge.jar", "");
        return bin;
    }

    /** What differs between the editors. */
    private record Words(String list, String authenticate, String tools, String status, List<String> all) {
        static Words of(RealEditor.Kind kind) {
            return switch (kind) {
                case NEOVIM ->
                    new Words(
                            "Drawbridge",
                            "Drawbridge authenticate notes",
                            "Drawbridge tools notes",
                            "MCP 1/1",
                            List.of(
                                    "Drawbridge: sign-in needed for notes: :Drawbridge authenticate notes",
                                    "Drawbridge: sign in to notes in your browser.",
                                    "Drawbridge: signed in to notes."));
                case EMACS ->
                    new Words(
                            "drawbridge",
                            "drawbridge-authenticate",
                            "drawbridge-show-tools",
                            " MCP:1/1 ",
                            List.of(
                                    "Drawbridge: sign-in needed for notes; M-x drawbridge-authenticate",
                                    "Drawbridge: sign in to notes in your browser",
                                    "Drawbridge: signed in to notes"));
            };
        }
    }

    private static void isHealthy(RealEditor neovim) {
        neovim.run("checkhealth drawbridge");
        neovim.awaitText("the report", text -> text.contains("drawbridge runs") && text.contains("notes: connected"));
        String report = neovim.text();
        assertFalse(report.contains("WARNING") || report.contains("ERROR"), report);
        neovim.run("bwipeout");
        neovim.awaitText("the list again", text -> text.contains("connected"));
    }

    private static void signIn(String address) {
        Browser.Visit visit = village.browser().visit(URI.create(address), "alice");
        assertTrue(visit.text().contains("Authentication Successful"), visit.toString());
    }
}
