package dev.drawbridge.daemon;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The command line that starts a daemon: this process's own JVM and files, without the launcher in between. Inside a
 * distribution that means its class path, options and AOT cache; elsewhere this process's class path.
 */
record DaemonCommand(List<String> words) {
    /** Set by the launcher: the folder of the distribution. */
    static final String HOME_PROPERTY = "drawbridge.home";

    private static final Path SETSID = Path.of("/usr/bin/setsid");

    DaemonCommand {
        words = List.copyOf(words);
    }

    static DaemonCommand ofThisProcess() {
        return of(
                System.getProperty("java.home", ""),
                System.getProperty(HOME_PROPERTY, ""),
                System.getProperty("java.class.path", ""));
    }

    static DaemonCommand of(String javaHome, String drawbridgeHome, String classPath) {
        List<String> words = new ArrayList<>();
        boolean detached = Files.isExecutable(SETSID);
        if (detached) {
            // The daemon must outlive the editor's terminal; this program does it in a millisecond.
            words.add(SETSID.toString());
        }
        words.add(Path.of(javaHome, "bin", "java").toString());
        if (drawbridgeHome.isEmpty()) {
            words.add("-Xlog:disable");
            words.add("-Xlog:all=error:stderr");
            words.add("--enable-native-access=ALL-UNNAMED");
            words.add("-cp");
            words.add(classPath);
        } else {
            Path lib = Path.of(drawbridgeHome, "lib");
            words.add("@" + lib.resolve("daemon.jvmargs"));
            words.add("-XX:AOTCache=" + lib.resolve("daemon.aot"));
            words.add("-D" + HOME_PROPERTY + "=" + drawbridgeHome);
            words.add("-cp");
            words.add(lib.resolve("drawbridge-daemon.jar").toString());
        }
        words.add("dev.drawbridge.Main");
        words.add("daemon");
        words.add(detached ? "--detached" : "--detach");
        return new DaemonCommand(words);
    }
}
