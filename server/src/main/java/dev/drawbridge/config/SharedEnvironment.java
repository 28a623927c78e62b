package dev.drawbridge.config;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The part of a session's environment that matters for whether two sessions may share a child process. What tells one
 * terminal, window or editor from another is left out, or no two editors would ever share; everything else counts, so that
 * nobody's server runs with somebody else's variables.
 */
final class SharedEnvironment {
    private static final Set<String> OWN_TO_A_WINDOW = Set.of(
            "_",
            "PWD",
            "OLDPWD",
            "SHLVL",
            "TERM",
            "COLORTERM",
            "COLORFGBG",
            "COLUMNS",
            "LINES",
            "WINDOWID",
            "TTY",
            "GPG_TTY",
            "SSH_TTY",
            "STY",
            "TMUX",
            "TMUX_PANE",
            "VTE_VERSION",
            "XDG_ACTIVATION_TOKEN",
            "DESKTOP_STARTUP_ID",
            "EDITOR",
            "VISUAL",
            "PAGER",
            "GIT_EDITOR",
            "GIT_PAGER",
            "GIT_ASKPASS",
            "NVIM",
            "VIM",
            "VIMRUNTIME",
            "MYVIMRC",
            "NVIM_LOG_FILE",
            "NVIM_LISTEN_ADDRESS",
            "INSIDE_EMACS",
            "EMACS",
            "ELECTRON_RUN_AS_NODE",
            "CHROME_DESKTOP",
            "ORIGINAL_XDG_CURRENT_DESKTOP",
            "GIO_LAUNCHED_DESKTOP_FILE",
            "GIO_LAUNCHED_DESKTOP_FILE_PID",
            "INVOCATION_ID",
            "JOURNAL_STREAM",
            "MANAGERPID",
            "SYSTEMD_EXEC_PID",
            "XPC_SERVICE_NAME",
            "XPC_FLAGS",
            "SECURITYSESSIONID",
            "LaunchInstanceID",
            "WT_SESSION",
            "WT_PROFILE_ID",
            "ZELLIJ",
            "ZELLIJ_SESSION_NAME",
            "ZELLIJ_PANE_ID",
            "NO_COLOR",
            "FORCE_COLOR");
    private static final Set<String> OWN_TO_A_PROGRAM = Set.of(
            "VSCODE_", "TERM_", "KITTY_", "ALACRITTY_", "WEZTERM_", "KONSOLE_", "ITERM_", "GHOSTTY_", "DRAWBRIDGE_");

    private SharedEnvironment() {}

    static Map<String, String> of(Map<String, String> environment) {
        Map<String, String> shared = new TreeMap<>();
        environment.forEach((name, value) -> {
            if (!OWN_TO_A_WINDOW.contains(name) && OWN_TO_A_PROGRAM.stream().noneMatch(name::startsWith)) {
                shared.put(name, value);
            }
        });
        return shared;
    }
}
