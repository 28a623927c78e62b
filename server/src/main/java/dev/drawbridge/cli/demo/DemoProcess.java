package dev.drawbridge.cli.demo;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line of another Drawbridge process on this one's JVM and class path, with a home of its own. */
final class DemoProcess {
    private DemoProcess() {}

    static List<String> command(Path home, List<String> words) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:disable",
                "-Xlog:all=warning:stderr",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-Duser.home=" + home,
                "-cp",
                System.getProperty("java.class.path"),
                "dev.drawbridge.Main"));
        command.addAll(words);
        return command;
    }
}
