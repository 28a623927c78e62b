package dev.drawbridge.cli;

import dev.drawbridge.daemon.DaemonFiles;
import dev.drawbridge.hub.Failure;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code drawbridge logs}: the daemon's log, and what comes. */
@Command(name = "logs", mixinStandardHelpOptions = true, description = "Prints the daemon's log.")
final class LogsCommand implements Callable<Integer> {
    private static final long POLL_MILLIS = 250;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "-f", description = "Goes on printing what is added.")
    private boolean follow;

    @Option(
            names = "-n",
            paramLabel = "LINES",
            defaultValue = "200",
            description = "How many of the last lines; ${DEFAULT-VALUE} by default.")
    private int lines;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path log = DaemonFiles.log();
        if (!Files.isRegularFile(log)) {
            return Terminal.fail(
                    spec,
                    new Failure(
                            "daemon.noLog",
                            "There is no log at " + log + "; no daemon has run yet.",
                            "Start an editor, or drawbridge daemon."));
        }
        PrintWriter out = Terminal.out(spec);
        List<String> all = Files.readAllLines(log, StandardCharsets.UTF_8);
        long printed = Files.size(log);
        all.subList(Math.max(0, all.size() - lines), all.size()).forEach(out::println);
        out.flush();
        while (follow && !out.checkError()) {
            Thread.sleep(POLL_MILLIS);
            printed = printFrom(log, printed, out);
        }
        return 0;
    }

    private static long printFrom(Path log, long from, PrintWriter out) throws IOException {
        if (!Files.isRegularFile(log)) {
            return 0;
        }
        long size = Files.size(log);
        // A shorter file is a new one: the log was rotated.
        long start = size < from ? 0 : from;
        if (size == start) {
            return size;
        }
        byte[] added = new byte[(int) Math.min(size - start, 1 << 20)];
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            file.seek(start);
            file.readFully(added);
        }
        out.print(new String(added, StandardCharsets.UTF_8));
        out.flush();
        return start + added.length;
    }
}
