package dev.drawbridge.journeys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import dev.drawbridge.testkit.ChildProcess;
import dev.drawbridge.testkit.CodeServer;
import dev.drawbridge.testkit.Conversation;
import dev.drawbridge.testkit.OidcProvider;
import dev.drawbridge.testkit.ProtectedMcpServer;
import dev.drawbridge.testkit.VsCodeBrowser;
import dev.drawbridge.testkit.VsCodeBrowser.Page;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** VS Code with our extension, from the first window to the end of the daemon, as a person sees it. */
@Tag("full")
@ExtendWith(Conversation.class)
final class CodeServerIT {
    private static final Path SCREENSHOTS = Path.of("target/screenshots").toAbsolutePath();
    private static final Path CLIENT =
            Path.of("../clients/vscode").toAbsolutePath().normalize();
    private static final String SERVER = ".monaco-list-row[aria-label^='notes,']";
    private static final String SIGN_IN_REQUIRED = SERVER + ":has-text('sign-in required')";
    private static final String CONNECTED = SERVER + ":has-text('4 tools')";
    private static final String KEY = ".statusbar-item .codicon-key";

    @Test
    void oneSignInForEveryWindowAndForVsCodesOwnClient() throws Exception {
        // An address code-server does not take for one of this machine's own to forward.
        try (OidcProvider issuer = new OidcProvider(settings -> {
                    settings.addProperty("host", "127.0.0.2");
                    settings.addProperty("accessTokenTtl", 600);
                });
                ProtectedMcpServer notes = new ProtectedMcpServer(issuer);
                Desk desk = Desk.withKeyring()) {
            desk.configure(Desk.servers(Desk.remote("notes", notes.url())));
            try (CodeServer code = new CodeServer(desk.home(), extension(), settings(Desk.launcher()));
                    VsCodeBrowser person = new VsCodeBrowser(SCREENSHOTS)) {
                Page first = person.open("first", code.window(workspace(desk, "shop")));
                needsASignInAndOpensNothing(issuer, person, first);
                signsIn(issuer, code, person, first);
                Page second = aSecondWindowIsSignedInAlready(issuer, desk, code, person);
                bothRecoverFromTheDaemonsDeath(issuer, desk, first, second);
                vsCodesOwnClientStartsTheServer(first);
                signsOutInEveryWindow(first, second);
            }
            assertEquals(List.of(), desk.opened(), "nothing but VS Code opened a page");
        }
    }

    @Test
    void aPathThatLeadsNowhereSaysWhatToDo() throws Exception {
        try (Desk desk = new Desk();
                CodeServer code = new CodeServer(desk.home(), extension(), settings("/nowhere/drawbridge"));
                VsCodeBrowser person = new VsCodeBrowser(SCREENSHOTS)) {
            Page window = person.open("lost", code.window(workspace(desk, "shop")));
            String told = window.see(toast("drawbridge"));
            assertTrue(told.contains("/nowhere/drawbridge") && told.contains("drawbridge.path"), told);
            showServers(window);
            window.see(".pane-body:has-text('Drawbridge was not found on this machine')");
            window.screenshot("9-not-found");

            code.configure(settings(Desk.launcher()));
            window.see(".pane-body:has-text('No MCP servers yet')");
        }
    }

    private static void needsASignInAndOpensNothing(OidcProvider issuer, VsCodeBrowser person, Page window) {
        showServers(window);
        window.see(SIGN_IN_REQUIRED);
        window.see(KEY);
        window.see(toast("notes") + " >> role=button[name='Authenticate']");
        window.hover(".part.editor");
        window.gone(".workbench-hover");
        window.screenshot("1-sign-in-needed");
        assertEquals(0, person.unseen(), "nobody has clicked yet");
        assertEquals(0, issuer.authorizeRequests(), "nobody has clicked yet");
    }

    private static void signsIn(OidcProvider issuer, CodeServer code, VsCodeBrowser person, Page window) {
        window.hover(SERVER);
        window.click(SERVER + " .action-label.codicon-key");
        window.see(".monaco-dialog-box");
        window.screenshot("2-asks-before-it-opens-a-page");
        window.click(".monaco-dialog-box >> role=button[name='Open']");
        Page page = person.popup("sign-in");
        page.screenshot("3-sign-in-page");
        window.screenshot("3-waiting");
        VsCodeBrowser.Visited end = page.signIn("alice");
        assertTrue(end.text().contains("Authentication Successful"), end.toString());
        URI callback = end.url();
        assertEquals(
                code.address().getAuthority(),
                callback.getAuthority(),
                "the browser came back by VS Code's own way to this machine");
        assertTrue(callback.getPath().matches("/proxy/488\\d\\d/callback"), callback.toString());
        page.screenshot("4-signed-in");
        page.close();

        window.gone(KEY);
        window.see(CONNECTED);
        window.click(SERVER);
        window.see(".monaco-list-row:has-text('whoami')");
        window.screenshot("5-connected");
        assertEquals(1, issuer.authorizeRequests());
        assertEquals(1, issuer.registrations());
    }

    private static Page aSecondWindowIsSignedInAlready(
            OidcProvider issuer, Desk desk, CodeServer code, VsCodeBrowser person) throws Exception {
        Page window = person.open("second", code.window(workspace(desk, "library")));
        showServers(window);
        window.see(CONNECTED);
        assertEquals(0, window.count(toast("notes")), "nothing to sign in to");
        assertEquals(1, issuer.authorizeRequests());
        window.screenshot("6-second-window");
        return window;
    }

    private static void bothRecoverFromTheDaemonsDeath(OidcProvider issuer, Desk desk, Page... windows) {
        ProcessHandle killed = desk.daemon().orElseThrow();
        killed.destroyForcibly();
        Desk.until(
                "another daemon",
                () -> desk.daemon()
                        .filter(daemon -> daemon.pid() != killed.pid())
                        .isPresent());
        for (Page window : windows) {
            window.gone("text=Connecting to Drawbridge");
            window.see(CONNECTED);
        }
        windows[0].screenshot("7-recovered");
        assertEquals(1, issuer.authorizeRequests(), "the sign-in outlives the daemon");
    }

    private static void vsCodesOwnClientStartsTheServer(Page window) {
        window.run("MCP: List Servers");
        window.see(quick("notes"));
        window.screenshot("8-list-servers");
        window.click(quick("notes"));
        window.click(quick("Start Server"));
        window.see(".view-lines:has-text('Discovered 4 tools')");
        window.run("MCP: List Servers");
        window.see(quick("Running"));
        window.press("Escape");
        window.gone(quick("Running"));
        window.screenshot("8-running");
    }

    private static void signsOutInEveryWindow(Page first, Page second) {
        second.run("Drawbridge: Sign Out");
        first.see(SIGN_IN_REQUIRED);
        second.see(SIGN_IN_REQUIRED);
    }

    /** Opens the extension's view in a window that shows another one. */
    private static void showServers(Page window) {
        window.click(".activitybar .action-label[aria-label^='Drawbridge']");
    }

    private static String toast(String text) {
        return ".notification-toast:has-text('" + text + "')";
    }

    private static String quick(String text) {
        return ".quick-input-widget .monaco-list-row:has-text('" + text + "')";
    }

    private static JsonObject settings(String program) {
        JsonObject settings = new JsonObject();
        settings.addProperty("drawbridge.path", program);
        return settings;
    }

    private static Path workspace(Desk desk, String name) throws Exception {
        desk.home().write(name + "/README.md", "# " + name + "\n");
        return desk.home().root().resolve(name);
    }

    /** Built by the client's own build, because that comes after the server's tests. */
    private static Path extension() {
        try (ChildProcess build = ChildProcess.start(
                "build of the extension",
                CLIENT,
                System.getenv(),
                List.of(CLIENT.resolve("build").toString()))) {
            String packed = build.await("the package", Duration.ofMinutes(5), line -> line.contains(".vsix"));
            return Path.of(packed.substring(0, packed.indexOf(".vsix") + ".vsix".length()));
        }
    }
}
