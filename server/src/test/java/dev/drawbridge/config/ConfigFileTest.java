package dev.drawbridge.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ConfigFileTest {
    /**
     * What is read from a sample of each program's files, and what is said of it, as the golden file beside it has it;
     * {@code -Ddrawbridge.golden=true} writes those anew.
     */
    @ParameterizedTest
    @ValueSource(strings = {"vscode", "claude", "cline", "zed", "mcp-hub", "drawbridge", "mistakes"})
    void readsTheFilesInUse(String sample) throws IOException {
        ConfigFile file = parse(sample(sample + ".json"));
        String told = told(file);
        if (Boolean.getBoolean("drawbridge.golden")) {
            Files.writeString(Path.of("src/test/resources/config/samples", sample + ".expected.txt"), told);
        }
        assertEquals(sample(sample + ".expected.txt"), told);
    }

    @ParameterizedTest
    @ValueSource(strings = {"vscode", "claude", "cline", "zed", "mcp-hub", "drawbridge", "mistakes"})
    void neverThrowsOnAnyPrefix(String sample) throws IOException {
        String text = sample(sample + ".json");
        for (int end = 0; end < text.stripTrailing().length(); end++) {
            String prefix = text.substring(0, end);
            ConfigFile file = parse(prefix);
            assertTrue(file.broken() || file.servers().isEmpty(), prefix);
        }
    }

    @Test
    void aBrokenFileIsReportedWithLineAndColumn() {
        ConfigFile file = parse("{\n  \"servers\": {\n    \"x\": {\"url\": }\n  }\n}\n");
        assertTrue(file.broken());
        assertEquals(List.of(), file.servers());
        assertEquals("3:16", file.problems().getFirst().range().humanStart());
        assertTrue(parse("[]").broken());
        assertFalse(parse("// nothing").broken());
    }

    @Test
    void aFileIsReadOrSaysWhyNot(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("mcp.json");
        assertFalse(ConfigFile.read(file).broken(), "no file is no problem");
        Files.writeString(file, "\uFEFF{\"servers\": {\"x\": {\"command\": \"x\"}}}");
        assertEquals(1, ConfigFile.read(file).servers().size());
        Files.write(file, new byte[] {'{', (byte) 0xff, '}'});
        assertEquals(
                "config.encoding", ConfigFile.read(file).problems().getFirst().code());
        Files.write(file, new byte[4 * 1024 * 1024 + 10]);
        assertEquals(
                "config.tooLarge", ConfigFile.read(file).problems().getFirst().code());
        assertEquals(
                "config.unreadable",
                ConfigFile.read(folder).problems().getFirst().code());
    }

    @Test
    void theDigestIsOfTheMeaningAndNotOfTheSpelling() {
        String digest = digest("{\"servers\": {\"x\": {\"command\": \"a\", \"args\": [\"b\"]}}}");
        assertEquals(
                digest, digest("{\"mcpServers\": {\"x\": { /* c */ \"args\": [\"\\u0062\",], \"command\": \"a\"}}}"));
        assertEquals(
                digest, digest("{\"servers\": {\"x\": {\"disabled\": false, \"command\": \"a\", \"args\": [\"b\"]}}}"));
        for (String other : List.of(
                "{\"servers\": {\"y\": {\"command\": \"a\", \"args\": [\"b\"]}}}",
                "{\"servers\": {\"x\": {\"command\": \"a\", \"args\": [\"b\", \"\"]}}}",
                "{\"servers\": {\"x\": {\"command\": \"a\", \"args\": [\"c\"]}}}",
                "{\"servers\": {\"x\": {\"command\": \"a\", \"args\": [\"b\"], \"env\": {\"A\": \"b\"}}}}",
                "{\"servers\": {\"x\": {\"command\": \"a\", \"args\": [\"b\"], \"sandboxEnabled\": false}}}")) {
            assertNotEquals(digest, digest(other), other);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "60000, PT1M",
        "60, PT1M",
        "30s, PT30S",
        "5 m, PT5M",
        "500ms, PT0.5S",
        "2h, PT2H",
        "1000, PT1S",
        "0, ''",
        "-1, ''",
        "25h, ''",
        "soon, ''",
        "999999999, ''"
    })
    void readsTimeouts(String written, String expected) {
        Optional<Duration> read = Timeouts.read(written).map(Timeouts.Reading::duration);
        assertEquals(expected.isEmpty() ? Optional.empty() : Optional.of(Duration.parse(expected)), read);
    }

    @ParameterizedTest
    @CsvSource({
        "GITHUB_TOKEN, true",
        "X-Api-Key, true",
        "apiKey, true",
        "DB_PASSWORD, true",
        "AWS_SECRET_ACCESS_KEY, true",
        "KEY_FILE, false",
        "AWS_ACCESS_KEY_ID, false",
        "MONKEY, false",
        "KEYBOARD, false",
        "X-Region, false",
        "TOKENIZER, false"
    })
    void knowsNamesOfSecrets(String name, boolean secret) {
        assertEquals(secret, PlainSecrets.isSecretName(name));
    }

    @Test
    void aFloodOfProblemsIsBounded() {
        String many = "\"k\": 1,".repeat(5_000);
        ConfigFile file = parse("{\"servers\": {\"x\": {\"command\": \"x\", " + many + "}}}");
        assertTrue(file.problems().size() <= 1_000, () -> file.problems().size() + " problems");
    }

    private static String digest(String text) {
        return parse(text).servers().getFirst().digest();
    }

    private static ConfigFile parse(String text) {
        return ConfigFile.parse(Path.of("mcp.json"), text);
    }

    private static String told(ConfigFile file) {
        StringBuilder out = new StringBuilder();
        file.servers()
                .forEach(server -> out.append("server ")
                        .append(server.name())
                        .append(' ')
                        .append(server.definition())
                        .append('\n'));
        file.rejected()
                .forEach(entry -> out.append("rejected ").append(entry.name()).append('\n'));
        file.inputs()
                .forEach(input -> out.append("input ")
                        .append(input.id())
                        .append(' ')
                        .append(input.kind())
                        .append('\n'));
        return out
                + file.problems().stream()
                        .map(problem -> problem.range().humanStart() + " " + problem.severity() + " " + problem.code()
                                + " " + problem.message() + "\n")
                        .collect(Collectors.joining());
    }

    static String sample(String name) throws IOException {
        try (InputStream in = ConfigFileTest.class.getResourceAsStream("/config/samples/" + name)) {
            return new String(Optional.ofNullable(in).orElseThrow().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
