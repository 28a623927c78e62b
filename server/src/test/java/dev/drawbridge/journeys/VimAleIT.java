package dev.drawbridge.journeys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drawbridge.testkit.Browser;
import dev.drawbridge.testkit.Conversation;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The real Vim with ALE, which never answers a question, shows no pages and does not say who it is: a message tells where to
 * go, {@code :ALECodeAction} does it, and the address can be read.
 */
@Tag("full")
@ExtendWith(Conversation.class)
final class VimAleIT {
    private static final Pattern ADDRESS = Pattern.compile("https?://[^\\s“”]+state=[^\\s“”]+");
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
    void codeActionsAloneLeadToConnectedAndADeadDaemonComesBackByItself() throws Exception {
        try (Desk desk = Desk.withKeyring();
                Terminal vim = vim(desk, desk.home().environment())) {
            Path folder = desk.home().home().resolve("project");
            goToEntry(vim);
            vim.await("Approve only what you trust. Use the code action on the server's entry");
            chooseCodeAction(vim, "1) Approve notes", "1");
            vim.await("“notes” needs you to sign in.");
            vim.await("Use the code action on the server's entry");
            chooseCodeAction(vim, "1) Authenticate notes", "1");
            vim.await("To sign in to “notes”, open http");

            Browser.Visit visit = village.browser().visit(address(desk, vim), "alice");
            assertTrue(visit.text().contains("Authentication Successful"), visit.toString());
            vim.await("Signed in to “notes”.");
            desk.awaitState("notes", folder, "connected");

            ProcessHandle first = desk.daemon().orElseThrow();
            first.destroyForcibly();
            desk.awaitAnotherDaemon(first);
            desk.awaitState("notes", folder, "connected");
            chooseCodeAction(vim, "2) Sign out notes", "2");
            vim.await("“notes” needs you to sign in.");
            assertEquals(List.of(), desk.opened());
        }
    }

    @Test
    void aMissingDrawbridgeIsToldWhereTheGuideSays() throws Exception {
        try (Desk desk = new Desk()) {
            Map<String, String> environment = new TreeMap<>(desk.home().environment());
            environment.put("PATH", "/usr/bin:/bin");
            try (Terminal vim = vim(desk, environment)) {
                goToEntry(vim);
                command(vim, "set nomore | ALEInfo");
                vim.await("(executable check - failure) drawbridge");
            }
        }
    }

    private static Terminal vim(Desk desk, Map<String, String> environment) throws Exception {
        desk.install("vim-ale/drawbridge.vim", ".vim/plugin/drawbridge.vim");
        desk.home().write("home/.vimrc", """
            set nocompatible
            set runtimepath^=%s
            filetype plugin on
            """.formatted(Desk.installed("install-vim-ale")));
        Path file = desk.workspaceFile(".vscode/mcp.json", village.workspaceConfiguration());
        return new Terminal(desk.home().home().resolve("project"), environment, List.of("vim", file.toString()));
    }

    private static void goToEntry(Terminal vim) {
        vim.await("\"notes\"");
        command(vim, "call cursor(3, 1)");
    }

    /** ALE's menu is a numbered list that asks for the number. */
    private static void chooseCodeAction(Terminal vim, String title, String number) {
        command(vim, "ALECodeAction");
        vim.await(title);
        vim.type(number);
        vim.press("Enter");
    }

    private static void command(Terminal vim, String command) {
        vim.type(":" + command);
        vim.press("Enter");
    }

    /** The address in the diagnostic on the entry, which {@code :ALEDetail} shows in full. */
    private static URI address(Desk desk, Terminal vim) throws Exception {
        Path copied = desk.home().root().resolve("detail");
        vim.await("> To sign in to “notes”, open http");
        command(vim, "ALEDetail");
        vim.await("[drawbridge] To sign in to “notes”, open http");
        command(vim, "silent wincmd P | write! " + copied + " | wincmd p");
        Desk.until("what ALE shows", () -> copied.toFile().length() > 0);
        Matcher address = ADDRESS.matcher(Files.readString(copied));
        assertTrue(address.find());
        return URI.create(address.group());
    }
}
