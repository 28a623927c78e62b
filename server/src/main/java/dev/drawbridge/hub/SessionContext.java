package dev.drawbridge.hub;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What one attached editor or host brings along; a shared daemon never mixes two of them.
 *
 * @param client who it is, for prompts and {@code status}: {@code Neovim 0.10.4}
 * @param environment the variables of the process the editor started, for interpolation and child processes
 * @param folders its workspace folders, in order; the first is {@code ${workspaceFolder}}
 */
public record SessionContext(String client, Map<String, String> environment, List<Path> folders) {
    public SessionContext {
        environment = Map.copyOf(environment);
        folders = List.copyOf(folders);
    }

    public SessionContext withFolders(List<Path> changed) {
        return new SessionContext(client, environment, changed);
    }

    public SessionContext withClient(String changed) {
        return new SessionContext(changed, environment, folders);
    }

    /** Environment values can be secrets. */
    @Override
    public String toString() {
        return "SessionContext[" + client + ", " + environment.size() + " variables, " + folders + "]";
    }
}
