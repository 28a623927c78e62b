package dev.drawbridge.journeys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drawbridge.testkit.Browser;
import dev.drawbridge.testkit.Conversation;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The real Helix, which has no plug-ins at all: what its person sees and presses, from a new workspace to connected. */
@Tag("full")
@ExtendWith(Conversation.class)
final class HelixIT {
    private static Village village;

    @BeforeAll
    static void start() {
        village = new Village();
    }

    @AfterAll
    static void end() {
        village.close();
    }

    @Test
    void theButtonsOfMessagesLeadToConnectedAndADeadDaemonComesBackByItself() throws Exception {
        try (Desk desk = Desk.withKeyring();
                Terminal helix = helix(desk, "forky")) {
            goToEntry(helix);
            helix.await("Approve only what you trust.");
            helix.press("Enter");
            helix.await("Later");
            assertTrue(helix.shows("“notes” needs you to sign in."));
            assertEquals(List.of(), desk.opened(), "nobody has clicked yet");
            helix.press("Enter");
            signIn(desk, helix);

            ProcessHandle first = desk.daemon().orElseThrow();
            first.destroyForcibly();
            desk.awaitAnotherDaemon(first);
            desk.awaitState("notes", folder(desk), "connected");
            chooseCodeAction(helix, "Sign out notes", 2);
            helix.await("“notes” needs you to sign in.");
            assertEquals(1, desk.opened().size(), desk.opened().toString());
        }
    }

    @Test
    void theCodeActionsLeadToConnectedWhereQuestionsAreRefused() throws Exception {
        try (Desk desk = Desk.withKeyring();
                Terminal helix = helix(desk, "trixie")) {
            goToEntry(helix);
            helix.await("“notes” does not start before you approve it");
            chooseCodeAction(helix, "Approve notes", 1);
            helix.await("“notes” needs you to sign in.");
            assertEquals(List.of(), desk.opened(), "nobody has clicked yet");
            chooseCodeAction(helix, "Authenticate notes", 1);
            signIn(desk, helix);
        }
    }

    @Test
    void aMissingDrawbridgeIsToldWhereTheGuideSays() throws Exception {
        try (Desk desk = new Desk()) {
            Map<String, String> environment = new TreeMap<>(desk.home().environment());
            environment.put("PATH", "/usr/bin:/bin");
            try (Terminal helix = helix(desk, "trixie", environment)) {
                helix.await("\"notes\"");
                helix.type(":lsp-restart");
                helix.press("Enter");
                helix.await("command 'drawbridge' not found");
            }
        }
    }

    private static Terminal helix(Desk desk, String suite) throws Exception {
        return helix(desk, suite, desk.home().environment());
    }

    private static Terminal helix(Desk desk, String suite, Map<String, String> environment) throws Exception {
        desk.install("helix/languages.toml", ".config/helix/languages.toml");
        desk.install("helix/config.toml", ".config/helix/config.toml");
        Path file = desk.workspaceFile(".vscode/mcp.json", village.workspaceConfiguration());
        String hx = Desk.installed("install-helix", suite);
        return new Terminal(folder(desk), environment, List.of(hx, file.toString()));
    }

    /** Puts the cursor on the server's entry, where its code actions are and its diagnostics are shown in full. */
    private static void goToEntry(Terminal helix) {
        helix.await("\"notes\"");
        helix.type("3G");
    }

    private static Path folder(Desk desk) {
        return desk.home().home().resolve("project");
    }

    /** Opens the menu and chooses one, which is at this place in it, counted from 1; the first is selected from the start. */
    private static void chooseCodeAction(Terminal helix, String title, int place) {
        helix.press("Space");
        helix.press("a");
        helix.await(title);
        for (int i = 1; i < place; i++) {
            helix.press("Tab");
        }
        helix.press("Enter");
    }

    /** The page that Helix opened, the browser, the end on the screen and in the daemon. */
    private static void signIn(Desk desk, Terminal helix) throws Exception {
        String address = desk.awaitOpened();
        helix.await(address);
        Browser.Visit visit = village.browser().visit(URI.create(address), "alice");
        assertTrue(visit.text().contains("Authentication Successful"), visit.toString());
        helix.await("Signed in to “notes”.");
        helix.awaitGone("To sign in to");
        desk.awaitState("notes", folder(desk), "connected");
        assertEquals(1, desk.opened().size(), desk.opened().toString());
    }
}
