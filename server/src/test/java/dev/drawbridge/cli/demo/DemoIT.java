package dev.drawbridge.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drawbridge.testkit.Browser;
import dev.drawbridge.testkit.ChildProcess;
import dev.drawbridge.testkit.Conversation;
import dev.drawbridge.testkit.JavaProcess;
import dev.drawbridge.testkit.TestHome;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code drawbridge demo} as somebody runs it: the whole chain of Drawbridge, in real processes. */
@ExtendWith(Conversation.class)
final class DemoIT {
    private static final Duration DEADLINE = Duration.ofSeconds(90);

    private final TestHome home = new TestHome();

    @AfterEach
    void leave() {
        home.close();
    }

    private ChildProcess demo(String... options) {
        return JavaProcess.start(
                "drawbridge demo",
                home.root(),
                home.with("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + home.root().resolve("tmp"))
                        .environment(),
                "dev.drawbridge.Main",
                Stream.concat(Stream.of("demo"), Stream.of(options)).toList());
    }

    @Test
    void headlessItGetsFromSignInToAToolsResultAndLeavesNothing() throws Exception {
        try (ChildProcess demo = demo("--headless")) {
            assertEquals(0, demo.exitCode(DEADLINE), demo::log);
            for (String shown : List.of(
                    "mcp/authRequired",
                    "Authentication Successful",
                    "mcp/authCompleted",
                    "Ahoy, Grace! Ada",
                    "Tides on")) {
                demo.await(shown, DEADLINE, line -> line.contains(shown));
            }
        }
        assertNothingIsLeft();
    }

    @Test
    void aPersonSignsInWithTheirOwnBrowser() throws Exception {
        try (Browser browser = new Browser();
                ChildProcess demo = demo()) {
            Browser.Visit visit = browser.visit(signInPage(demo), "Zoë <b>");
            assertTrue(visit.text().contains("Authentication Successful"), visit::toString);
            assertTrue(visit.hosts().stream().allMatch(host -> host.startsWith("127.0.0.1:")), visit::toString);
            assertEquals(0, demo.exitCode(DEADLINE), demo::log);
            demo.await("the greeting", DEADLINE, line -> line.contains("Ahoy, Grace! Zoë <b> is signed in"));
        }
        assertNothingIsLeft();
    }

    @Test
    void aDenialIsToldAndFails() throws Exception {
        try (ChildProcess demo = demo()) {
            URI page = signInPage(demo);
            new FormBrowser("").visit(page);
            assertEquals(1, demo.exitCode(DEADLINE), demo::log);
            demo.await("the reason", DEADLINE, line -> line.contains("The demo did not get through."));
        }
        assertNothingIsLeft();
    }

    @Test
    void interruptedWhileItWaitsItLeavesNothing() throws Exception {
        try (ChildProcess demo = demo()) {
            signInPage(demo);
            List<ProcessHandle> children = demo.process().descendants().toList();
            assertTrue(children.size() >= 2, demo::log);
            demo.process().destroy();
            demo.exitCode(DEADLINE);
            for (ProcessHandle child : children) {
                child.onExit().get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
            }
        }
        assertNothingIsLeft();
    }

    private static URI signInPage(ChildProcess demo) {
        return URI.create(
                demo.await("the sign-in page", DEADLINE, line -> line.strip().startsWith("http://"))
                        .strip());
    }

    private void assertNothingIsLeft() throws Exception {
        try (Stream<Path> files = Files.walk(home.root())) {
            assertEquals(
                    List.of(),
                    files.filter(Files::isRegularFile).map(Path::toString).toList(),
                    "files that the demo has left");
        }
    }
}
