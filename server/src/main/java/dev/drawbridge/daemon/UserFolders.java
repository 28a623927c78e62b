package dev.drawbridge.daemon;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/**
 * Where each operating system keeps what Drawbridge writes: the XDG base directory specification on Linux, and each
 * other system's own place. The runtime folder is derived from nothing an editor changes for its children, such as
 * {@code TMPDIR}, because every editor must find the same daemon.
 */
record UserFolders(Path runtime, Path state) {
    static UserFolders ofThisProcess() {
        return of(System.getenv(), System.getProperty("os.name", ""), Path.of(System.getProperty("user.home", ".")));
    }

    static UserFolders of(Map<String, String> environment, String osName, Path home) {
        String os = osName.toLowerCase(Locale.ROOT);
        Path runtime;
        Path state;
        if (os.startsWith("windows")) {
            Path local = absolute(
                    environment, "LOCALAPPDATA", home.resolve("AppData").resolve("Local"));
            runtime = local.resolve("drawbridge").resolve("run");
            state = local.resolve("drawbridge").resolve("log");
        } else if (os.startsWith("mac")) {
            runtime = home.resolve("Library")
                    .resolve("Caches")
                    .resolve("drawbridge")
                    .resolve("run");
            state = home.resolve("Library").resolve("Logs").resolve("drawbridge");
        } else {
            runtime = absolute(
                            environment,
                            "XDG_RUNTIME_DIR",
                            home.resolve(".cache").resolve("drawbridge"))
                    .resolve(isAbsolute(environment, "XDG_RUNTIME_DIR") ? "drawbridge" : "run");
            state = home.resolve(".local").resolve("state").resolve("drawbridge");
        }
        if (isAbsolute(environment, "XDG_STATE_HOME")) {
            state = absolute(environment, "XDG_STATE_HOME", home).resolve("drawbridge");
        }
        return new UserFolders(absolute(environment, "DRAWBRIDGE_RUNTIME_DIR", runtime), state);
    }

    Path log() {
        return state.resolve("daemon.log");
    }

    /** For the files that {@code drawbridge proxy --debug} asks for. */
    Path debug() {
        return state.resolve("debug");
    }

    /** What the JVM itself says, which no logger can catch. */
    Path standardError() {
        return state.resolve("daemon-stderr.log");
    }

    /** The specification says to ignore a value that is not absolute. */
    private static boolean isAbsolute(Map<String, String> environment, String variable) {
        String value = environment.getOrDefault(variable, "");
        return !value.isEmpty() && Path.of(value).isAbsolute();
    }

    private static Path absolute(Map<String, String> environment, String variable, Path otherwise) {
        return isAbsolute(environment, variable) ? Path.of(environment.getOrDefault(variable, "")) : otherwise;
    }
}
