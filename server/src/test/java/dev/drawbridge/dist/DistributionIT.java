package dev.drawbridge.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drawbridge.daemon.Eventually;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The assembled distribution, as real processes. */
@Timeout(120)
final class DistributionIT {
    private static final Path LIB = Installation.HOME.resolve("lib");

    @Test
    void twentyEditorsAtTheSameMomentGetOneDaemon() throws Exception {
        try (Installation user = new Installation()) {
            List<Installation.Editor> editors = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                editors.add(user.editor(user.command("lsp")));
            }
            for (Installation.Editor editor : editors) {
                editor.sendInitialize();
            }
            for (Installation.Editor editor : editors) {
                assertTrue(editor.awaitAnswer(1).contains("\"capabilities\""));
            }
            Eventually.get(user::daemonPid, pid -> pid.isPresent());
            for (Installation.Editor editor : editors) {
                editor.process().getOutputStream().close();
                assertTrue(editor.process().waitFor(5, TimeUnit.SECONDS), "a relay outlives its input");
            }
            assertEquals(1, user.logText().split("Serving at", -1).length - 1, user.logText());
        }
    }

    @Test
    void aKilledDaemonIsReplacedAndNoStaleFileIsInTheWay() throws Exception {
        try (Installation user = new Installation()) {
            Installation.Editor editor = user.editor(user.command("lsp"));
            editor.sendInitialize();
            editor.awaitAnswer(1);
            long first = Eventually.get(user::daemonPid, pid -> pid.isPresent()).orElseThrow();
            ProcessHandle.of(first).orElseThrow().destroyForcibly();
            long second = Eventually.get(user::daemonPid, pid -> pid.isPresent() && pid.get() != first)
                    .orElseThrow();
            assertNotEquals(first, second);
            assertTrue(editor.process().isAlive());
        }
    }

    @Test
    void nothingButTheWireReachesStdoutWhateverTheStartUpCacheIsLike() throws Exception {
        Path broken = Files.createTempFile("broken", ".aot");
        byte[] cache = Files.readAllBytes(LIB.resolve("lsp.aot"));
        for (int kept : new int[] {cache.length, cache.length / 2, 100, 0, -1}) {
            if (kept < 0) {
                Files.delete(broken);
            } else {
                Files.write(broken, java.util.Arrays.copyOf(cache, kept));
            }
            try (Installation user = new Installation()) {
                Installation.Editor editor = user.editor(user.isolated(new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "@" + LIB.resolve("relay.jvmargs"),
                        "-XX:AOTCache=" + broken,
                        "-Ddrawbridge.home=" + Installation.HOME,
                        "-cp",
                        LIB.resolve("drawbridge.jar").toString(),
                        "dev.drawbridge.Main",
                        "lsp")));
                editor.sendInitialize();
                String first = editor.receive();
                assertTrue(first.contains("\"id\":1,\"result\""), first);
                editor.send("{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"shutdown\"}");
                editor.awaitAnswer(2);
                editor.send("{\"jsonrpc\":\"2.0\",\"method\":\"exit\"}");
                assertEquals(-1, editor.process().getInputStream().read());
                assertTrue(editor.process().waitFor(5, TimeUnit.SECONDS));
                assertEquals(0, editor.process().exitValue(), Files.readString(editor.err()));
            }
        }
    }

    @Test
    void everyStopHasItsReasonInTheLog() throws Exception {
        try (Installation user = new Installation()) {
            ProcessBuilder daemon = user.command("daemon");
            daemon.environment().put("DRAWBRIDGE_IDLE_SECONDS", "1");
            assertTrue(user.start(daemon).waitFor(20, TimeUnit.SECONDS));
            assertTrue(user.logText().contains("Stopped (idle)"), user.logText());

            Process terminated = user.start(user.command("daemon"));
            Eventually.get(user::daemonPid, pid -> pid.isPresent());
            terminated.destroy();
            assertTrue(terminated.waitFor(10, TimeUnit.SECONDS));
            assertTrue(user.logText().contains("Stopped (signal)"), user.logText());

            Process stopped = user.start(user.command("daemon"));
            Eventually.get(user::daemonPid, pid -> pid.isPresent());
            Installation.Result stop = user.run("stop");
            assertEquals(0, stop.exit(), stop.err());
            assertTrue(stopped.waitFor(10, TimeUnit.SECONDS));
            assertTrue(user.logText().contains("Stopped (stop)"), user.logText());
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(user.log())));
        }
    }

    @Test
    void aRelayWhoseEditorIsGoneEndsAlthoughItsInputStaysOpen() throws Exception {
        try (Installation user = new Installation()) {
            Path fifo = user.work().resolve("in");
            Path answers = user.work().resolve("out");
            assertEquals(
                    0, user.start(new ProcessBuilder("mkfifo", fifo.toString())).waitFor());
            // The shell is the editor: it starts the relay, tells its process id, waits for a word and is gone.
            Process shell = user.start(user.isolated(new ProcessBuilder(
                    "sh",
                    "-c",
                    "\"$0\" lsp <\"$1\" >\"$2\" & echo $!; read word",
                    Installation.HOME.resolve("bin").resolve("drawbridge").toString(),
                    fifo.toString(),
                    answers.toString())));
            try (OutputStream stillOpen = new FileOutputStream(fifo.toFile())) {
                long pid = Long.parseLong(shell.inputReader().readLine());
                ProcessHandle relay = ProcessHandle.of(pid).orElseThrow();
                String request = "{\"id\":1,\"method\":\"tooEarly\"}";
                stillOpen.write(("Content-Length: " + request.length() + "\r\n\r\n" + request)
                        .getBytes(StandardCharsets.US_ASCII));
                stillOpen.flush();
                // Only a relay that has started watches its parent.
                Eventually.holds(
                        () -> Files.exists(answers) && Files.readString(answers).contains("-32002"));
                shell.getOutputStream().close();
                assertTrue(shell.waitFor(10, TimeUnit.SECONDS));
                // Where nobody collects orphans a process stays listed after its end, without a command.
                Eventually.holds(
                        () -> !relay.isAlive() || relay.info().command().isEmpty());
            }
        }
    }

    @Test
    void aFolderThatOthersCanEnterIsRefusedInWords() throws Exception {
        try (Installation user = new Installation()) {
            Files.createDirectory(user.runtime());
            Files.setPosixFilePermissions(user.runtime(), PosixFilePermissions.fromString("rwxr-xr-x"));
            Installation.Result status = user.run("status");
            assertEquals(1, status.exit());
            assertTrue(status.err().contains("can be entered by other users"), status.err());
            assertTrue(status.err().contains("chmod 700"), status.err());
            Installation.Result doctor = user.run("doctor");
            assertEquals(1, doctor.exit());
            assertTrue(doctor.out().contains("bad   "), doctor.out());
            Files.delete(user.runtime());
        }
    }

    @Test
    void theLauncherWorksThroughASymbolicLinkAndExplainsItself() throws Exception {
        try (Installation user = new Installation()) {
            Path link = user.work().resolve("linked");
            Files.createSymbolicLink(link, Installation.HOME.resolve("bin").resolve("drawbridge"));
            Process version = user.start(user.isolated(new ProcessBuilder(link.toString(), "--version")));
            String line = version.inputReader().readLine();
            assertTrue(line.startsWith("drawbridge ") && line.contains("build "), line);
            assertEquals(0, version.waitFor());

            Installation.Result help = user.run("--help");
            for (String command : List.of("lsp", "daemon", "status", "logs", "doctor", "stop")) {
                assertTrue(help.out().contains("  " + command + " "), help.out());
            }
            Installation.Result unknown = user.run("statsu");
            assertEquals(2, unknown.exit());
            assertTrue(unknown.err().contains("status"), unknown.err());
            assertFalse(Files.exists(user.log()), "asking for help starts no daemon");
        }
    }
}
