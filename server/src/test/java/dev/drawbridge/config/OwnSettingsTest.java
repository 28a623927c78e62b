package dev.drawbridge.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OwnSettingsTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"drawbridge\": {\"http\": true}} | 48812 | 0",
                "{\"drawbridge\": {\"http\": 5000,}} // mine | 5000 | 0",
                "{\"drawbridge\": {\"http\": false}} | 0 | 0",
                "{\"drawbridge\": {\"http\": 70000}} | 0 | 1",
                "{\"drawbridge\": {\"http\": \"yes\"}} | 0 | 1",
                "{\"drawbridge\": []} | 0 | 1",
                "{\"drawbridge\": {\"htpp\": true}} | 0 | 1",
                "{\"mcpServers\": {}} | 0 | 0",
                "{\"drawbridge\" | 0 | 2"
            })
    void onlyAPortOrTrueSwitchesTheEndpointOn(String text, int port, int problems) throws IOException {
        Path file = Files.writeString(folder.resolve("mcp.json"), text);
        assertEquals(port, OwnSettings.read(file).httpPort().orElse(0));
        long told = ConfigFile.read(file).problems().stream()
                .filter(problem -> !problem.code().equals("config.noServers"))
                .count();
        assertEquals(problems, told, () -> ConfigFile.read(file).problems().toString());
    }
}
