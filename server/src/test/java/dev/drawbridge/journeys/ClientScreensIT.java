package dev.drawbridge.journeys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drawbridge.testkit.Browser;
import dev.drawbridge.testkit.Conversation;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Neovim and Emacs with our clients in a terminal, by the keys a person presses and the screen a person sees. The
 * screens are kept in {@code target/screens}.
 */
@Tag("full")
@ExtendWith(Conversation.class)
final class ClientScreensIT {
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
    void aPersonSignsInByTheKeysOfTheList(RealEditor.Kind kind) throws Exception {
        try (Desk desk = Desk.withKeyring();
                Terminal screen = terminal(kind, desk, Map.of())) {
            desk.configure(village.configuration());
            openTheList(kind, screen);
            screen.await("needs sign-in");
            screen.await("sign-in needed for notes");
            screen.keep(kind + "-1-needs-a-sign-in");
            assertEquals(List.of(), desk.opened(), "nobody has pressed the key yet");

            screen.press("a");
            String address = desk.awaitOpened();
            screen.await("sign in to notes in your browser");
            screen.await("signing in");
            screen.keep(kind + "-2-signing-in");
            Browser.Visit visit = village.browser().visit(URI.create(address), "alice");
            assertTrue(visit.text().contains("Authentication Successful"), visit.toString());
            screen.await("signed in to notes");
            screen.await("connected");
            screen.keep(kind + "-3-connected");
            if (kind == RealEditor.Kind.EMACS) {
                screen.await("MCP:1/1");
                assertFalse(screen.shows("invalid"), "the mode line is broken");
            }

            screen.press("t");
            screen.await("Says who is signed in");
            screen.keep(kind + "-4-tools");
            screen.press("q");
            screen.awaitGone("Says who is signed in");

            ProcessHandle first = desk.daemon().orElseThrow();
            first.destroyForcibly();
            Desk.until(
                    "another daemon",
                    () -> desk.daemon()
                            .filter(next -> next.pid() != first.pid())
                            .isPresent());
            desk.awaitState("notes", RealEditor.folder(desk), "connected");
            screen.await("connected");
            assertFalse(screen.shows("needs sign-in"));
            screen.keep(kind + "-5-after-the-daemon-died");
            assertEquals(1, desk.opened().size(), desk.opened().toString());
        }
    }

    @ParameterizedTest
    @EnumSource
    void overSshTheAddressIsShownAndTheSignInCanBeCancelled(RealEditor.Kind kind) throws Exception {
        try (Desk desk = Desk.withKeyring();
                Terminal screen = terminal(kind, desk, Map.of("SSH_TTY", "/dev/pts/0"))) {
            desk.configure(village.configuration());
            openTheList(kind, screen);
            screen.await("needs sign-in");
            screen.press("a");
            screen.await("open this address in your browser");
            screen.await(village.issuer().issuer() + "/auth?");
            screen.await("signing in");
            screen.keep(kind + "-6-over-ssh");
            screen.press("q");
            screen.awaitGone("open this address in your browser");

            openTheList(kind, screen);
            screen.press("c");
            screen.await("Address the browser ended at:");
            screen.type("http://127.0.0.1:1/callback?code=none&state=none");
            screen.press("Enter");
            screen.await("paste the whole address");
            screen.press("x");
            screen.await("the sign-in to notes was cancelled");
            screen.await("needs sign-in");
            screen.keep(kind + "-7-cancelled");
            assertEquals(List.of(), desk.opened(), "the browser is on another machine");
        }
    }

    private static Terminal terminal(RealEditor.Kind kind, Desk desk, Map<String, String> more) {
        Map<String, String> environment = new TreeMap<>(desk.home().environment());
        environment.putAll(more);
        Terminal screen = new Terminal(RealEditor.folder(desk), environment, command(kind));
        screen.await(
                "the editor's first screen",
                shown -> shown.contains(kind == RealEditor.Kind.NEOVIM ? "NVIM v" : "*scratch*"));
        return screen;
    }

    private static List<String> command(RealEditor.Kind kind) {
        List<String> command = new ArrayList<>(kind.command(kind.client()));
        if (kind == RealEditor.Kind.EMACS) {
            command.add(1, "-nw");
        }
        return command;
    }

    private static void openTheList(RealEditor.Kind kind, Terminal screen) {
        if (kind == RealEditor.Kind.NEOVIM) {
            screen.type(":Drawbridge");
        } else {
            screen.press("M-x");
            screen.await("M-x");
            screen.type("drawbridge");
        }
        screen.press("Enter");
    }
}
