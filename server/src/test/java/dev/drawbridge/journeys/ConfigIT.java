package dev.drawbridge.journeys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.drawbridge.testkit.Conversation;
import dev.drawbridge.testkit.EverythingServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Configuration that changes while it is used: what breaks harms nothing, and a workspace starts nothing by itself. */
@ExtendWith(Conversation.class)
final class ConfigIT {
    @Test
    void aBrokenFileIsReportedWithItsPlaceAndItsRepairTouchesOnlyWhatChanged() throws Exception {
        try (EverythingServer everything = new EverythingServer();
                Desk desk = new Desk()) {
            String kept = Desk.local("kept", EverythingServer.stdioCommand());
            desk.configure(Desk.servers(kept, Desk.remote("changed", everything.url())));
            Editor editor = desk.editor("Thin", Editor.THIN);
            String since = since(editor.awaitState("kept", "connected"));
            String before = since(editor.awaitState("changed", "connected"));
            List<Long> programs = programs(desk);
            assertFalse(programs.isEmpty());

            desk.configure("{\"mcpServers\":{" + kept + ",\n  \"changed\": {\"url\": }}}");
            String place = desk.userFile() + ":2:20: ";
            editor.awaitMessage(
                    "window/showMessage",
                    params -> params.get("message").getAsString().contains(place));
            for (String server : List.of("kept", "changed")) {
                assertEquals("connected", Editor.stateOf(editor.shown(server).orElseThrow()));
                assertEquals("Echo: still", editor.call(server, "echo", Village.message("still")));
            }

            desk.configure(Desk.servers(
                    kept,
                    "\"changed\":{\"url\":\"" + everything.url() + "\",\"headers\":{\"X-Test\":\"1\"}}",
                    "\"new\":{\"url\":\"" + everything.url() + "\"}"));
            editor.awaitState("new", "connected");
            editor.awaitServer(
                    "changed",
                    "is connected anew",
                    server -> Editor.stateOf(server).equals("connected")
                            && !since(server).equals(before));
            assertEquals(since, since(editor.shown("kept").orElseThrow()), "the unchanged server was touched");
            assertEquals(programs, programs(desk), "the unchanged server's program was touched");
            assertEquals("Echo: repaired", editor.call("changed", "echo", Village.message("repaired")));
        }
    }

    @Test
    void aWorkspacesServerStartsOnlyAfterExactlyItsDefinitionWasApproved() throws Exception {
        try (Desk desk = new Desk()) {
            Path workspace = Files.createDirectories(desk.home().home().resolve("work"));
            Path file = workspace.resolve(".vscode").resolve("mcp.json");
            Path marker = desk.home().root().resolve("started");
            Desk.save(file, definition(marker, "first"));
            Editor editor = desk.editor("Thin", Editor.THIN, Optional.of(workspace));
            JsonObject shown = editor.awaitState("build", "untrusted");
            assertEquals(
                    "workspace", shown.getAsJsonObject("origin").get("kind").getAsString());
            String first = digest(shown);
            editor.error("mcp/listTools", Editor.of("server", "build"));
            assertFalse(Files.exists(marker), "it ran without approval");

            approve(editor, first);
            editor.awaitState("build", "connected");
            assertEquals(List.of("first"), Files.readAllLines(marker));

            Desk.save(file, definition(marker, "second"));
            String second = digest(editor.awaitState("build", "untrusted"));
            assertNotEquals(first, second);
            JsonObject stale = Editor.of("server", "build");
            stale.addProperty("definitionDigest", first);
            editor.error("mcp/approve", stale);
            assertEquals(List.of("first"), Files.readAllLines(marker), "the changed one ran without approval");

            approve(editor, second);
            editor.awaitState("build", "connected");
            assertEquals(List.of("first", "second"), Files.readAllLines(marker));
            assertEquals("Echo: approved", editor.call("build", "echo", Village.message("approved")));

            Editor other = desk.editor("Other", Editor.THIN, Optional.of(workspace));
            other.awaitState("build", "connected");
            assertTrue(other.count(0, "window/showMessageRequest") == 0, "the approval holds for every editor");
        }
    }

    /** A workspace's file with a server that notes each start before it becomes a real one. */
    private static String definition(Path marker, String word) {
        String script = "echo " + word + " >>'" + marker + "'; exec \"$@\"";
        List<String> command = EverythingServer.stdioCommand();
        JsonObject entry = new JsonObject();
        entry.addProperty("command", "sh");
        JsonArray arguments = new JsonArray();
        List.of("-c", script, "sh").forEach(arguments::add);
        command.forEach(arguments::add);
        entry.add("args", arguments);
        return "{\"servers\":{\"build\":" + entry + "}}";
    }

    private static void approve(Editor editor, String digest) {
        JsonObject params = Editor.of("server", "build");
        params.addProperty("definitionDigest", digest);
        editor.result("mcp/approve", params);
    }

    private static String digest(JsonObject server) {
        return server.getAsJsonObject("state").get("definitionDigest").getAsString();
    }

    private static String since(JsonObject server) {
        return server.getAsJsonObject("state").get("since").getAsString();
    }

    /** The programs that the daemon runs. */
    private static List<Long> programs(Desk desk) {
        return desk.daemon()
                .orElseThrow()
                .children()
                .map(ProcessHandle::pid)
                .sorted()
                .toList();
    }
}
