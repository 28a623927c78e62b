package dev.drawbridge.journeys;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.drawbridge.testkit.ChildProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The MCP conformance suite, a reference server behind the official TypeScript SDK, and the MCP Inspector, run with a Node
 * of their own; see {@code src/test/conformance/README.md}.
 */
final class Suite {
    private static final Path SCRIPTS = Path.of("src/test/conformance").toAbsolutePath();
    private static final Duration INSTALLING = Duration.ofMinutes(5);
    private static final Duration STARTING = Duration.ofSeconds(60);
    private static final Duration GRADING = Duration.ofMinutes(8);
    private static final Pattern VERDICT = Pattern.compile("^([✓✗]) ([\\w-]+): ", Pattern.MULTILINE);

    private final Path folder;

    Suite() {
        try (ChildProcess install = ChildProcess.start(
                "install",
                SCRIPTS,
                System.getenv(),
                List.of(SCRIPTS.resolve("install").toString()))) {
            if (install.exitCode(INSTALLING) != 0) {
                throw new AssertionError("The conformance suite could not be installed.\n" + install.log());
            }
            folder = Path.of(install.await("the folder", STARTING, line -> line.startsWith("/")));
        }
    }

    /** Starts one of the scripts that serve; its address is the first thing it prints. */
    ChildProcess serve(Map<String, String> environment, String script, String... words) {
        // Modules are looked for above the script that names them; whoever else copies it copies the same.
        try (TemporaryCopy copy = new TemporaryCopy(SCRIPTS, folder)) {
            List<String> command = new ArrayList<>(List.of(
                    folder.resolve("bin/node").toString(), copy.file(script).toString()));
            command.addAll(List.of(words));
            ChildProcess process = ChildProcess.start(script, folder, environment, command);
            address(process);
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The scripts in a folder of their own, for as long as they are loaded. */
    private static final class TemporaryCopy implements AutoCloseable {
        private final Path folder;
        private final List<Path> files = new ArrayList<>();

        TemporaryCopy(Path from, Path into) throws IOException {
            folder = Files.createTempDirectory(into, "copy");
            try (DirectoryStream<Path> scripts = Files.newDirectoryStream(from, "*.mjs")) {
                for (Path script : scripts) {
                    files.add(Files.copy(script, folder.resolve(script.getFileName())));
                }
            }
        }

        Path file(String name) {
            return folder.resolve(name);
        }

        @Override
        public void close() throws IOException {
            for (Path file : files) {
                Files.delete(file);
            }
            Files.delete(folder);
        }
    }

    /** Where a script serves. */
    static URI address(ChildProcess serving) {
        return URI.create(serving.await("its address", STARTING, line -> line.startsWith("http")));
    }

    /** Runs all that a revision has for a server, and gives the checks that failed or warned, for each scenario. */
    Map<String, Set<String>> grade(URI server, String revision, Path results) throws IOException, InterruptedException {
        forget(results);
        Files.createDirectories(results);
        Path output = results.resolve("output.txt");
        Process process = new ProcessBuilder(
                        folder.resolve("bin/node").toString(),
                        folder.resolve("node_modules/@modelcontextprotocol/conformance/dist/index.js")
                                .toString(),
                        "server",
                        "--url",
                        server.toString(),
                        "--requirements",
                        revision,
                        "-o",
                        results.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        process.getOutputStream().close();
        if (!process.waitFor(GRADING.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("the suite still runs after " + GRADING + "\n" + Files.readString(output));
        }
        String printed = Files.readString(output);
        Map<String, Set<String>> failed = new LinkedHashMap<>();
        Matcher verdict = VERDICT.matcher(printed.substring(Math.max(0, printed.indexOf("=== SUMMARY"))));
        while (verdict.find()) {
            Set<String> checks = failedChecks(results, verdict.group(2));
            failed.put(
                    verdict.group(2),
                    verdict.group(1).equals("✗") && checks.isEmpty() ? Set.of("it did not come to checks") : checks);
        }
        if (failed.isEmpty()) {
            throw new AssertionError("the suite graded nothing\n" + printed);
        }
        return failed;
    }

    /** What an earlier run left. */
    private static void forget(Path results) throws IOException {
        if (Files.exists(results)) {
            try (Stream<Path> left = Files.walk(results)) {
                for (Path path : left.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    private static Set<String> failedChecks(Path results, String scenario) throws IOException {
        Set<String> failed = new TreeSet<>();
        try (DirectoryStream<Path> runs = Files.newDirectoryStream(results, "server-" + scenario + "-2*")) {
            for (Path run : runs) {
                String written = Files.readString(run.resolve("checks.json"));
                for (JsonElement element : JsonParser.parseString(written).getAsJsonArray()) {
                    JsonObject check = element.getAsJsonObject();
                    if (Set.of("FAILURE", "WARNING")
                            .contains(check.get("status").getAsString())) {
                        failed.add(check.get("id").getAsString());
                    }
                }
            }
        }
        return failed;
    }

    /** What the Inspector prints of one request to a server, byte for byte. */
    byte[] inspect(Map<String, String> environment, Path home, List<String> words)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile(home, "inspected", ".json");
        Path errors = Files.createTempFile(home, "inspected", ".err");
        List<String> command = new ArrayList<>(List.of(
                folder.resolve("bin/node").toString(),
                folder.resolve("node_modules/@modelcontextprotocol/inspector/clients/launcher/build/index.js")
                        .toString(),
                "--cli"));
        command.addAll(words);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        // A tool's own error is printed, and ends the Inspector with a code of its own.
        boolean ended = process.waitFor(STARTING.toSeconds(), TimeUnit.SECONDS);
        if (!ended || Files.size(output) == 0) {
            process.destroyForcibly();
            throw new AssertionError("The Inspector failed: " + words + "\n" + Files.readString(errors));
        }
        return Files.readAllBytes(output);
    }
}
