package dev.drawbridge.testkit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs a class of ours, from product or tests, in a Java process of its own with this test's class path. */
public final class JavaProcess {
    private JavaProcess() {}

    public static ChildProcess start(
            String name, Path folder, Map<String, String> environment, String mainClass, List<String> arguments) {
        return ChildProcess.start(name, folder, environment, command(mainClass, arguments));
    }

    /** The command line that runs the class. */
    static List<String> command(String mainClass, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:disable",
                "-Xlog:all=warning:stderr",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                mainClass));
        command.addAll(arguments);
        return command;
    }
}
