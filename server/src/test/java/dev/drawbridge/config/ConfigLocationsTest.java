package dev.drawbridge.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

@DisabledOnOs(OS.WINDOWS)
final class ConfigLocationsTest {
    private static final Path HOME = Path.of("/home/ada");

    @Test
    void theUsersFileIsWhereEachSystemKeepsConfiguration() {
        assertEquals("/home/ada/.config/drawbridge/mcp.json", user(OperatingSystem.LINUX, Map.of()));
        assertEquals("/x/drawbridge/mcp.json", user(OperatingSystem.LINUX, Map.of("XDG_CONFIG_HOME", "/x")));
        assertEquals(
                "/home/ada/.config/drawbridge/mcp.json",
                user(OperatingSystem.LINUX, Map.of("XDG_CONFIG_HOME", "relative")));
        assertEquals("/home/ada/Library/Application Support/drawbridge/mcp.json", user(OperatingSystem.MAC, Map.of()));
        assertEquals("/r/drawbridge/mcp.json", user(OperatingSystem.WINDOWS, Map.of("APPDATA", "/r")));
        assertEquals("/etc/my.json", user(OperatingSystem.LINUX, Map.of("DRAWBRIDGE_CONFIG", "/etc/my.json")));
    }

    @Test
    void stateIsKeptApart() {
        assertEquals(
                Path.of("/home/ada/.local/state/drawbridge"),
                ConfigLocations.stateFolder(OperatingSystem.LINUX, Map.of(), HOME));
        assertEquals(
                Path.of("/s/drawbridge"),
                ConfigLocations.stateFolder(OperatingSystem.LINUX, Map.of("XDG_STATE_HOME", "/s"), HOME));
    }

    @Test
    void whatMayBeLostIsKeptWhereEachSystemCleansUp() {
        assertEquals("/home/ada/.cache/drawbridge", cache(OperatingSystem.LINUX, Map.of()));
        assertEquals("/c/drawbridge", cache(OperatingSystem.LINUX, Map.of("XDG_CACHE_HOME", "/c")));
        assertEquals("/home/ada/.cache/drawbridge", cache(OperatingSystem.LINUX, Map.of("XDG_CACHE_HOME", "c")));
        assertEquals("/home/ada/Library/Caches/drawbridge", cache(OperatingSystem.MAC, Map.of()));
        assertEquals("/l/drawbridge/cache", cache(OperatingSystem.WINDOWS, Map.of("LOCALAPPDATA", "/l")));
    }

    @Test
    void aWorkspaceHasItsFilesInOrder() {
        ConfigLocations locations = ConfigLocations.of(OperatingSystem.LINUX, Map.of(), HOME);
        assertEquals(
                List.of(
                        Path.of("/w/.vscode/mcp.json"),
                        Path.of("/w/.mcp.json"),
                        Path.of("/w/.cursor/mcp.json"),
                        Path.of("/w/.drawbridge/mcp.json")),
                locations.inWorkspace(Path.of("/w")));
        assertEquals(Path.of("/w/.drawbridge/mcp.json"), locations.ownWorkspaceFile(Path.of("/w")));
    }

    private static String user(OperatingSystem os, Map<String, String> environment) {
        return ConfigLocations.of(os, environment, HOME).userFile().toString();
    }

    private static String cache(OperatingSystem os, Map<String, String> environment) {
        return ConfigLocations.cacheFolder(os, environment, HOME).toString();
    }
}
