package dev.drawbridge.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.drawbridge.config.OperatingSystem;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BrowserLauncherTest {
    private static final URI PAGE = URI.create("https://idp.example/a?b=$(touch%20x)&c=;id");

    private static Optional<List<String>> command(OperatingSystem os, Map<String, String> environment) {
        return new BrowserLauncher(os, environment).command(PAGE);
    }

    @Test
    void theAddressIsOneArgumentWhateverItHolds() {
        String page = PAGE.toString();
        assertEquals(Optional.of(List.of("xdg-open", page)), command(OperatingSystem.LINUX, Map.of()));
        assertEquals(
                Optional.of(List.of("firefox", "--new-tab", page)),
                command(OperatingSystem.LINUX, Map.of("BROWSER", "firefox --new-tab:chromium")));
        assertEquals(
                Optional.of(List.of("w3m", "-x=" + page)),
                command(OperatingSystem.LINUX, Map.of("BROWSER", "w3m -x=%s")));
        assertEquals(Optional.of(List.of("open", page)), command(OperatingSystem.MAC, Map.of()));
        assertEquals(
                Optional.of(List.of("rundll32", "url.dll,FileProtocolHandler", page)),
                command(OperatingSystem.WINDOWS, Map.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:///etc/passwd", "javascript:alert(1)", "vscode://x", "/relative", "https:nohost"})
    void onlyWebPagesAreOpened(String address) {
        assertFalse(new BrowserLauncher(OperatingSystem.LINUX, Map.of("BROWSER", "false")).open(URI.create(address)));
    }
}
