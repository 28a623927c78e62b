package dev.drawbridge.journeys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import dev.drawbridge.testkit.Browser;
import dev.drawbridge.testkit.Conversation;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The real Kate on a screen nobody sees. It refuses questions and shows no pages: its quick fix, Ctrl+., does on the server's
 * entry what has to be done next. What it shows is kept as pictures, for people to look at; the assertions, and the address
 * the browser goes to, are the daemon's word, because nothing reads Kate's screen.
 */
@Tag("full")
@ExtendWith(Conversation.class)
final class KateIT {
    /** How far down the third line is, with the server's name, in a window that has the screen's upper left corner. */
    private static final int ENTRY = 150;

    /** How far down the names of the tool views are, in a window of Kate's first size. */
    private static final int PANELS = 589;

    @Test
    void theQuickFixLeadsToConnectedAndADeadDaemonComesBackByItself() throws Exception {
        try (Village village = new Village();
                Desk desk = Desk.withKeyring()) {
            desk.install("kate/katerc", ".config/katerc");
            desk.install("kate/settings.json", ".config/kate/lspclient/settings.json");
            Path file = desk.workspaceFile(".vscode/mcp.json", village.workspaceConfiguration());
            Path folder = desk.home().home().resolve("project");
            try (XDisplay screen = new XDisplay(folder, desk.home().environment())) {
                Conversation.add(() -> "--- pictures of the screen are in target/screenshots");
                screen.start("kate", "--startanon", "--new", file.toString());
                // Kate asks once whether it may start this language server.
                screen.awaitWindow("LSP server start requested");
                screen.picture("kate-1-may-it-start");
                screen.press("Return");
                desk.awaitState("notes", folder, "untrusted");

                quickFixUntil("authRequired", "untrusted", screen, desk, folder);
                screen.picture("kate-2-needs-sign-in");
                assertEquals(List.of(), desk.opened(), "nobody has clicked yet");
                quickFixUntil("authenticating", "authRequired", screen, desk, folder);
                screen.click(254, PANELS);
                screen.picture("kate-3-diagnostics-while-signing-in");
                screen.click(254, PANELS);
                Browser.Visit visit = village.browser().visit(address(desk, folder), "alice");
                assertTrue(visit.text().contains("Authentication Successful"), visit.toString());
                desk.awaitState("notes", folder, "connected");
                screen.picture("kate-4-connected");

                ProcessHandle first = desk.daemon().orElseThrow();
                first.destroyForcibly();
                desk.awaitAnotherDaemon(first);
                desk.awaitState("notes", folder, "connected");
                desk.run(folder, "logout", "notes");
                quickFixUntil("authenticating", "authRequired", screen, desk, folder);
                screen.picture("kate-5-after-the-daemon-died");
                assertEquals(List.of(), desk.opened());
            }
        }
    }

    /**
     * Presses the key while the server is in one state, until it is in the other. Kate takes no notice of it before it has
     * shown the diagnostic that the fix belongs to, and nothing tells when it has.
     */
    private static void quickFixUntil(String reached, String from, XDisplay screen, Desk desk, Path folder) {
        AtomicLong pressed =
                new AtomicLong(System.nanoTime() - Duration.ofMinutes(1).toNanos());
        desk.awaitState("notes", folder, from);
        Desk.until("the state " + reached + " by Kate's quick fix", Duration.ofSeconds(60), () -> {
            screen.picture("kate-now");
            String state = desk.state("notes", folder);
            if (state.equals(from)
                    && System.nanoTime() - pressed.get() > Duration.ofSeconds(3).toNanos()) {
                screen.click(300, ENTRY);
                screen.press("Home", "ctrl+period");
                pressed.set(System.nanoTime());
            }
            return state.equals(reached);
        });
    }

    private static URI address(Desk desk, Path folder) {
        JsonObject server = desk.server("notes", folder).orElseThrow();
        return URI.create(server.getAsJsonObject("state")
                .getAsJsonObject("flow")
                .get("authorizationUrl")
                .getAsString());
    }
}
