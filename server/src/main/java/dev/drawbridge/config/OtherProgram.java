package dev.drawbridge.config;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The programs whose MCP servers can be taken over, and where each keeps them, as its documentation says. */
public enum OtherProgram {
    VSCODE("vscode", "VS Code", List.of("servers")),
    CURSOR("cursor", "Cursor", List.of("mcpServers")),
    CLAUDE_CODE("claude-code", "Claude Code", List.of("mcpServers")),
    CLAUDE_DESKTOP("claude-desktop", "Claude Desktop", List.of("mcpServers")),
    WINDSURF("windsurf", "Windsurf", List.of("mcpServers")),
    ZED("zed", "Zed", List.of("context_servers")),
    GEMINI("gemini", "Gemini CLI", List.of("mcpServers")),
    OPENCODE("opencode", "OpenCode", List.of("mcp")),
    CODEX("codex", "Codex", List.of());

    private final String id;
    private final String title;
    private final List<String> section;

    OtherProgram(String id, String title, List<String> section) {
        this.id = id;
        this.title = title;
        this.section = section;
    }

    /** What it is called on the command line. */
    public String id() {
        return id;
    }

    public String title() {
        return title;
    }

    /** The keys that lead to the object whose members are servers; empty when the file cannot be read here. */
    List<String> section() {
        return section;
    }

    /** The programs that a word names: one, or all whose ids begin so, as {@code claude}. */
    public static List<OtherProgram> named(String word) {
        Optional<OtherProgram> exact = Arrays.stream(values())
                .filter(program -> program.id.equals(word))
                .findFirst();
        return exact.map(List::of)
                .orElseGet(() -> Arrays.stream(values())
                        .filter(program -> program.id.startsWith(word + "-"))
                        .toList());
    }

    /** The user's own file of this program; it need not exist. */
    public Path file(OperatingSystem os, Map<String, String> environment, Path home) {
        return switch (this) {
            case VSCODE -> applications(os, environment, home).resolve("Code/User/mcp.json");
            case CURSOR -> home.resolve(".cursor/mcp.json");
            case CLAUDE_CODE -> home.resolve(".claude.json");
            case CLAUDE_DESKTOP -> applications(os, environment, home).resolve("Claude/claude_desktop_config.json");
            case WINDSURF -> home.resolve(".codeium/windsurf/mcp_config.json");
            case ZED ->
                os == OperatingSystem.MAC
                        ? home.resolve(".config/zed/settings.json")
                        : applications(os, environment, home)
                                .resolve(os == OperatingSystem.WINDOWS ? "Zed" : "zed")
                                .resolve("settings.json");
            case GEMINI -> home.resolve(".gemini/settings.json");
            case OPENCODE ->
                (os == OperatingSystem.LINUX ? applications(os, environment, home) : home.resolve(".config"))
                        .resolve("opencode/opencode.json");
            case CODEX -> home.resolve(".codex/config.toml");
        };
    }

    /** The folder in which programs keep their settings, each in a folder of its own. */
    private static Path applications(OperatingSystem os, Map<String, String> environment, Path home) {
        return Optional.ofNullable(
                        ConfigLocations.configFolder(os, environment, home).getParent())
                .orElse(home);
    }
}
