package dev.drawbridge.daemon;

import dev.drawbridge.hub.Failure;
import dev.drawbridge.hub.Outcome;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Starts the daemon where none runs. Of all clients that find none at the same moment, the one that gets the start lock
 * starts it; the others keep trying to connect, and take the lock over if that one dies.
 */
final class DaemonStarter {
    private static final long DEADLINE_NANOS = 15_000_000_000L;
    private static final int MAX_STARTS = 3;
    private static final long MAX_STANDARD_ERROR = 256 << 10;

    private final DaemonCommand command;
    private final UserFolders folders;

    DaemonStarter(DaemonCommand command, UserFolders folders) {
        this.command = command;
        this.folders = folders;
    }

    /** One try to connect; {@code daemon.notRunning} asks for another one. */
    interface Attempt {
        Outcome<DaemonConnection> connect();
    }

    Outcome<DaemonConnection> untilConnected(RuntimeFolder folder, Attempt attempt) {
        long end = System.nanoTime() + DEADLINE_NANOS;
        FileMutex startLock = null;
        Process started = null;
        int starts = 0;
        long pause = 4;
        try {
            while (true) {
                Outcome<DaemonConnection> outcome = attempt.connect();
                if (!isNotRunning(outcome)) {
                    return outcome;
                }
                if (System.nanoTime() > end) {
                    return failed("No Drawbridge daemon could be reached within 15 seconds.");
                }
                if (startLock == null) {
                    startLock = FileMutex.tryAcquire(folder.startLock()).orElse(null);
                    if (startLock != null) {
                        // Whoever held the lock before may have started one since the last try.
                        continue;
                    }
                } else if (started == null) {
                    if (starts++ == MAX_STARTS) {
                        return failed("The Drawbridge daemon ended " + MAX_STARTS + " times as it started.");
                    }
                    started = start();
                } else if (!started.isAlive()) {
                    if (started.exitValue() != 0) {
                        return failed("The Drawbridge daemon could not start: " + lastWords());
                    }
                    started = null;
                }
                Thread.sleep(pause);
                pause = Math.min(pause + 2, 25);
            }
        } catch (IOException e) {
            return failed("The Drawbridge daemon could not be started (" + e.getMessage() + ").");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return failed("Starting the Drawbridge daemon was interrupted.");
        } finally {
            if (startLock != null) {
                startLock.close();
            }
        }
    }

    private Process start() throws IOException {
        if (PrivateFolder.open(folders.state()) instanceof Outcome.Failed<Path>(Failure failure)) {
            throw new IOException(failure.message());
        }
        Path errors = folders.standardError();
        if (Files.isRegularFile(errors) && Files.size(errors) > MAX_STANDARD_ERROR) {
            Files.delete(errors);
        }
        boolean windows = File.separatorChar == '\\';
        return new ProcessBuilder(command.words())
                // Not the editor's folder: a daemon must not keep a disk mounted or a folder from being removed.
                .directory(folders.runtime().toFile())
                .redirectInput(new File(windows ? "NUL" : "/dev/null"))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(errors.toFile()))
                .redirectErrorStream(true)
                .start();
    }

    private String lastWords() {
        try {
            String text = Files.readString(folders.standardError(), StandardCharsets.ISO_8859_1)
                    .strip();
            String tail = text.substring(Math.max(0, text.length() - 400));
            return tail.isEmpty() ? "it said nothing." : tail;
        } catch (IOException _) {
            return "it said nothing.";
        }
    }

    private static boolean isNotRunning(Outcome<DaemonConnection> outcome) {
        return outcome instanceof Outcome.Failed<DaemonConnection>(Failure failure)
                && failure.code().equals(DaemonClient.NOT_RUNNING);
    }

    private Outcome<DaemonConnection> failed(String message) {
        return Outcome.failed(new Failure(
                "daemon.startFailed", message, "Look into " + folders.log() + ", or run drawbridge doctor."));
    }
}
