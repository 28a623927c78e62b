package dev.drawbridge.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.drawbridge.testkit.ChildProcess;
import dev.drawbridge.testkit.Conversation;
import dev.drawbridge.testkit.TestHome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The protocol's own conformance suite through {@code drawbridge proxy}: what a revision requires of a client, with hosts
 * of both eras in front of it. Every scenario has to pass; there is no list of failures to be expected. The scripts are in
 * {@code src/test/conformance}, and its README tells how to run one scenario by hand.
 */
@Tag("full")
@ExtendWith(Conversation.class)
final class ConformanceIT {
    private static final Path SCRIPTS = Path.of("src/test/conformance").toAbsolutePath();
    private static final Path LAUNCHER =
            Path.of("target/drawbridge/bin/drawbridge").toAbsolutePath();
    private static final Duration INSTALLING = Duration.ofMinutes(5);

    /** A set takes one to three minutes on a machine that has nothing else to do. */
    private static final Duration SET = Duration.ofMinutes(15);

    private static Path suite = Path.of("");

    @BeforeAll
    static void install() {
        List<String> command = List.of(SCRIPTS.resolve("install").toString());
        try (ChildProcess install = ChildProcess.start("install", SCRIPTS, System.getenv(), command)) {
            assertEquals(0, install.exitCode(INSTALLING), install::log);
            suite = Path.of(install.await("the folder", INSTALLING, line -> line.startsWith("/")));
        }
    }

    @ParameterizedTest(name = "{0}, {1} host")
    @CsvSource({
        "2025-03-26, initialize",
        "2025-11-25, initialize",
        "2025-11-25, stateless",
        "2026-07-28, initialize",
        "2026-07-28, stateless",
        "extensions, initialize",
        "extensions, stateless"
    })
    void everyScenarioPasses(String set, String hostEra) {
        try (TestHome home = new TestHome()) {
            home.with("DRAWBRIDGE", LAUNCHER.toString())
                    .with(
                            "CONFORMANCE",
                            suite.resolve("node_modules/@modelcontextprotocol/conformance")
                                    .toString())
                    .with("DRAWBRIDGE_TOKEN_STORE", "memory")
                    .with("DRAWBRIDGE_IDLE_SECONDS", "60");
            try (ChildProcess run =
                    node(home, List.of(SCRIPTS.resolve("run.mjs").toString(), set, hostEra))) {
                assertEquals(0, run.exitCode(SET), run::log);
            } finally {
                stop(home.environment());
            }
        }
    }

    private static ChildProcess node(TestHome home, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(suite.resolve("bin/node").toString()));
        command.addAll(arguments);
        return ChildProcess.start("the conformance suite", home.root(), home.environment(), command);
    }

    private static void stop(Map<String, String> environment) {
        List<String> command = List.of(LAUNCHER.toString(), "stop");
        try (ChildProcess stop = ChildProcess.start("drawbridge stop", SCRIPTS, environment, command)) {
            assertEquals(0, stop.exitCode(Duration.ofSeconds(30)), stop::log);
        }
    }
}
