package dev.drawbridge.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drawbridge.config.EditResult.Edited;
import dev.drawbridge.config.EditResult.Refused;
import dev.drawbridge.config.jsonc.JsoncDocument;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ConfigEditorTest {
    private static final String COMMENTED = """
        // Mine.
        {
            /* all of them */
            "servers": {
                "one": {"url": "https://one.example/"}, // the first
                // about two
                "two": {
                    "command": "two",
                    "args": ["a"] // why
                }, // the second
                "three": {
                    "command": "three", // no comma after this one
                } // the third
            },
            "inputs": [],
        }
        """;

    static List<String> files() {
        return List.of(
                COMMENTED,
                COMMENTED.replace("\n", "\r\n"),
                COMMENTED.replace("    ", "\t"),
                "\uFEFF" + COMMENTED,
                COMMENTED.strip(),
                "{\"servers\": {\"one\": {\"url\": \"https://one.example/\"}, \"two\": {\"command\": \"two\"},"
                        + " \"three\": {\"command\": \"three\"}}}",
                "{\"servers\":{\"one\":{\"url\":\"https://one.example/\"},\"two\":{\"command\":\"two\"},\"three\":{\"command\":\"three\"},},}",
                """
                {
                  "servers": {
                    "one": {
                      "url": "https://one.example/"
                    },
                    "two": {
                      "command": "two"
                    },
                    "three": {
                      "command": "three"
                    }
                  }
                }
                """);
    }

    @ParameterizedTest
    @MethodSource("files")
    void addsSwitchesAndRemovesWithoutATrace(String text) {
        String added =
                edited(text, ConfigEditor.addServer(text, "new \"one\"", "{\"command\": \"n\", \"args\": [1, \"b\"]}"));
        assertEquals(List.of("one", "two", "three", "new \"one\""), names(added));
        assertTrue(isSubsequence(text, added), added);
        String off = edited(added, ConfigEditor.setDisabled(added, "new \"one\"", true));
        assertTrue(disabled(off, "new \"one\""), off);
        assertTrue(isSubsequence(added, off), off);
        String removed = edited(off, ConfigEditor.removeServer(off, "new \"one\""));
        assertEquals(text, removed, "adding and removing leaves every byte as it was");
    }

    @ParameterizedTest
    @MethodSource("files")
    void switchesAndSwitchesBack(String text) {
        for (String name : List.of("one", "two", "three")) {
            String off = edited(text, ConfigEditor.setDisabled(text, name, true));
            assertEquals(List.of("one", "two", "three"), names(off));
            assertTrue(disabled(off, name), off);
            assertTrue(isSubsequence(text, off), off);
            assertEquals(digest(text, name), digest(off, name), "switching needs no new approval");
            String on = edited(off, ConfigEditor.setDisabled(off, name, false));
            assertFalse(disabled(on, name), on);
            assertEquals(off.replace("\"disabled\": true", "\"disabled\": false"), on);
            assertTrue(
                    ((Edited) ConfigEditor.setDisabled(on, name, false)).edit().isNothing());
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void removesEachAndKeepsTheRest(String text) {
        for (String name : List.of("one", "two", "three")) {
            String removed = edited(text, ConfigEditor.removeServer(text, name));
            List<String> rest = List.of("one", "two", "three").stream()
                    .filter(other -> !other.equals(name))
                    .toList();
            assertEquals(rest, names(removed), removed);
            assertTrue(isSubsequence(removed, text), removed);
            boolean trailing = text.contains("},},}");
            assertEquals(trailing, removed.contains("},}"), removed);
        }
        String none = text;
        for (String name : List.of("two", "three", "one")) {
            none = edited(none, ConfigEditor.removeServer(none, name));
        }
        assertEquals(List.of(), names(none));
        String again = edited(none, ConfigEditor.addServer(none, "x", "{\"command\": \"x\"}"));
        assertEquals(List.of("x"), names(again), again);
    }

    @Test
    void keepsCommentsOrderAndIndentation() {
        String text = edited(
                COMMENTED,
                ConfigEditor.addServer(COMMENTED, "four", "{\"url\":\"https://four.example/\",\"headers\":{}}"));
        text = edited(text, ConfigEditor.removeServer(text, "two"));
        text = edited(text, ConfigEditor.setDisabled(text, "one", true));
        assertEquals("""
            // Mine.
            {
                /* all of them */
                "servers": {
                    "one": {"url": "https://one.example/", "disabled": true}, // the first
                    // about two
                    "three": {
                        "command": "three", // no comma after this one
                    }, // the third
                    "four": {
                        "url": "https://four.example/",
                        "headers": {}
                    }
                },
                "inputs": [],
            }
            """, text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\uFEFF",
                "\n",
                "// nothing yet",
                "// nothing yet\r\n",
                "{}",
                "{ }\n",
                "{\n}\n",
                "{ /* here */ }"
            })
    void addsToAnEmptyFile(String text) {
        String added = edited(text, ConfigEditor.addServer(text, "x", "{\"command\": \"x\"}"));
        assertEquals(List.of("x"), names(added), added);
        assertTrue(added.startsWith(text.stripTrailing().replaceFirst("[ \\n]*}$", "")), added);
    }

    @Test
    void writesWhatAPersonWouldWrite() {
        assertEquals("""
            {
              "mcpServers": {
                "x": {
                  "command": "x"
                }
              }
            }
            """, edited("", ConfigEditor.addServer("", "x", "{\"command\":\"x\"}")));
    }

    @Test
    void setsNestedMembers() {
        String text =
                "{\"servers\": {\"x\": {\"url\": \"https://x.example/\", \"oauth\": {\"clientSecret\": \"plain\"}}}}";
        String set = edited(
                text,
                ConfigEditor.setMember(text, List.of("servers", "x", "oauth", "clientSecret"), "\"${keyring:x}\""));
        assertEquals(text.replace("\"plain\"", "\"${keyring:x}\""), set);
        String made =
                edited(text, ConfigEditor.setMember(text, List.of("servers", "x", "tls", "caFile"), "\"ca.pem\""));
        assertEquals(text.replace("\"plain\"}", "\"plain\"}, \"tls\": {\"caFile\": \"ca.pem\"}"), made);
        String removed = edited(text, ConfigEditor.removeMember(text, List.of("servers", "x", "oauth")));
        assertEquals("{\"servers\": {\"x\": {\"url\": \"https://x.example/\"}}}", removed);
        assertInstanceOf(Refused.class, ConfigEditor.setMember(text, List.of("servers", "x", "url", "y"), "1"));
    }

    @Test
    void usesTheFilesOwnSwitch() {
        String text = "{\"context_servers\": {\"x\": {\"command\": \"x\", \"enabled\": true}}}";
        assertEquals(text.replace("true", "false"), edited(text, ConfigEditor.setDisabled(text, "x", true)));
    }

    @Test
    void editsTheEntryThatCounts() {
        String text = "{\"servers\": {\"x\": {\"command\": \"1\"}, \"x\": {\"command\": \"2\"}}}";
        assertEquals(
                text.replace("\"2\"", "\"2\", \"disabled\": true"),
                edited(text, ConfigEditor.setDisabled(text, "x", true)));
        assertEquals(List.of(), names(edited(text, ConfigEditor.removeServer(text, "x"))));
    }

    @Test
    void refusesWhatCannotBeDone() {
        assertRefused("config.syntax", ConfigEditor.addServer("{", "x", "{\"command\": \"x\"}"));
        assertRefused("config.syntax", ConfigEditor.setDisabled("{\"a\": }", "x", true));
        assertRefused("config.wrongType", ConfigEditor.addServer("[]", "x", "{\"command\": \"x\"}"));
        assertRefused("config.badDefinition", ConfigEditor.addServer("{}", "x", "[]"));
        assertRefused("config.duplicateServer", ConfigEditor.addServer(COMMENTED, "one", "{}"));
        assertRefused("config.unknownServer", ConfigEditor.removeServer(COMMENTED, "nobody"));
        assertRefused("config.unknownServer", ConfigEditor.setDisabled(COMMENTED, "nobody", true));
    }

    private static void assertRefused(String code, EditResult result) {
        assertEquals(code, assertInstanceOf(Refused.class, result).code());
    }

    private static String edited(String text, EditResult result) {
        String changed =
                assertInstanceOf(Edited.class, result, result::toString).edit().applyTo(text);
        assertEquals(List.of(), JsoncDocument.parse(changed).errors(), changed);
        return changed;
    }

    private static List<String> names(String text) {
        ConfigFile file = ConfigFile.parse(Path.of("mcp.json"), text);
        return file.servers().stream().map(ServerEntry::name).toList();
    }

    private static boolean disabled(String text, String name) {
        ConfigFile file = ConfigFile.parse(Path.of("mcp.json"), text);
        return file.server(name).orElseThrow().definition().common().disabled();
    }

    private static String digest(String text, String name) {
        return ConfigFile.parse(Path.of("mcp.json"), text)
                .server(name)
                .orElseThrow()
                .digest();
    }

    /** Whether the longer text is the shorter with things put in, at one place after another. */
    private static boolean isSubsequence(String shorter, String longer) {
        int at = 0;
        for (int i = 0; i < longer.length() && at < shorter.length(); i++) {
            if (longer.charAt(i) == shorter.charAt(at)) {
                at++;
            }
        }
        return at == shorter.length();
    }
}
