package dev.drawbridge.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Where configuration is looked for: the user's file, and the files a workspace may bring, in order. Folders follow the XDG
 * base directory specification on Linux and each other system's own convention.
 *
 * @param workspaceFiles relative to a workspace folder
 */
public record ConfigLocations(Path userFile, List<Path> workspaceFiles) {
    /** Names another user file. */
    public static final String OVERRIDE = "DRAWBRIDGE_CONFIG";

    private static final List<Path> WORKSPACE_FILES = List.of(
            Path.of(".vscode", "mcp.json"),
            Path.of(".mcp.json"),
            Path.of(".cursor", "mcp.json"),
            Path.of(".drawbridge", "mcp.json"));

    public ConfigLocations {
        workspaceFiles = List.copyOf(workspaceFiles);
    }

    public static ConfigLocations of(OperatingSystem os, Map<String, String> environment, Path home) {
        String override = environment.getOrDefault(OVERRIDE, "");
        Path userFile = override.isEmpty()
                ? configFolder(os, environment, home).resolve("mcp.json")
                : home.resolve(override).normalize();
        return new ConfigLocations(userFile, WORKSPACE_FILES);
    }

    /** The workspace's candidate files; which of them exist changes with time. */
    public List<Path> inWorkspace(Path folder) {
        return workspaceFiles.stream().map(folder::resolve).toList();
    }

    /** The file of the workspace that Drawbridge itself adds servers to. */
    public Path ownWorkspaceFile(Path folder) {
        return folder.resolve(workspaceFiles.getLast());
    }

    /** Where configuration lives. */
    public static Path configFolder(OperatingSystem os, Map<String, String> environment, Path home) {
        return switch (os) {
            case LINUX ->
                absoluteOr(environment, "XDG_CONFIG_HOME", home.resolve(".config"))
                        .resolve("drawbridge");
            case MAC -> home.resolve("Library/Application Support/drawbridge");
            case WINDOWS ->
                absoluteOr(environment, "APPDATA", home.resolve("AppData/Roaming"))
                        .resolve("drawbridge");
        };
    }

    /** Where what must survive a restart but is no configuration lives: approvals, logs, locks. */
    public static Path stateFolder(OperatingSystem os, Map<String, String> environment, Path home) {
        return switch (os) {
            case LINUX ->
                absoluteOr(environment, "XDG_STATE_HOME", home.resolve(".local/state"))
                        .resolve("drawbridge");
            case MAC -> home.resolve("Library/Application Support/drawbridge/state");
            case WINDOWS ->
                absoluteOr(environment, "LOCALAPPDATA", home.resolve("AppData/Local"))
                        .resolve("drawbridge");
        };
    }

    /** Where lies what may be deleted at any time and is only slower without. */
    public static Path cacheFolder(OperatingSystem os, Map<String, String> environment, Path home) {
        return switch (os) {
            case LINUX ->
                absoluteOr(environment, "XDG_CACHE_HOME", home.resolve(".cache"))
                        .resolve("drawbridge");
            case MAC -> home.resolve("Library/Caches/drawbridge");
            case WINDOWS ->
                absoluteOr(environment, "LOCALAPPDATA", home.resolve("AppData/Local"))
                        .resolve("drawbridge")
                        .resolve("cache");
        };
    }

    /** The XDG specification has relative paths ignored. */
    private static Path absoluteOr(Map<String, String> environment, String variable, Path otherwise) {
        String value = environment.getOrDefault(variable, "");
        return !value.isEmpty() && Path.of(value).isAbsolute() ? Path.of(value) : otherwise;
    }
}
