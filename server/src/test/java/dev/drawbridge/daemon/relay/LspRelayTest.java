package dev.drawbridge.daemon.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drawbridge.daemon.DaemonConnection;
import dev.drawbridge.daemon.Eventually;
import dev.drawbridge.daemon.Hello;
import dev.drawbridge.daemon.Role;
import dev.drawbridge.daemon.RuntimeFolder;
import dev.drawbridge.daemon.TestDaemon;
import dev.drawbridge.hub.Failure;
import dev.drawbridge.hub.Outcome;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The relay against daemons in the same process, some of which die. */
final class LspRelayTest {
    @TempDir
    private Path temp;

    private final ScriptedFace face = new ScriptedFace();

    private TestDaemon startDaemon() throws Exception {
        return TestDaemon.start(temp.resolve("run"), Map.of(Role.LSP, face));
    }

    /** Connects as the real relay does, except that it waits for the test to start the daemon. */
    private Connector connector() {
        RuntimeFolder folder = TestDaemon.folder(temp.resolve("run"));
        return client -> {
            Hello hello = new Hello(Role.LSP, "1.0.0", "test", 7, "/", client, Map.of(), List.of());
            try {
                return Eventually.get(
                        () -> DaemonConnection.openRunning(folder, hello),
                        outcome -> outcome instanceof Outcome.Success<DaemonConnection>);
            } catch (Exception e) {
                return Outcome.failed(new Failure("daemon.notRunning", e.toString(), ""));
            }
        };
    }

    @Test
    void initializeIsAnsweredWithoutAnyDaemon() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        try (TestEditor editor = new TestEditor(_ -> {
            never.await();
            return Outcome.failed(new Failure("test", "", ""));
        })) {
            editor.send(
                    "{\"jsonrpc\":\"2.0\",\"id\":\"first\",\"method\":\"initialize\",\"params\":{\"capabilities\":{}}}");
            String answer = editor.await(message -> message.contains("\"id\":\"first\""));
            assertTrue(answer.contains("\"capabilities\""), answer);
        }
    }

    @Test
    void messagesPassAsTheyAre() throws Exception {
        try (TestDaemon _ = startDaemon();
                TestEditor editor = new TestEditor(connector())) {
            editor.initialize();
            String odd = "{ \"jsonrpc\":\"2.0\", \"params\":{\"n\":1e2,\"big\":12345678901234567890},\n"
                    + " \"method\":\"x/y\", \"id\": 5 }";
            editor.send(odd);
            assertEquals("{\"jsonrpc\":\"2.0\",\"id\":5,\"result\":\"x/y\"}", editor.awaitAnswer(5));
            assertTrue(face.received.contains(odd), face.received::toString);
            assertEquals("Test Editor 1", face.hellos.getFirst().client());
            assertFalse(editor.toString().contains("drawbridge-initialize"), editor::toString);
        }
    }

    @Test
    void aNewDaemonIsToldEverythingAgain() throws Exception {
        try (TestEditor editor = new TestEditor(connector())) {
            List<String> told = List.of(
                    "{\"method\":\"textDocument/didOpen\",\"params\":{\"textDocument\":{\"uri\":\"file:///a\",\"text\":\"1\"}}}",
                    "{\"method\":\"textDocument/didOpen\",\"params\":{\"textDocument\":{\"uri\":\"file:///b\",\"text\":\"x\"}}}",
                    "{\"method\":\"textDocument/didChange\",\"params\":{\"textDocument\":{\"uri\":\"file:///a\"},\"text\":\"2\"}}",
                    "{\"method\":\"textDocument/didChange\",\"params\":{\"textDocument\":{\"uri\":\"file:///a\"},\"text\":\"3\"}}",
                    "{\"method\":\"textDocument/didClose\",\"params\":{\"textDocument\":{\"uri\":\"file:///b\"}}}",
                    "{\"method\":\"workspace/didChangeWorkspaceFolders\",\"params\":{\"event\":{\"added\":[1],\"removed\":[]}}}");
            try (TestDaemon _ = startDaemon()) {
                editor.initialize();
                for (String message : told) {
                    editor.send(message);
                }
                editor.request(1, "before");
                editor.awaitAnswer(1);
                editor.request(2, "test/hang");
                Eventually.holds(() -> face.received.getLast().contains("test/hang"));
            }
            String error = editor.awaitAnswer(2);
            assertTrue(error.contains("\"code\":-32803") && error.contains("try again"), error);
            face.received.clear();
            try (TestDaemon _ = startDaemon()) {
                editor.request(3, "after");
                editor.awaitAnswer(3);
                assertTrue(
                        face.received.removeFirst().contains("\"id\":\"drawbridge-initialize\""),
                        face.received::toString);
                assertTrue(face.received.removeFirst().contains("initialized"), face.received::toString);
                assertEquals(List.of(told.get(5), told.get(0), told.get(3)), face.received.subList(0, 3));
                assertTrue(face.received.get(3).contains("\"after\""), face.received::toString);
                assertEquals(4, face.received.size(), face.received::toString);
            }
        }
    }

    @Test
    void aLateAnswerToTheLastDaemonNeverReachesTheNext() throws Exception {
        try (TestEditor editor = new TestEditor(connector())) {
            try (TestDaemon _ = startDaemon()) {
                editor.initialize();
                editor.send("{\"method\":\"test/ask\"}");
                editor.await(message -> message.contains("\"id\":\"1:1\",\"method\":\"window/showMessageRequest\""));
            }
            editor.await(message -> message.contains("$/cancelRequest") && message.contains("\"1:1\""));
            try (TestDaemon _ = startDaemon()) {
                editor.send("{\"method\":\"test/ask\"}");
                editor.await(message -> message.contains("\"id\":\"2:1\""));
                editor.send("{\"jsonrpc\":\"2.0\",\"id\":\"1:1\",\"result\":\"late\"}");
                editor.send("{\"jsonrpc\":\"2.0\",\"id\":\"2:1\",\"result\":\"right\"}");
                Eventually.holds(() -> face.received.contains("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\"right\"}"));
                assertFalse(face.received.toString().contains("late"), face.received::toString);
            }
        }
    }

    @Test
    void withoutADaemonRequestsAreAnsweredAndThePersonIsToldOnce() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        Failure failure = new Failure("daemon.startFailed", "It does not start.", "Look into the log.");
        try (TestEditor editor = new TestEditor(_ -> {
            tries.incrementAndGet();
            return Outcome.failed(failure);
        })) {
            editor.initialize();
            editor.request(1, "a");
            String answer = editor.awaitAnswer(1);
            assertTrue(answer.contains("It does not start. Look into the log."), answer);
            Eventually.holds(() -> tries.get() >= 3);
            editor.request(2, "b");
            editor.awaitAnswer(2);
            assertEquals(1, editor.toString().split("window/showMessage", -1).length - 1, editor::toString);
        }
    }

    @Test
    void malformedInputIsAnsweredAndLivedThrough() throws Exception {
        try (TestDaemon _ = startDaemon();
                TestEditor editor = new TestEditor(connector())) {
            editor.request(1, "tooEarly");
            assertTrue(editor.awaitAnswer(1).contains("-32002"), editor::toString);
            editor.initialize();
            editor.send("this is no JSON");
            editor.await(message -> message.contains("-32700") && message.contains("\"id\":null"));
            editor.sendRaw("Content-Length: twelve\r\n\r\n{\"id\":9}");
            editor.await(message -> message.contains("-32700") && message.contains("no number"));
            editor.send("[]");
            editor.await(message -> message.contains("-32700"));
            editor.send("{}");
            editor.await(message -> message.contains("-32600"));
            String fine = "{\"jsonrpc\":\"2.0\",\"id\":10,\"method\":\"fine\"}";
            editor.sendRaw("Content-Type: x\r\nContent-Length: " + fine.length() + "\r\n\r\n" + fine);
            assertTrue(editor.awaitAnswer(10).contains("fine"), editor::toString);
        }
    }

    @Test
    void shutdownIsAnsweredAtOnceAndExitEnds() throws Exception {
        try (TestEditor editor = new TestEditor(_ -> Outcome.failed(new Failure("daemon.startFailed", "No.", "No.")))) {
            editor.initialize();
            editor.request(1, "shutdown");
            assertEquals("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":null}", editor.awaitAnswer(1));
            editor.request(2, "late");
            assertTrue(editor.awaitAnswer(2).contains("-32600"), editor::toString);
            editor.send("{\"jsonrpc\":\"2.0\",\"method\":\"exit\"}");
            assertEquals(0, editor.awaitExit());
        }
    }

    @Test
    void exitWithoutShutdownIsAnError() throws Exception {
        try (TestEditor editor = new TestEditor(_ -> Outcome.failed(new Failure("daemon.startFailed", "No.", "No.")))) {
            editor.send("{\"jsonrpc\":\"2.0\",\"method\":\"exit\"}");
            assertEquals(1, editor.awaitExit());
        }
    }

    @Test
    void theEndOfInputEndsTheRelay() throws Exception {
        try (TestDaemon _ = startDaemon();
                TestEditor editor = new TestEditor(connector())) {
            editor.initialize();
            editor.request(1, "x");
            editor.awaitAnswer(1);
            editor.hangUp();
            assertEquals(0, editor.awaitExit());
        }
    }
}
