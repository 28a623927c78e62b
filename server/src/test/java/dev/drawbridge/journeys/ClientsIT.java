package dev.drawbridge.journeys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drawbridge.testkit.Browser;
import dev.drawbridge.testkit.Conversation;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
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
            Desk.until("the browser", () -> !opened(desk).isEmpty());
            editor.awaitText("the sign-in", text -> text.contains("signing in"));
            signIn(opened(desk).getFirst());
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

            assertEquals(1, opened(desk).size(), "one browser window, and only when asked");
            assertEquals(visits + 1, village.issuer().authorizeRequests());
            assertEquals(words.all(), editor.said(), "the person was told something else");
        }
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

    private static void signIn(String address) {
        Browser.Visit visit = village.browser().visit(URI.create(address), "alice");
        assertTrue(visit.text().contains("Authentication Successful"), visit.toString());
    }

    /** The addresses that the browser was given. */
    private static List<String> opened(Desk desk) {
        return desk.opened().stream()
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .toList();
    }
}
