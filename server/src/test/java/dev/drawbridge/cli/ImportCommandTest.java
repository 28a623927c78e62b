package dev.drawbridge.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.drawbridge.config.OperatingSystem;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

final class ImportCommandTest {
    @TempDir
    Path home;

    private final StringWriter printed = new StringWriter();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        vscode         | .config/Code/User/mcp.json                | {"servers":{"a":%s}, /* c */ "inputs":[]}
        cursor         | .cursor/mcp.json                          | {"mcpServers":{"a":%s}}
        claude-code    | .claude.json                              | {"numStartups":1,"mcpServers":{"a":%s}}
        claude         | .claude.json                              | {"projects":{"/x/y":{"mcpServers":{"a":%s}}}}
        claude-desktop | .config/Claude/claude_desktop_config.json | {"mcpServers":{"a":%s}}
        windsurf       | .codeium/windsurf/mcp_config.json         | {"mcpServers":{"a":%s}}
        zed            | .config/zed/settings.json                 | {"theme":"x", // y
        gemini         | .gemini/settings.json                     | {"mcpServers":{"a":%s}}
        opencode       | .config/opencode/opencode.json            | {"mcp":{"a":%s}}
        """)
    void eachProgramsServersAreFound(String program, String file, String text) throws IOException {
        String definition = program.equals("opencode")
                ? "{\"type\":\"remote\",\"url\":\"https://a.example/mcp\",\"enabled\":true}"
                : "{\"url\":\"https://a.example/mcp\"}";
        String whole = program.equals("zed") ? text + "\n\"context_servers\":{\"a\":%s},}" : text;
        write(file, whole.formatted(definition));
        assertEquals(0, run("--from", program, "--yes"), printed::toString);
        assertEquals(
                "https://a.example/mcp",
                servers().getAsJsonObject("a").get("url").getAsString());
        assertEquals(whole.formatted(definition), Files.readString(home.resolve(file)), "the other file stays");
        assertEquals(0, run("--from", program, "--yes"), printed::toString);
        assertEquals(Set.of("a"), servers().keySet(), "a second time adds nothing");
    }

    @Test
    void mcpRemoteIsNoLongerNeeded() throws IOException {
        write(".cursor/mcp.json", """
            {"mcpServers":{
              "plain": {"command":"npx","args":["-y","mcp-remote@latest","https://a.example/mcp"]},
              "rich": {"command":"npx","args":["mcp-remote","https://b.example/sse","3334","--header",
                "Authorization:${AUTH}","--header","X-Who: ${WHO}","--transport","sse-only","--resource","https://b.example",
                "--debug","--ignore-tool","drop"],
                "env":{"AUTH":"Bearer ${env:TOKEN}","UNUSED":"1"},"disabled":true},
              "file": {"command":"npx","args":["mcp-remote","https://c.example/mcp","--header-file","/secret"]},
              "variables": {"command":"npx","args":["mcp-remote","https://d.example/mcp"],"envFile":"/x.env"},
              "twice": {"command":"npx","args":["mcp-remote","https://e.example/mcp","--ignore-tool","a"],
                "disabledTools":["b"]},
              "other": {"command":"npx","args":["-y","something-else","mcp-remote"]}
            }}
            """);
        assertEquals(0, run("--yes"), printed::toString);
        assertEquals(
                "{\"url\":\"https://a.example/mcp\"}", servers().get("plain").toString());
        JsonObject rich = servers().getAsJsonObject("rich");
        assertEquals("https://b.example/sse", rich.get("url").getAsString());
        assertEquals("sse", rich.get("type").getAsString());
        assertEquals(
                "{\"Authorization\":\"Bearer ${env:TOKEN}\",\"X-Who\":\"${WHO}\"}",
                rich.get("headers").toString());
        assertEquals(3334, rich.getAsJsonObject("oauth").get("callbackPort").getAsInt());
        assertEquals(
                "https://b.example",
                rich.getAsJsonObject("oauth").get("resource").getAsString());
        assertEquals("[\"drop\"]", rich.get("disabledTools").toString());
        assertTrue(rich.get("disabled").getAsBoolean(), "what else the entry said stays");
        assertFalse(rich.has("env"), rich::toString);
        assertTrue(printed.toString().contains("UNUSED"), printed::toString);
        assertTrue(printed.toString().contains("--debug"), printed::toString);
        for (String kept : new String[] {"file", "variables", "twice", "other"}) {
            assertEquals("npx", servers().getAsJsonObject(kept).get("command").getAsString(), kept);
        }
    }

    @Test
    void whatIsThereStaysAndTakenNamesAreKeptApart() throws IOException {
        Path own = write(".config/drawbridge/mcp.json", """
            {
              // mine
              "servers": {
                "notes": {"type": "http", "url": "https://mine.example/mcp"}
              }
            }
            """);
        write(".cursor/mcp.json", """
            {"mcpServers":{
              "notes":{"url":"https://theirs.example/mcp"},
              "same":{"url":"https://mine.example/mcp"},
              "nothing":{"settings":{}}}}
            """);
        write(".gemini/settings.json", "{\"mcpServers\":{\"notes\":{\"url\":\"https://another.example/mcp\"}}}");
        write(".codex/config.toml", "[mcp_servers.x]\ncommand = \"y\"\n");
        assertEquals(0, run("--yes"), printed::toString);
        assertTrue(Files.readString(own).contains("// mine"), Files.readString(own));
        assertEquals(
                Set.of("notes", "notes-cursor", "notes-gemini"),
                servers("servers").keySet());
        assertEquals(
                "https://mine.example/mcp",
                servers("servers").getAsJsonObject("notes").get("url").getAsString());
        for (String said : new String[] {"= same  is there already as notes", "- nothing", "TOML"}) {
            assertTrue(printed.toString().contains(said), () -> said + " in:\n" + printed);
        }
    }

    @Test
    void whatAServerAsksForComesAlong() throws IOException {
        write(".config/Code/User/mcp.json", """
            {"servers":{"a":{"url":"https://a.example/mcp","headers":{"X-Key":"${input:key}"}}},
             "inputs":[{"id":"key","type":"promptString","password":true},{"id":"unasked","type":"promptString"}]}
            """);
        assertEquals(0, run("--yes"), printed::toString);
        assertEquals(
                "[{\"id\":\"key\",\"type\":\"promptString\",\"password\":true}]",
                file().get("inputs").toString());
    }

    @Test
    void anInputThatMeansSomethingElseHereGetsAnotherName() throws IOException {
        Path own = write(".config/drawbridge/mcp.json", """
            {
              "inputs": [
                // of my own server
                {"id": "key", "type": "promptString", "description": "Mine"}, // and here
              ],
              "servers": {"mine": {"url": "https://mine.example/mcp", "headers": {"X-Key": "${input:key}"}}}
            }
            """);
        write(".config/Code/User/mcp.json", """
            {"servers":{"a":{"url":"https://a.example/mcp","headers":{"X-Key":"${input:key}"}}},
             "inputs":[{"id":"key","type":"promptString","description":"Theirs"}]}
            """);
        assertEquals(0, run("--yes"), printed::toString);
        String text = Files.readString(own);
        assertTrue(text.contains("// of my own server") && text.contains("// and here"), text);
        assertTrue(printed.toString().contains("\"key\" is called \"key-vscode\" here"), printed::toString);
        for (String[] one : new String[][] {{"mine", "${input:key}"}, {"a", "${input:key-vscode}"}}) {
            assertTrue(servers("servers").getAsJsonObject(one[0]).toString().contains(one[1]), text);
        }
        assertTrue(file().get("inputs").toString().contains("\"key-vscode\""), text);

        assertEquals(0, run("--yes"), printed::toString);
        assertEquals(text, Files.readString(own), "what was added is known again");
    }

    @Test
    void inputsThatAreNoneStay() throws IOException {
        Path own = write(".config/drawbridge/mcp.json", "{\"inputs\": {\"key\": \"mine\"}}");
        write(".config/Code/User/mcp.json", """
            {"servers":{"a":{"url":"https://a.example/mcp","headers":{"X-Key":"${input:key}"}}},
             "inputs":[{"id":"key","type":"promptString"}]}
            """);
        assertEquals(1, run("--yes"), printed::toString);
        assertEquals("{\"inputs\": {\"key\": \"mine\"}}", Files.readString(own));
    }

    @Test
    void secretsInPlainTextArePointedOutAndNeverPrinted() throws IOException {
        write(
                ".cursor/mcp.json",
                "{\"mcpServers\":{\"a\":{\"url\":\"https://a.example/mcp?k=s3cr3t\",\"headers\":{\"Authorization\":"
                        + "\"Bearer s3cr3t\"}}}}");
        assertEquals(0, run("--dry-run"), printed::toString);
        assertTrue(printed.toString().contains("keep it in the keyring"), printed::toString);
        assertFalse(printed.toString().contains("s3cr3t"), printed::toString);
        assertFalse(Files.exists(home.resolve(".config/drawbridge/mcp.json")), "only shown");
    }

    @Test
    void nothingIsAddedThatNobodyAgreedTo() throws IOException {
        write(".cursor/mcp.json", "{\"mcpServers\":{\"a\":{\"url\":\"https://a.example/mcp\"}}}");
        assertEquals(1, run());
        assertFalse(Files.exists(home.resolve(".config/drawbridge/mcp.json")), printed::toString);
        assertEquals(1, run("--from", "notepad"), printed::toString);
    }

    @Test
    void aBrokenFileIsSaidAndLeftAlone() throws IOException {
        write(".cursor/mcp.json", "{\"mcpServers\":");
        assertEquals(0, run("--yes"), printed::toString);
        assertTrue(printed.toString().contains("syntax error"), printed::toString);
        write(".gemini/settings.json", "{\"mcpServers\":{\"a\":{\"url\":\"https://a.example/mcp\"}}}");
        Path own = write(".config/drawbridge/mcp.json", "{ broken");
        assertEquals(1, run("--yes"), printed::toString);
        assertEquals("{ broken", Files.readString(own));
    }

    private int run(String... args) {
        CommandLine line = new CommandLine(new ImportCommand(OperatingSystem.LINUX, Map.of(), home));
        line.setOut(new PrintWriter(printed, true));
        line.setErr(new PrintWriter(printed, true));
        return line.execute(args);
    }

    private Path write(String path, String text) throws IOException {
        Path file = home.resolve(path);
        Files.createDirectories(file.resolveSibling("."));
        return Files.writeString(file, text);
    }

    private JsonObject file() throws IOException {
        return JsonParser.parseString(Files.readString(home.resolve(".config/drawbridge/mcp.json")))
                .getAsJsonObject();
    }

    private JsonObject servers() throws IOException {
        return servers("mcpServers");
    }

    private JsonObject servers(String section) throws IOException {
        JsonElement servers = file().get(section);
        return servers.getAsJsonObject();
    }
}
