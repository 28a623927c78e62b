package dev.drawbridge.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drawbridge.config.CommandRunner.CommandResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
final class ShellCommandRunnerTest {
    private static final Map<String, String> ENVIRONMENT = Map.of("PATH", "/usr/bin:/bin", "X", "value of x");

    @TempDir
    Path folder;

    @Test
    void runsInAShellWithTheSessionsEnvironmentAndFolder() throws Exception {
        assertEquals("value of x\n", output("printf '%s\\n' \"$X\" | cat"));
        assertEquals(folder.toRealPath() + "\n", output("pwd -P"));
        assertEquals("", output("cat"), "there is nothing to read");
    }

    @Test
    void aFailureTellsStatusAndFirstComplaint() {
        assertEquals(
                "it ended with status 3: no such item",
                failure("echo >&2; echo ' no such item' >&2; echo more >&2; exit 3"));
        assertEquals("it ended with status 1.", failure("false"));
    }

    /** Threads of the scheduler that are stuck in a pipe are lost to everybody else. */
    @Test
    void commandsThatHangHoldUpNobodyElse() throws Exception {
        CommandRunner patient = new ShellCommandRunner(OperatingSystem.LINUX, Duration.ofSeconds(30));
        int many = 2 * Runtime.getRuntime().availableProcessors();
        for (int i = 0; i < many; i++) {
            String marker = "touch running-" + i + "; while [ ! -e go-on ]; do sleep 0.1; done";
            Thread.ofVirtual().start(() -> patient.run(marker, ENVIRONMENT, folder));
        }
        try {
            long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            for (int i = 0; i < many; i++) {
                while (!Files.exists(folder.resolve("running-" + i))) {
                    assertTrue(System.nanoTime() < end, "not every command was started");
                    Thread.onSpinWait();
                }
            }
            CountDownLatch others = new CountDownLatch(1);
            Thread.ofVirtual().start(others::countDown);
            assertTrue(others.await(20, TimeUnit.SECONDS), "a virtual thread that has nothing to do with it");
        } finally {
            Files.createFile(folder.resolve("go-on"));
        }
    }

    @Test
    void isBoundedInTimeAndOutput() {
        CommandRunner hasty = new ShellCommandRunner(OperatingSystem.LINUX, Duration.ofMillis(200));
        long start = System.nanoTime();
        CommandResult result = hasty.run("sleep 60 | cat", ENVIRONMENT, folder);
        assertInstanceOf(CommandResult.Failed.class, result);
        assertTrue(System.nanoTime() - start < Duration.ofSeconds(20).toNanos(), "it was not waited for");
        assertEquals("it printed more than 1 MiB.", failure("yes"));
    }

    @Test
    void aMissingFolderIsAFailure() {
        CommandResult result = new ShellCommandRunner().run("true", ENVIRONMENT, folder.resolve("none"));
        assertInstanceOf(CommandResult.Failed.class, result);
    }

    private String output(String command) {
        CommandResult result = new ShellCommandRunner().run(command, ENVIRONMENT, folder);
        return assertInstanceOf(CommandResult.Output.class, result, result::toString)
                .text();
    }

    private String failure(String command) {
        CommandResult result = new ShellCommandRunner().run(command, ENVIRONMENT, folder);
        return assertInstanceOf(CommandResult.Failed.class, result, result::toString)
                .why();
    }
}
